import type { Point } from "../state/session";

/** Length of an arrow head. */
export const ARROW = 7;

/** An SVG path through the corners, rounded, that ends where the arrow head begins. */
export function pathThrough(points: readonly Point[], radius = 6): string {
  const first = points[0];
  if (!first || points.length < 2) {
    return "";
  }
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

/** The arrow head at the end of a line, as an SVG path. */
export function arrowHead(points: readonly Point[]): string {
  const tip = points.at(-1);
  const before = points.at(-2);
  if (!tip || !before) {
    return "";
  }
  const base = toward(tip, before, ARROW);
  const across = { x: (tip.y - base.y) * 0.6, y: (base.x - tip.x) * 0.6 };
  return `M${tip.x} ${tip.y}L${base.x + across.x} ${base.y + across.y}L${base.x - across.x} ${base.y - across.y}Z`;
}

function toward(a: Point, b: Point, by: number): Point {
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  return { x: a.x + ((b.x - a.x) / length) * by, y: a.y + ((b.y - a.y) / length) * by };
}

function reach(a: Point, b: Point): number {
  return Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
}
