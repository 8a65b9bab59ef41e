import type { Point } from "../state/types";
import type { Head } from "./looks";

/** Length of an arrow head. */
export const ARROW = 7;

/** An SVG path through the corners, rounded, that ends where the arrow heads begin. */
export function pathThrough(points: readonly Point[], bothWays = false, radius = 6): string {
  const [start, second] = points;
  if (!start || !second) {
    return "";
  }
  const first = bothWays ? toward(start, second, ARROW - 1) : start;
  let path = `M${first.x} ${first.y}`;
  for (let i = 1; i < points.length - 1; i++) {
    const [a, b, c] = [points[i - 1], points[i], points[i + 1]] as [Point, Point, Point];
    const r = Math.min(radius, reach(a, b) / 2, reach(b, c) / 2);
    const before = toward(b, a, r);
    const after = toward(b, c, r);
    path += `L${before.x} ${before.y}Q${b.x} ${b.y} ${after.x} ${after.y}`;
  }
  const last = points.at(-1) as Point;
  const before = points.at(-2) as Point;
  const neck = toward(last, before, ARROW - 1);
  return `${path}L${neck.x} ${neck.y}`;
}

/** The head at the end of a line, as an SVG path. */
export function headPath(points: readonly Point[], head: Head): string {
  const tip = points.at(-1);
  const before = points.at(-2);
  if (!tip || !before) {
    return "";
  }
  const base = toward(tip, before, ARROW);
  const side = { x: (tip.y - base.y) * 0.6, y: (base.x - tip.x) * 0.6 };
  const at = (point: Point, by: number) => `${point.x + side.x * by} ${point.y + side.y * by}`;
  switch (head) {
    case "open":
      return `M${at(base, 1)}L${at(tip, 0)}L${at(base, -1)}M${at(base, 0)}L${at(tip, 0)}`;
    case "diamond": {
      const end = toward(tip, before, 2 * ARROW);
      return `M${at(tip, 0)}L${at(base, 0.9)}L${at(end, 0)}L${at(base, -0.9)}Z`;
    }
    case "bar":
      return `M${at(base, 1)}L${at(tip, 0)}L${at(base, -1)}ZM${at(tip, 1.3)}L${at(tip, -1.3)}`;
    default:
      return `M${at(tip, 0)}L${at(base, 1)}L${at(base, -1)}Z`;
  }
}

function toward(a: Point, b: Point, by: number): Point {
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  return { x: a.x + ((b.x - a.x) / length) * by, y: a.y + ((b.y - a.y) / length) * by };
}

function reach(a: Point, b: Point): number {
  return Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
}
