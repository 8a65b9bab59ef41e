import type { Viewport } from "@xyflow/react";
import { readingOrder, type Sheet } from "../state/sheet";
import type { CardNode } from "./elements";
import type { Box, Size } from "./geometry";
import { LABEL_CHARACTER } from "./labelRoom";
import { around, meet } from "./snapping";

/** Free space around a board that fills the view, and room for labels at its right. */
const PADDING = 32;
const LEAST = 0.25;
/** From this zoom on cards say all that they have to say; farther away they have titles only. */
export const DETAILED = 0.85;

/** From this zoom on a board that is wholly in view says enough with its titles. */
const OVERVIEW = 0.6;

/** The box around all that a sheet shows.
 *
 * @param grow how many times larger than on the board words are.
 */
export function bounds(sheet: Sheet, grow = 1): Box {
  const { frames, direction } = sheet.head;
  const boxes: Box[] = [...sheet.cards.values(), ...frames];
  for (const { points } of sheet.links.values()) {
    const line = around(points.map(([x, y]) => ({ x, y, width: 0, height: 0 })));
    boxes.push(...(line ? [line] : []));
  }
  for (const { x, y, width, outputs } of direction === "right" ? sheet.cards.values() : []) {
    const longest = Math.max(0, ...outputs.map(({ label }) => label.length));
    boxes.push({ x, y, width: width + longest * LABEL_CHARACTER * grow, height: 0 });
  }
  return around(boxes) ?? EMPTY;
}

const EMPTY: Box = { x: 0, y: 0, width: 0, height: 0 };

function zoomToFit(box: Box, size: Size): number {
  return Math.min(
    (size.width - 2 * PADDING) / Math.max(box.width, 1),
    (size.height - 2 * PADDING) / Math.max(box.height, 1),
  );
}

/** The viewport that shows the whole sheet, never larger than life. */
export function fitting(sheet: Sheet, size: Size): Viewport {
  const nearly = Math.max(zoomToFit(bounds(sheet), size), LEAST);
  const box = bounds(sheet, growth(nearly));
  const zoom = Math.min(1, Math.max(zoomToFit(box, size), 0.02));
  return {
    x: size.width / 2 - (box.x + box.width / 2) * zoom,
    y: size.height / 2 - (box.y + box.height / 2) * zoom,
    zoom,
  };
}

/** The viewport in which a sheet opens: whole where that says enough, else from its beginning. */
export function opening(sheet: Sheet, size: Size): Viewport {
  const whole = fitting(sheet, size);
  const first = readingOrder(sheet)[0];
  if (whole.zoom >= OVERVIEW || !first) {
    return whole;
  }
  const zoom = leastToRead(sheet);
  const box = bounds(sheet);
  const down = sheet.head.level === "flow" && sheet.head.direction === "down";
  const right = sheet.head.level === "flow" && !down;
  return {
    x: start(zoom, box.x, box.width, size.width, down ? first.x + first.width / 2 : undefined),
    y: start(zoom, box.y, box.height, size.height, right ? first.y + first.height / 2 : undefined),
    zoom,
  };
}

/** The zoom at which all that cards say can be read: the rows of large cards do not grow. */
function leastToRead(sheet: Sheet): number {
  return [...sheet.cards.values()].some((card) => card.inside.length > 0) ? 1 : DETAILED;
}

/** Where one axis of a board begins in the view: centred where it fits, else with what is to be in
 * the middle there as far as that leaves no room unused, else at its start.
 */
function start(zoom: number, from: number, length: number, room: number, middle?: number): number {
  const first = PADDING - from * zoom;
  const last = room - PADDING - (from + length) * zoom;
  if (last >= first) {
    return (first + last) / 2;
  }
  return middle === undefined ? first : Math.min(first, Math.max(last, room / 2 - middle * zoom));
}

/** How far one may zoom out: to a quarter, or until a very large board fits. */
export function leastZoom(sheet: Sheet, size: Size): number {
  return Math.min(LEAST, Math.max(zoomToFit(bounds(sheet), size), 0.02));
}

/** Whether a node lies wholly inside the view. */
export function visible(
  node: CardNode,
  view: Size & { transform: readonly [number, number, number] },
): boolean {
  const [x, y, zoom] = view.transform;
  const left = node.position.x * zoom + x;
  const top = node.position.y * zoom + y;
  return (
    left >= 0 &&
    top >= 0 &&
    left + (node.width ?? 0) * zoom <= view.width &&
    top + (node.height ?? 0) * zoom <= view.height
  );
}

/** Whether any card is in view; an empty sheet may be looked at anywhere. */
export function showsAny(sheet: Sheet, { x, y, zoom }: Viewport, size: Size): boolean {
  const view = { x: -x / zoom, y: -y / zoom, width: size.width / zoom, height: size.height / zoom };
  return sheet.cards.size === 0 || [...sheet.cards.values()].some((card) => meet(card, view));
}

/** How many times larger than on the board something is drawn that keeps its size on the screen. */
export function growth(zoom: number): number {
  return Math.max(1, 1 / zoom);
}
