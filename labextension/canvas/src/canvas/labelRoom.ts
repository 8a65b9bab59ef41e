import type { Link } from "../protocol";
import type { Sheet } from "../state/sheet";
import type { Point } from "../state/types";
import type { Box } from "./geometry";
import { meet } from "./snapping";

/** About how wide a character of a label is, and how high the label, in pixels on the screen. */
export const LABEL_CHARACTER = 6.3;
const HEIGHT = 14;
/** What a label has around its words on the board, in pixels; a pill of several events more. */
const SIDES = 8;
const PILL_SIDES = 20;
const PILL_HEIGHT = 24;
/** Pixels on the screen below which a shortened label says nothing any more. */
const LEAST = 36;
/** Space for the mark of a card with problems, and for an arrow head, in pixels on the screen. */
const MARK = { width: 54, height: 16 };
const HEAD = { length: 9, across: 10 };
/** Pixels of the board between a line and a label beside it. */
const BESIDE = 3;
/** Pixels on the screen from the line of another at which a label seems to be that one's. */
const NEAR = 5;
/** Lines from which on a board is a thicket: where labels cross them is not looked at. */
const MANY = 120;
/** How much worse it is to cover a mark than a line. */
const WORSE = 3;

/** Where a label stands: its middle, and how wide it may be on the board. */
export interface Spot extends Point {
  readonly width: number;
}

/** Where the labels of lines have room when words are drawn larger than on the board.
 *
 * Each stays where Python put it if nothing is in its way there; else it goes to another piece of its
 * line or beside it, else it is shortened. None covers a card or another label; one that covers a
 * mark, an arrow head or the line of another is the last resort, where it covers least of them. One
 * without an entry has no room at all.
 *
 * @param grow how many times larger than on the board words are.
 * @param measure how wide words of a label are, in pixels on the screen.
 */
export function roomyLabels(
  sheet: Sheet,
  grow: number,
  measure: (words: string) => number,
): ReadonlyMap<string, Spot> {
  const links = [...sheet.links.values()].filter(({ points }) => points.length > 1);
  const taken: Box[] = [...sheet.cards.values()];
  const marks = marksOf(sheet, grow);
  const heads = links.map((link) => headOf(link, grow));
  const lines = (links.length > MANY ? [] : links).map((link) => ({
    link,
    boxes: pieces(link, NEAR * grow),
  }));
  const spots = new Map<string, Spot>();
  for (const link of links) {
    const foreign = lines.flatMap((one) => (sayTheSame(one.link, link) ? [] : one.boxes));
    let best: Spot | undefined;
    let least = Number.POSITIVE_INFINITY;
    for (const spot of candidates(link, grow, measure)) {
      const box = boxOf(link, spot, grow);
      if (!taken.some((other) => meet(box, other))) {
        const hidden = hiddenBy(box, marks) * WORSE + hiddenBy(box, heads) + hiddenBy(box, foreign);
        if (hidden < least && !(best && spot.width < best.width)) {
          [best, least] = [spot, hidden];
        }
        if (hidden === 0) {
          break;
        }
      }
    }
    if (best) {
      spots.set(link.id, best);
      taken.push(boxOf(link, best, grow));
    }
  }
  return spots;
}

/** Where the marks of cards with problems stand. */
export function marksOf({ cards }: Sheet, grow: number): Box[] {
  const [width, height] = [MARK.width * grow, MARK.height * grow];
  return [...cards.values()]
    .filter(({ problems: { errors, warnings, infos } }) => errors + warnings + infos > 0)
    .map((card) => ({ x: card.x + card.width - width, y: card.y - height, width, height }));
}

function headOf({ points }: Link, grow: number): Box {
  const [[fromX, fromY], [x, y]] = points.slice(-2) as [[number, number], [number, number]];
  const [long, across] = [HEAD.length * grow, HEAD.across * grow];
  return Math.abs(x - fromX) >= Math.abs(y - fromY)
    ? { x: x > fromX ? x - long : x, y: y - across / 2, width: long, height: across }
    : { x: x - across / 2, y: y > fromY ? y - long : y, width: across, height: long };
}

/** Edges that leave one card and say the same have one label for all. */
function sayTheSame(one: Link, other: Link): boolean {
  return one.source === other.source && one.kind === other.kind && one.printed === other.printed;
}

/** The straight pieces of a line, so much broader at either side. */
export function pieces({ points }: Link, more: number): Box[] {
  return points.slice(1).map(([x, y], at) => {
    const [fromX, fromY] = points[at] ?? [x, y];
    return {
      x: Math.min(x, fromX) - more,
      y: Math.min(y, fromY) - more,
      width: Math.abs(x - fromX) + 2 * more,
      height: Math.abs(y - fromY) + 2 * more,
    };
  });
}

/** How much of other things a box covers. */
function hiddenBy(box: Box, others: readonly Box[]): number {
  let area = 0;
  for (const other of others) {
    const wide = Math.min(box.x + box.width, other.x + other.width) - Math.max(box.x, other.x);
    const high = Math.min(box.y + box.height, other.y + other.height) - Math.max(box.y, other.y);
    area += wide > 0 && high > 0 ? wide * high : 0;
  }
  return area;
}

function boxOf(link: Link, { x, y, width }: Spot, grow: number): Box {
  const height = heightOf(link, grow);
  return { x: x - width / 2, y: y - height / 2, width, height };
}

function heightOf({ events }: Link, grow: number): number {
  return events.length > 1 ? Math.max(PILL_HEIGHT, 16 * grow) : HEIGHT * grow;
}

/** Places for a label: whole where Python put it, on its line and beside it, then shortened. */
function candidates(link: Link, grow: number, measure: (words: string) => number): Spot[] {
  const { label_place: place, printed, events, points } = link;
  if (!place) {
    return [];
  }
  const sides = events.length > 1 ? PILL_SIDES : SIDES;
  const whole = Math.ceil(measure(printed) * grow) + sides;
  const spots = [{ x: place.x, y: place.y, width: whole }];
  for (const side of [0, 1, -1]) {
    for (let i = 1; i < points.length; i++) {
      const [[ax, ay], [bx, by]] = [points[i - 1] ?? [0, 0], points[i] ?? [0, 0]];
      const level = Math.abs(ax - bx) >= Math.abs(ay - by);
      const away = side * ((level ? heightOf(link, grow) : whole) / 2 + BESIDE);
      for (const part of [0.5, 0.3, 0.7]) {
        const x = ax + (bx - ax) * part + (level ? 0 : away);
        const y = ay + (by - ay) * part + (level ? away : 0);
        spots.push({ x, y, width: whole });
      }
    }
  }
  const least = Math.min(place.width, whole);
  return least >= LEAST * grow ? [...spots, { ...place, width: least }] : spots;
}
