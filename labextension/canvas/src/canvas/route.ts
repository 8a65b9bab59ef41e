import type { Point } from "../state/types";
import { type Box, type End, isLevel, type Side } from "./geometry";
import { MARGIN, type Obstacles } from "./obstacles";
import { ARROW } from "./path";

/** How far a line runs straight out of a card. */
const STUB = 18;
/** How much farther the next line from the same card runs out, so that they do not coincide. */
const LANE = 7;
/** Places beside the middle that a line tries where another one is there already. */
const SHIFTS = [0, 12, -12, 24, -24];

const WAY: Record<Side, Point> = {
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
  top: { x: 0, y: -1 },
  bottom: { x: 0, y: 1 },
};

/** How one line is to be led. */
export interface Manner {
  /** How far it should run straight out first, for the label that stands there. */
  readonly clearance?: number;
  /** How many lines leave the card before this one. */
  readonly lane?: number;
  /** What lines that are drawn already take up, as far as this one should not cover it. */
  readonly taken?: (path: readonly Point[]) => number;
}

/** The corners of a line from one card to another that goes around the cards in between. */
export function route(
  from: End,
  to: End,
  obstacles: Obstacles,
  { clearance = 0, lane = 0, taken }: Manner = {},
): Point[] {
  const start = out(from, reach(from, STUB + lane * LANE, obstacles));
  const end = out(to, Math.max(reach(to, STUB + ARROW, obstacles), ARROW + 1));
  if (inLine(from, to, start, end) && obstacles.across(start, end).length === 0) {
    return [from, to];
  }
  let best: Point[] = [];
  let least = Number.POSITIVE_INFINITY;
  for (const middle of candidates(from, to, start, end, obstacles, clearance)) {
    const path = tidy([from, start, ...middle, end, to]);
    const cost = costOf(path, obstacles) + (taken?.(path) ?? 0);
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
  const flat = isLevel(from.side);
  const flatEnd = isLevel(to.side);
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
      for (const shift of SHIFTS) {
        yield viaX(clamp(beyondLabel + shift, start.x, end.x));
      }
      yield viaX(end.x);
      yield viaX(start.x);
    }
  } else if (!flat && !flatEnd) {
    if ((end.y - start.y) * WAY[from.side].y >= 0) {
      const way = WAY[from.side].y;
      const beyondLabel = Math.max(middleY * way, from.y * way + clearance) * way;
      for (const shift of SHIFTS) {
        yield viaY(clamp(beyondLabel + shift, start.y, end.y));
      }
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
    for (const step of [2, 12]) {
      ys.push(box.y - step, box.y + box.height + step);
      xs.push(box.x - step, box.x + box.width + step);
    }
  }
  const detour = (a: number, b: number) => (lane: number) =>
    Math.abs(lane - a) + Math.abs(lane - b);
  const near = (lanes: number[], by: (lane: number) => number) =>
    lanes.sort((a, b) => by(a) - by(b)).slice(0, 20);
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

/** How far a line runs straight out: less where another card is close. */
function reach(end: End, wanted: number, obstacles: Obstacles): number {
  const free = obstacles.free(end, WAY[end.side], 2 * wanted + MARGIN);
  return Math.max(3, Math.min(wanted, free / 2));
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
