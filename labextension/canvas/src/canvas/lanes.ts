import type { Link } from "../protocol";
import type { Box } from "./geometry";
import { pieces } from "./labelRoom";
import { meet } from "./snapping";

/** Pixels between words and the left side of their frame, and between words and lines. */
const SIDE = 12;
const APART = 8;
/** The least room that words get. */
const LEAST = 60;

/** Beyond this many lines words stand where they stand. */
const MANY = 400;

interface Span {
  readonly left: number;
  readonly room: number;
}

/** Where in a band words of some width stand, from the left, and how far they may go.
 *
 * They keep clear of the boxes, and of the lines too where that leaves them half of their width.
 */
export function freeSpan(
  links: ReadonlyMap<string, Link>,
  boxes: readonly Box[],
  band: Box,
  wide: number,
): Span {
  const free = widest([...boxes, ...(links.size > MANY ? [] : piecesOf(links))], band, wide);
  const best = free.room < wide / 2 ? widest(boxes, band, wide) : free;
  return { left: best.left, room: Math.max(LEAST, best.room) };
}

function widest(boxes: readonly Box[], band: Box, wide: number): Span {
  const right = band.x + band.width - SIDE;
  let left = band.x + SIDE;
  let best = { left, room: 0 };
  for (const [low, high] of [...taken(boxes, band), [right, right] as const]) {
    // The first that is wide enough, else the widest.
    if (best.room < wide && Math.min(low, right) - left > best.room) {
      best = { left, room: Math.min(low, right) - left };
    }
    left = Math.max(left, high);
  }
  return best;
}

function piecesOf(links: ReadonlyMap<string, Link>): Box[] {
  return [...links.values()].flatMap((link) => pieces(link, 0.5));
}

/** What of a band boxes take, from the left. */
function taken(boxes: readonly Box[], band: Box): [number, number][] {
  return boxes
    .filter((box) => meet(box, band))
    .map((box): [number, number] => [box.x - APART, box.x + box.width + APART])
    .sort((one, other) => one[0] - other[0]);
}
