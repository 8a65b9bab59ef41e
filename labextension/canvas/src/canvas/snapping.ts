import type { Box } from "./geometry";

/** Pixels on the screen within which a card snaps to others. */
export const REACH = 6;

/** A line that shows with what a card is level: at one coordinate, from and to on the other. */
export interface Guide {
  readonly axis: "x" | "y";
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

/** How far a dragged box is moved to be level with others, and what shows it. */
export interface Snap {
  readonly dx: number;
  readonly dy: number;
  readonly guides: readonly Guide[];
}

const AXES = {
  x: { start: "x", length: "width", acrossStart: "y", acrossLength: "height" },
  y: { start: "y", length: "height", acrossStart: "x", acrossLength: "width" },
} as const;

/** Snaps a dragged box to the nearest edges and centres of others.
 *
 * @param box what is dragged, where the hand holds it.
 * @param others the cards in view, without the dragged ones.
 * @param reach pixels of the board within which it snaps.
 */
export function snapped(box: Box, others: readonly Box[], reach: number): Snap {
  const dx = nearest(box, others, "x", reach);
  const dy = nearest(box, others, "y", reach);
  const there = { ...box, x: box.x + (dx ?? 0), y: box.y + (dy ?? 0) };
  return {
    dx: dx ?? 0,
    dy: dy ?? 0,
    guides: [
      ...(dx === null ? [] : guides(there, others, "x")),
      ...(dy === null ? [] : guides(there, others, "y")),
    ],
  };
}

/** The least way to the edge or centre of another card; null where none is near. */
function nearest(box: Box, others: readonly Box[], axis: "x" | "y", reach: number): number | null {
  const own = stops(box, axis);
  let best: number | null = null;
  for (const other of others) {
    const theirs = stops(other, axis);
    for (const mine of own) {
      for (const at of theirs) {
        const way = at - mine;
        if (Math.abs(way) <= reach && (best === null || Math.abs(way) < Math.abs(best))) {
          best = way;
        }
      }
    }
  }
  return best;
}

/** Start, centre and end of a box on an axis. */
function stops(box: Box, axis: "x" | "y"): readonly [number, number, number] {
  const { start, length } = AXES[axis];
  return [box[start], box[start] + box[length] / 2, box[start] + box[length]];
}

/** One line for each edge or centre that the box shares with others, past all that share it. */
function guides(box: Box, others: readonly Box[], axis: "x" | "y"): Guide[] {
  const { acrossStart, acrossLength } = AXES[axis];
  return stops(box, axis).flatMap((at) => {
    const level = others.filter((other) =>
      stops(other, axis).some((stop) => Math.abs(stop - at) < 0.5),
    );
    if (level.length === 0) {
      return [];
    }
    const all = [box, ...level];
    return [
      {
        axis,
        at,
        from: Math.min(...all.map((one) => one[acrossStart])),
        to: Math.max(...all.map((one) => one[acrossStart] + one[acrossLength])),
      },
    ];
  });
}

/** The box around several; null around none. */
export function around(boxes: readonly Box[]): Box | null {
  if (boxes.length === 0) {
    return null;
  }
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  return {
    x,
    y,
    width: Math.max(...boxes.map((box) => box.x + box.width)) - x,
    height: Math.max(...boxes.map((box) => box.y + box.height)) - y,
  };
}

/** Whether two boxes share any point. */
export function meet(a: Box, b: Box): boolean {
  return (
    a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height
  );
}
