import type { Card, LabelPlace, Link } from "../protocol";
import type { Point } from "../state/types";
import type { Direction } from "./geometry";

/**
 * How links are drawn. Python finds their ways (`ddd_lab/maps/routing`); while cards are on their
 * way themselves, from a pointer or until Python has answered, their links stretch with them.
 */
export interface DrawnRoute {
  readonly points: readonly Point[];
  readonly label: LabelPlace | null;
}

/** A card and where it stands now, also while it is dragged. */
export interface PlacedCard extends Point {
  readonly card: Card;
}

/** The line of a link, with its ends at its cards. */
export function routeOf(
  link: Link,
  source: PlacedCard,
  target: PlacedCard,
  direction: Direction,
): DrawnRoute {
  const points = link.points.map(([x, y]) => ({ x, y }));
  if (points.length < 2) {
    return labelled(link, stepped(leaving(link, source, direction), entering(target, direction)));
  }
  const [out, into] = [shiftOf(source), shiftOf(target)];
  if (out.x === into.x && out.y === into.y) {
    const label = link.label_place && { ...link.label_place, ...sum(link.label_place, out) };
    return { points: out.x || out.y ? points.map((point) => sum(point, out)) : points, label };
  }
  return labelled(link, stretched(points, out, into), points);
}

function shiftOf({ card, x, y }: PlacedCard): Point {
  return { x: x - card.x, y: y - card.y };
}

function sum(a: Point, b: Point): Point {
  return { x: a.x + b.x, y: a.y + b.y };
}

/** The way with its ends moved; the pieces beside them stay level or upright. */
function stretched(points: readonly Point[], out: Point, into: Point): Point[] {
  const way = points.map((point) => ({ ...point }));
  const last = way.length - 1;
  way[0] = sum(points[0] as Point, out);
  way[last] = sum(points[last] as Point, into);
  const pull = (end: number, corner: number) => {
    const axis = isLevel(points[end] as Point, points[corner] as Point) ? "y" : "x";
    Object.assign(way[corner] as Point, { [axis]: way[end]?.[axis] });
  };
  if (last > 1) {
    pull(0, 1);
    pull(last, last - 1);
  }
  const level = isLevel(points[0] as Point, points[1] as Point);
  const keeps = (from: number, to: number) =>
    sameWay(points[from] as Point, points[to] as Point, way[from] as Point, way[to] as Point);
  return last > 1 && keeps(0, 1) && keeps(last - 1, last)
    ? way
    : stepped(way[0] as Point, way[last] as Point, level);
}

/** Whether a piece still leads the way that it led before. */
function sameWay(a: Point, b: Point, c: Point, d: Point): boolean {
  return (b.x - a.x) * (d.x - c.x) + (b.y - a.y) * (d.y - c.y) > 0;
}

function isLevel(a: Point, b: Point): boolean {
  return Math.abs(a.x - b.x) >= Math.abs(a.y - b.y);
}

/** A way with one step, half way. */
function stepped(from: Point, to: Point, level = true): Point[] {
  const [x, y] = [(from.x + to.x) / 2, (from.y + to.y) / 2];
  const step = level
    ? [
        { x, y: from.y },
        { x, y: to.y },
      ]
    : [
        { x: from.x, y },
        { x: to.x, y },
      ];
  return [from, ...step, to];
}

function leaving(link: Link, { card, x, y }: PlacedCard, direction: Direction): Point {
  const port = card.outputs.find(({ name }) => name === link.output);
  return direction === "right"
    ? { x: x + card.width, y: y + (port?.offset ?? card.height / 2) }
    : { x: x + (port?.offset ?? card.width / 2), y: y + card.height };
}

function entering({ card, x, y }: PlacedCard, direction: Direction): Point {
  return direction === "right" ? { x, y: y + card.height / 2 } : { x: x + card.width / 2, y };
}

/** The label stays on the piece where Python put it, else it stands in the middle of the way. */
function labelled(link: Link, points: readonly Point[], before: readonly Point[] = []): DrawnRoute {
  const place = link.label_place;
  if (!link.printed) {
    return { points, label: null };
  }
  const middle = Math.floor((points.length - 1) / 2);
  const [a, b] = [points[middle] as Point, points[middle + 1] as Point];
  const centre = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  if (!place || before.length !== points.length) {
    return { points, label: { width: place?.width ?? 120, ...centre } };
  }
  const piece = nearestPiece(before, place);
  const moved = (end: number) => ({
    x: (points[end] as Point).x - (before[end] as Point).x,
    y: (points[end] as Point).y - (before[end] as Point).y,
  });
  const both = sum(moved(piece), moved(piece + 1));
  return { points, label: { ...place, x: place.x + both.x / 2, y: place.y + both.y / 2 } };
}

function nearestPiece(points: readonly Point[], at: Point): number {
  let nearest = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < points.length - 1; i++) {
    const [a, b] = [points[i] as Point, points[i + 1] as Point];
    const away = beyond(at.x, a.x, b.x) + beyond(at.y, a.y, b.y);
    if (away < least) {
      least = away;
      nearest = i;
    }
  }
  return nearest;
}

/** How far a number lies outside the span of two others. */
function beyond(value: number, a: number, b: number): number {
  return Math.max(0, Math.min(a, b) - value, value - Math.max(a, b));
}
