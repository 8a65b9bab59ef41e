import type { Card, Link } from "../protocol";
import type { Point } from "../state/session";
import type { Sheet } from "../state/sheet";

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

export type Side = "left" | "right" | "top" | "bottom";

/** Where a line meets a card, and the way it goes from there. */
export interface End extends Point {
  readonly side: Side;
}

/** Where on a card's side a line of a map meets it: the n-th of so many. */
export interface Slot {
  readonly side: Side;
  readonly index: number;
  readonly of: number;
}

/** Height of an output from the card's top, in pixels. */
export function portY(card: Box, index: number, of: number): number {
  return (card.height * (index + 1)) / (of + 1);
}

/** Where a port's line starts. */
export function portEnd(box: Box, index: number, of: number): End {
  return { x: box.x + box.width, y: box.y + portY(box, index, of), side: "right" };
}

/** Where lines end on a card of a flow sheet. */
export function inputEnd(box: Box): End {
  return { x: box.x, y: box.y + box.height / 2, side: "left" };
}

const SLOT = 26;

/** Where a line of a map meets a card. */
export function slotEnd(box: Box, slot: Slot): End {
  const along = slot.side === "left" || slot.side === "right" ? box.height : box.width;
  const step = Math.min(SLOT, along / (slot.of + 1));
  const offset = along / 2 + (slot.index - (slot.of - 1) / 2) * step;
  switch (slot.side) {
    case "left":
      return { x: box.x, y: box.y + offset, side: "left" };
    case "right":
      return { x: box.x + box.width, y: box.y + offset, side: "right" };
    case "top":
      return { x: box.x + offset, y: box.y, side: "top" };
    case "bottom":
      return { x: box.x + offset, y: box.y + box.height, side: "bottom" };
  }
}

/** The sides by which two cards of a map face each other. */
export function facing(a: Box, b: Box): [Side, Side] {
  const dx = b.x + b.width / 2 - (a.x + a.width / 2);
  const dy = b.y + b.height / 2 - (a.y + a.height / 2);
  const gapX = Math.abs(dx) - (a.width + b.width) / 2;
  const gapY = Math.abs(dy) - (a.height + b.height) / 2;
  if (gapX >= gapY) {
    return dx >= 0 ? ["right", "left"] : ["left", "right"];
  }
  return dy >= 0 ? ["bottom", "top"] : ["top", "bottom"];
}

/** For every link of a map, where it meets its two cards, so that lines do not lie on each other. */
export function slots(sheet: Sheet): Map<string, { from: Slot; to: Slot }> {
  interface Meeting {
    link: Link;
    end: "from" | "to";
    order: number;
  }
  const sides = new Map<string, Meeting[]>();
  const meet = (card: Card, side: Side, other: Card, link: Link, end: "from" | "to") => {
    const upright = side === "left" || side === "right";
    const order = upright ? other.y + other.height / 2 : other.x + other.width / 2;
    const key = `${side} ${card.id}`;
    const list = sides.get(key) ?? [];
    list.push({ link, end, order });
    sides.set(key, list);
  };
  for (const link of sheet.links.values()) {
    const source = sheet.cards.get(link.source);
    const target = sheet.cards.get(link.target);
    if (source && target) {
      const [from, to] = facing(source, target);
      meet(source, from, target, link, "from");
      meet(target, to, source, link, "to");
    }
  }
  const result = new Map<string, { from: Slot; to: Slot }>();
  for (const [key, meetings] of sides) {
    const side = key.slice(0, key.indexOf(" ")) as Side;
    // The same order of a pair of opposite lines on both cards keeps them parallel.
    meetings.sort((a, b) => a.order - b.order || (a.link.id < b.link.id ? -1 : 1));
    meetings.forEach((meeting, index) => {
      const blank = { side, index, of: meetings.length };
      const ends = result.get(meeting.link.id) ?? { from: blank, to: blank };
      ends[meeting.end] = blank;
      result.set(meeting.link.id, ends);
    });
  }
  return result;
}
