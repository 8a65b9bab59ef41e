import { CORNER_RADIUS, NECK } from "../edgeLooks";
import type { Point } from "../state/types";

/** An SVG path through the corners, rounded, that ends where the arrow heads begin. */
export function pathThrough(points: readonly Point[], bothWays = false): string {
  const [start, second] = points;
  if (!start || !second) {
    return "";
  }
  const first = bothWays ? toward(start, second, NECK) : start;
  let path = `M${first.x} ${first.y}`;
  for (let i = 1; i < points.length - 1; i++) {
    const [a, b, c] = [points[i - 1], points[i], points[i + 1]] as [Point, Point, Point];
    const radius = Math.min(CORNER_RADIUS, distance(a, b) / 2, distance(b, c) / 2);
    const before = toward(b, a, radius);
    const after = toward(b, c, radius);
    path += `L${before.x} ${before.y}Q${b.x} ${b.y} ${after.x} ${after.y}`;
  }
  const neck = toward(points.at(-1) as Point, points.at(-2) as Point, NECK);
  return `${path}L${neck.x} ${neck.y}`;
}

/** Where the arrow head at the end of a line stands, and how it is turned. */
export function headTransform(points: readonly Point[]): string {
  const [before, tip] = points.slice(-2) as [Point, Point];
  const angle = (Math.atan2(tip.y - before.y, tip.x - before.x) * 180) / Math.PI;
  return `translate(${tip.x} ${tip.y}) rotate(${angle})`;
}

function toward(a: Point, b: Point, by: number): Point {
  const length = distance(a, b) || 1;
  return { x: a.x + ((b.x - a.x) / length) * by, y: a.y + ((b.y - a.y) / length) * by };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(b.x - a.x, b.y - a.y);
}
