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
const LEAST = 48;
/** Space for the mark of a card with problems, in pixels on the screen. */
const MARK = { width: 54, height: 16 };

/** Where a label stands: its middle, and how wide it may be on the board. */
export interface Spot extends Point {
  readonly width: number;
}

/** Where the labels of lines have room when words are drawn larger than on the board.
 *
 * Each stays where Python put it if nothing is in its way there; else it goes to another piece of its
 * line, else it is shortened. One without an entry has no room at all.
 *
 * @param grow how many times larger than on the board words are.
 */
export function roomyLabels(sheet: Sheet, grow: number): ReadonlyMap<string, Spot> {
  const taken: Box[] = [];
  const marks: Box[] = [];
  for (const card of sheet.cards.values()) {
    taken.push(card);
    const { errors, warnings, infos } = card.problems;
    if (errors + warnings + infos > 0) {
      const [width, height] = [MARK.width * grow, MARK.height * grow];
      marks.push({ x: card.x + card.width - width, y: card.y - height, width, height });
    }
  }
  const spots = new Map<string, Spot>();
  for (const link of sheet.links.values()) {
    const free = candidates(link, grow).filter((one) => {
      const box = boxOf(link, one, grow);
      return !taken.some((other) => meet(box, other));
    });
    // Rather over a mark than nowhere.
    const spot =
      free.find((one) => !marks.some((mark) => meet(boxOf(link, one, grow), mark))) ?? free[0];
    if (spot) {
      spots.set(link.id, spot);
      taken.push(boxOf(link, spot, grow));
    }
  }
  return spots;
}

function boxOf(link: Link, { x, y, width }: Spot, grow: number): Box {
  const height = link.events.length > 1 ? Math.max(PILL_HEIGHT, 16 * grow) : HEIGHT * grow;
  return { x: x - width / 2, y: y - height / 2, width, height };
}

function candidates({ label_place: place, printed, events, points }: Link, grow: number): Spot[] {
  if (!place) {
    return [];
  }
  const sides = events.length > 1 ? PILL_SIDES : SIDES;
  const whole = printed.length * LABEL_CHARACTER * grow + sides;
  const width = Math.min(whole, place.width * grow);
  const spots = [{ x: place.x, y: place.y, width }];
  for (let i = 1; i < points.length; i++) {
    const [[ax, ay], [bx, by]] = [points[i - 1] ?? [0, 0], points[i] ?? [0, 0]];
    for (const part of [0.5, 0.3, 0.7]) {
      spots.push({ x: ax + (bx - ax) * part, y: ay + (by - ay) * part, width });
    }
  }
  const least = Math.min(place.width, width);
  return least >= LEAST * grow ? [...spots, { ...place, width: least }] : spots;
}
