import type { Point } from "../state/session";
import type { Box, End, Side } from "./geometry";

/** How far a line keeps from cards that it passes, and how far it runs straight out of one. */
const MARGIN = 10;
const STUB = 18;
/** How much farther the next line from the same card runs out, so that they do not coincide. */
const LANE = 7;
const CELL = 256;
const ARROW = 7;

const WAY: Record<Side, Point> = {
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
  top: { x: 0, y: -1 },
  bottom: { x: 0, y: 1 },
};

/** The cards of a board, for asking quickly what lies across a line. */
export class Obstacles {
  readonly #cells = new Map<string, Box[]>();

  constructor(boxes: Iterable<Box>) {
    for (const box of boxes) {
      const wide = {
        x: box.x - MARGIN + 1,
        y: box.y - MARGIN + 1,
        width: box.width + 2 * (MARGIN - 1),
        height: box.height + 2 * (MARGIN - 1),
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
}

function* cells(left: number, top: number, right: number, bottom: number): Generator<string> {
  for (let x = Math.floor(left / CELL); x <= Math.floor(right / CELL); x++) {
    for (let y = Math.floor(top / CELL); y <= Math.floor(bottom / CELL); y++) {
      yield `${x} ${y}`;
    }
  }
}

/** The corners of a line from one card to another that goes around the cards in between.
 *
 * `clearance` is how far the line should run straight out first, for the label that stands there;
 * `lane` counts the lines that leave the card before this one.
 */
export function route(from: End, to: End, obstacles: Obstacles, clearance = 0, lane = 0): Point[] {
  const start = out(from, STUB + lane * LANE);
  const end = out(to, STUB + ARROW);
  if (inLine(from, to, start, end) && obstacles.across(start, end).length === 0) {
    return [from, to];
  }
  let best: Point[] = [];
  let least = Number.POSITIVE_INFINITY;
  for (const middle of candidates(from, to, start, end, obstacles, clearance)) {
    const path = tidy([from, start, ...middle, end, to]);
    const cost = costOf(path, obstacles);
    if (cost < least) {
      least = cost;
      best = path;
    }
    if (cost < 400 + distance(from, to)) {
      break;
    }
  }
  return best;
}

/** Whether a straight line leads from one end to the other. */
function inLine(from: End, to: End, start: Point, end: Point): boolean {
  const way = WAY[from.side];
  const back = WAY[to.side];
  const across = way.x === 0 ? from.x - to.x : from.y - to.y;
  const ahead = (end.x - start.x) * way.x + (end.y - start.y) * way.y;
  return way.x === -back.x && way.y === -back.y && Math.abs(across) < 1 && ahead >= 0;
}

function* candidates(
  from: End,
  to: End,
  start: Point,
  end: Point,
  obstacles: Obstacles,
  clearance: number,
): Generator<Point[]> {
  const flat = from.side === "left" || from.side === "right";
  const flatEnd = to.side === "left" || to.side === "right";
  const middleX = (from.x + to.x) / 2;
  const middleY = (from.y + to.y) / 2;
  const viaX = (x: number): Point[] => [
    { x, y: start.y },
    { x, y: end.y },
  ];
  const viaY = (y: number): Point[] => [
    { x: start.x, y },
    { x: end.x, y },
  ];
  if (flat && flatEnd) {
    if ((end.x - start.x) * WAY[from.side].x >= 0) {
      const way = WAY[from.side].x;
      const beyondLabel = Math.max(middleX * way, from.x * way + clearance) * way;
      yield viaX(clamp(beyondLabel, start.x, end.x));
      yield viaX(end.x);
      yield viaX(start.x);
    }
  } else if (!flat && !flatEnd) {
    if ((end.y - start.y) * WAY[from.side].y >= 0) {
      const way = WAY[from.side].y;
      const beyondLabel = Math.max(middleY * way, from.y * way + clearance) * way;
      yield viaY(clamp(beyondLabel, start.y, end.y));
      yield viaY(end.y);
      yield viaY(start.y);
    }
  } else {
    yield [flat ? { x: end.x, y: start.y } : { x: start.x, y: end.y }];
  }
  const lanes = lanesAround(start, end, obstacles);
  for (const y of lanes.ys) {
    yield viaY(y);
  }
  for (const x of lanes.xs) {
    yield viaX(x);
  }
}

/** Free lanes beside the cards that lie between two points, the nearest first. */
function lanesAround(start: Point, end: Point, obstacles: Obstacles) {
  const between = new Set<Box>();
  const corners: [Point, Point][] = [
    [start, { x: end.x, y: start.y }],
    [{ x: end.x, y: start.y }, end],
    [start, { x: start.x, y: end.y }],
    [{ x: start.x, y: end.y }, end],
  ];
  for (const [a, b] of corners) {
    for (const box of obstacles.across(a, b)) {
      between.add(box);
    }
  }
  const ys = [(start.y + end.y) / 2];
  const xs = [(start.x + end.x) / 2];
  for (const box of [...between].slice(0, 24)) {
    ys.push(box.y - 2, box.y + box.height + 2);
    xs.push(box.x - 2, box.x + box.width + 2);
  }
  const detour = (a: number, b: number) => (lane: number) =>
    Math.abs(lane - a) + Math.abs(lane - b);
  const near = (lanes: number[], by: (lane: number) => number) =>
    lanes.sort((a, b) => by(a) - by(b)).slice(0, 14);
  return { ys: near(ys, detour(start.y, end.y)), xs: near(xs, detour(start.x, end.x)) };
}

function costOf(path: readonly Point[], obstacles: Obstacles): number {
  let cost = (path.length - 2) * 40;
  for (let i = 1; i < path.length; i++) {
    const a = path[i - 1] as Point;
    const b = path[i] as Point;
    cost += Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
    // The first and the last piece touch the cards that the line belongs to.
    const [p, q] = [i === 1 ? short(a, b) : a, i === path.length - 1 ? short(b, a) : b];
    cost += 5000 * obstacles.across(p, q).length;
    const before = path[i - 2];
    if (before && reverses(before, a, b)) {
      cost += 20_000;
    }
  }
  return cost;
}

/** A point a little way from `a` towards `b`, where the own card no longer counts. */
function short(a: Point, b: Point): Point {
  const step = (from: number, to: number) => from + Math.sign(to - from) * (MARGIN + 2);
  const far = Math.abs(b.x - a.x) + Math.abs(b.y - a.y) > MARGIN + 2;
  return far ? { x: step(a.x, b.x), y: step(a.y, b.y) } : b;
}

function reverses(a: Point, b: Point, c: Point): boolean {
  return (b.x - a.x) * (c.x - b.x) + (b.y - a.y) * (c.y - b.y) < 0;
}

function out(end: End, by: number): Point {
  return { x: end.x + WAY[end.side].x * by, y: end.y + WAY[end.side].y * by };
}

function distance(a: Point, b: Point): number {
  return Math.abs(a.x - b.x) + Math.abs(a.y - b.y);
}

function clamp(value: number, a: number, b: number): number {
  return Math.min(Math.max(value, Math.min(a, b)), Math.max(a, b));
}

/** Without points that lie on a straight piece or on each other. */
function tidy(points: readonly Point[]): Point[] {
  const path: Point[] = [];
  for (const point of points) {
    const last = path.at(-1);
    const before = path.at(-2);
    if (last && Math.abs(last.x - point.x) < 0.5 && Math.abs(last.y - point.y) < 0.5) {
      continue;
    }
    if (last && before && onLine(before, last, point)) {
      path.pop();
    }
    path.push(point);
  }
  return path;
}

function onLine(a: Point, b: Point, c: Point): boolean {
  const upright = Math.abs(a.x - b.x) < 0.5 && Math.abs(b.x - c.x) < 0.5;
  const level = Math.abs(a.y - b.y) < 0.5 && Math.abs(b.y - c.y) < 0.5;
  return (upright || level) && !reverses(a, b, c);
}

/** An SVG path through the corners, rounded, that ends where the arrow head begins. */
export function pathThrough(points: readonly Point[], radius = 6): string {
  const first = points[0];
  if (!first || points.length < 2) {
    return "";
  }
  let path = `M${first.x} ${first.y}`;
  for (let i = 1; i < points.length - 1; i++) {
    const [a, b, c] = [points[i - 1], points[i], points[i + 1]] as [Point, Point, Point];
    const r = Math.min(radius, distance(a, b) / 2, distance(b, c) / 2);
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

/** Least width of a label, where there is hardly any room. */
const LABEL = 72;

/** Where a label fits best on a line: the middle of its longest piece, and how wide it may be. */
export function labelPlace(points: readonly Point[]): Point & { room: number } {
  let best = { x: points[0]?.x ?? 0, y: points[0]?.y ?? 0, room: LABEL };
  let longest = -1;
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1] as Point, points[i] as Point];
    const level = Math.abs(a.x - b.x) > Math.abs(a.y - b.y);
    const length = distance(a, b);
    // A level piece carries a label better than an upright one of the same length.
    if (length * (level ? 1.5 : 1) > longest) {
      longest = length * (level ? 1.5 : 1);
      const room = level ? Math.max(LABEL, length - 16) : 160;
      best = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, room };
    }
  }
  return best;
}
