import type { Point } from "../state/types";
import type { Box } from "./geometry";

/** How far a line keeps from cards that it passes. */
export const MARGIN = 10;
/** How much larger than its card an obstacle is, on each side. */
const SLACK = MARGIN - 1;
const CELL = 256;

/** The cards of a board, for asking quickly what lies across a line. */
export class Obstacles {
  readonly #cells = new Map<string, Box[]>();

  constructor(boxes: Iterable<Box>) {
    for (const box of boxes) {
      const wide = {
        x: box.x - SLACK,
        y: box.y - SLACK,
        width: box.width + 2 * SLACK,
        height: box.height + 2 * SLACK,
      };
      for (const cell of cells(wide.x, wide.y, wide.x + wide.width, wide.y + wide.height)) {
        const list = this.#cells.get(cell);
        if (list) {
          list.push(wide);
        } else {
          this.#cells.set(cell, [wide]);
        }
      }
    }
  }

  /** The cards that a straight line from `a` to `b`, along an axis, would touch. */
  across(a: Point, b: Point): Box[] {
    const [left, right] = a.x < b.x ? [a.x, b.x] : [b.x, a.x];
    const [top, bottom] = a.y < b.y ? [a.y, b.y] : [b.y, a.y];
    const found = new Set<Box>();
    for (const cell of cells(left, top, right, bottom)) {
      for (const box of this.#cells.get(cell) ?? []) {
        if (
          box.x < right + 0.5 &&
          box.x + box.width > left - 0.5 &&
          box.y < bottom + 0.5 &&
          box.y + box.height > top - 0.5
        ) {
          found.add(box);
        }
      }
    }
    return [...found];
  }

  /** How far one can go from a point before a card is in the way, up to a limit. */
  free(from: Point, way: Point, limit: number): number {
    const far = { x: from.x + way.x * limit, y: from.y + way.y * limit };
    let free = limit;
    for (const box of this.across(from, far)) {
      const sides = [box.x + SLACK, box.x + box.width - SLACK].map((x) => (x - from.x) * way.x);
      const ends = [box.y + SLACK, box.y + box.height - SLACK].map((y) => (y - from.y) * way.y);
      const ahead = Math.min(...(way.x === 0 ? ends : sides));
      const beside =
        way.x === 0
          ? from.x > box.x + SLACK && from.x < box.x + box.width - SLACK
          : from.y > box.y + SLACK && from.y < box.y + box.height - SLACK;
      // The own card lies behind.
      if (beside && ahead > 0.5) {
        free = Math.min(free, ahead);
      }
    }
    return free;
  }
}

function* cells(left: number, top: number, right: number, bottom: number): Generator<string> {
  for (let x = Math.floor(left / CELL); x <= Math.floor(right / CELL); x++) {
    for (let y = Math.floor(top / CELL); y <= Math.floor(bottom / CELL); y++) {
      yield `${x} ${y}`;
    }
  }
}
