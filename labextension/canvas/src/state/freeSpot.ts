import type { Size } from "../canvas/geometry";
import type { Sheet } from "./sheet";
import type { Point } from "./types";

const GAP = 24;

/** The nearest place from a point on where a card of some size covers no other. */
export function freeSpot(sheet: Sheet, { x, y }: Point, { width, height }: Size): Point {
  for (;;) {
    const taken = [...sheet.cards.values()].find(
      (card) =>
        card.x < x + width &&
        card.x + card.width > x &&
        card.y < y + height &&
        card.y + card.height > y,
    );
    if (!taken) {
      return { x, y };
    }
    if (sheet.head.direction === "down") {
      x = taken.x + taken.width + GAP;
    } else {
      y = taken.y + taken.height + GAP;
    }
  }
}
