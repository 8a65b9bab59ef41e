import type { Viewport } from "@xyflow/react";
import { readingOrder, type Sheet } from "../state/sheet";
import type { CardNode } from "./elements";
import type { Box, Size } from "./geometry";
import { around, meet } from "./snapping";

/** Free space around a board that fills the view, and room for labels at its right. */
const PADDING = 32;
const LEAST = 0.25;
/** The zoom below which titles are hard to read. */
const LEGIBLE = 0.7;

/** The box around all cards and frames of a sheet. */
export function bounds(sheet: Sheet): Box {
  return around([...sheet.cards.values(), ...sheet.head.frames]) ?? EMPTY;
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
  const box = bounds(sheet);
  const zoom = Math.min(1, Math.max(zoomToFit(box, size), 0.02));
  return {
    x: size.width / 2 - (box.x + box.width / 2) * zoom,
    y: size.height / 2 - (box.y + box.height / 2) * zoom,
    zoom,
  };
}

/** The viewport in which a sheet opens: whole where it stays legible, else from its beginning. */
export function opening(sheet: Sheet, size: Size): Viewport {
  const whole = fitting(sheet, size);
  const first = readingOrder(sheet)[0];
  if (whole.zoom >= LEGIBLE || !first || sheet.head.level !== "flow") {
    return whole;
  }
  const box = bounds(sheet);
  if (sheet.head.direction === "down") {
    const middle = box.width * LEGIBLE + 2 * PADDING <= size.width ? box : first;
    return {
      x: size.width / 2 - (middle.x + middle.width / 2) * LEGIBLE,
      y: PADDING - box.y * LEGIBLE,
      zoom: LEGIBLE,
    };
  }
  const fits = box.height * LEGIBLE + 2 * PADDING <= size.height;
  const middle = fits ? box.y + box.height / 2 : first.y + first.height / 2;
  return { x: PADDING - box.x * LEGIBLE, y: size.height / 2 - middle * LEGIBLE, zoom: LEGIBLE };
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
