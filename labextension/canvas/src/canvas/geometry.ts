import type { Board, Card } from "../protocol";
import type { Point } from "../state/types";

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

export type Side = "left" | "right" | "top" | "bottom";
export type Direction = Board["direction"];

/** Where a line meets a card, and the way it goes from there. */
export interface End extends Point {
  readonly side: Side;
}

/** Distance of an output from the card's top, or from its left where lines lead down. */
export function portOffset(card: Box, index: number, of: number, direction: Direction): number {
  const length = direction === "right" ? card.height : card.width;
  return (length * (index + 1)) / (of + 1);
}

/** Width of a character of a port's or line's label, in pixels, a little generous. */
export const CHARACTER = 6.4;
const ROW = 15;

/** Rows in which the labels of ports at a lower side stand: two where one would be too narrow. */
export function labelRows(card: Pick<Card, "width" | "outputs">): 1 | 2 {
  const step = card.width / (card.outputs.length + 1);
  const tight = ({ label }: { label: string }) => label.length * CHARACTER + 12 > step;
  return card.outputs.slice(0, -1).some(tight) ? 2 : 1;
}

/** How far a line runs straight out of its port, past the label that stands there. */
export function labelRoom(card: Card, label: string, direction: Direction): number {
  if (!label) {
    return 0;
  }
  return direction === "right" ? label.length * CHARACTER + 16 : labelRows(card) * ROW + 8;
}

/** Where the label of a port at a lower side stands, and how wide it may be. */
export function labelBelow(card: Card, index: number): { row: number; width: number } {
  const step = card.width / (card.outputs.length + 1);
  const rows = labelRows(card);
  const last = index >= card.outputs.length - rows;
  return { row: (index % rows) * ROW, width: last ? 200 : rows * step - 12 };
}

/** Where a line leaves a card of a flow sheet; without a port, in the middle. */
export function outputEnd(box: Box, index: number, of: number, direction: Direction): End {
  const offset =
    index < 0 ? portOffset(box, 0, 1, direction) : portOffset(box, index, of, direction);
  return direction === "right"
    ? { x: box.x + box.width, y: box.y + offset, side: "right" }
    : { x: box.x + offset, y: box.y + box.height, side: "bottom" };
}

/** How far from the middle of its card, as a share of the side, a line may still go straight in. */
const STRAIGHT = 0.3;

/** Where a line that comes from `start` ends on a card of a flow sheet. */
export function inputEnd(box: Box, start: End, direction: Direction): End {
  if (direction === "right") {
    const middle = box.y + box.height / 2;
    const straight = start.x < box.x && Math.abs(start.y - middle) <= box.height * STRAIGHT;
    return { x: box.x, y: straight ? start.y : middle, side: "left" };
  }
  const middle = box.x + box.width / 2;
  const straight = start.y < box.y && Math.abs(start.x - middle) <= box.width * STRAIGHT;
  return { x: straight ? start.x : middle, y: box.y, side: "top" };
}

/** Where on a side of its card a line of a map ends, in pixels from the top or the left. */
export interface Slot {
  readonly side: Side;
  readonly offset: number;
}

export function slotEnd(box: Box, { side, offset }: Slot): End {
  switch (side) {
    case "left":
      return { x: box.x, y: box.y + offset, side };
    case "right":
      return { x: box.x + box.width, y: box.y + offset, side };
    case "top":
      return { x: box.x + offset, y: box.y, side };
    case "bottom":
      return { x: box.x + offset, y: box.y + box.height, side };
  }
}

export function isLevel(side: Side): boolean {
  return side === "left" || side === "right";
}
