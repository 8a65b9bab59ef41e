import type { Card } from "../protocol";
import type { Sheet } from "../state/sheet";
import { type Box, isLevel, type Side, type Slot } from "./geometry";

/** Pixels between two lines at one side of a card: usually, and at least. */
const STEP = 26;
const LEAST = 16;
/** Pixels that stay free at the corners of a card. */
const CORNER = 14;

interface Meeting {
  readonly link: string;
  readonly end: "from" | "to";
  readonly card: Card;
  readonly other: Card;
  readonly side: Side;
  /** Along the side, in pixels of the board. */
  at: number;
}

export interface Slots {
  readonly from: Slot;
  readonly to: Slot;
}

/** For every link of a map where it meets its cards: apart from each other, straight if possible. */
export function slots(sheet: Sheet): Map<string, Slots> {
  const pairs: [Meeting, Meeting][] = [];
  for (const link of sheet.links.values()) {
    const source = sheet.cards.get(link.source);
    const target = sheet.cards.get(link.target);
    if (source && target) {
      const [out, into] = facing(source, target);
      pairs.push([
        { link: link.id, end: "from", card: source, other: target, side: out, at: 0 },
        { link: link.id, end: "to", card: target, other: source, side: into, at: 0 },
      ]);
    }
  }
  const sides = new Map<string, Meeting[]>();
  for (const meeting of pairs.flat()) {
    const key = `${meeting.side} ${meeting.card.id}`;
    sides.set(key, [...(sides.get(key) ?? []), meeting]);
  }
  for (const meetings of sides.values()) {
    spread(meetings);
  }
  straighten(pairs, sides);
  return new Map(
    pairs.map(([from, to]) => [from.link, { from: slotOf(from), to: slotOf(to) }] as const),
  );
}

/** The sides by which two cards of a map face each other. */
function facing(a: Box, b: Box): [Side, Side] {
  const dx = b.x + b.width / 2 - (a.x + a.width / 2);
  const dy = b.y + b.height / 2 - (a.y + a.height / 2);
  const gapX = Math.abs(dx) - (a.width + b.width) / 2;
  const gapY = Math.abs(dy) - (a.height + b.height) / 2;
  if (gapX >= gapY) {
    return dx >= 0 ? ["right", "left"] : ["left", "right"];
  }
  return dy >= 0 ? ["bottom", "top"] : ["top", "bottom"];
}

/** The lines of one side around its middle, in the order of the cards that they lead to. */
function spread(meetings: Meeting[]): void {
  const [low, high] = extent(meetings[0] as Meeting);
  const towards = ({ other, side }: Meeting) =>
    isLevel(side) ? other.y + other.height / 2 : other.x + other.width / 2;
  // The same second order on both cards keeps a pair of opposite lines from crossing.
  meetings.sort((a, b) => towards(a) - towards(b) || (a.link < b.link ? -1 : 1));
  const step = Math.min(STEP, (high - low) / meetings.length);
  meetings.forEach((meeting, index) => {
    meeting.at = (low + high) / 2 + (index - (meetings.length - 1) / 2) * step;
  });
}

/** Lines end at the height at which they start where the other side has room for it. */
function straighten(
  pairs: readonly [Meeting, Meeting][],
  sides: ReadonlyMap<string, Meeting[]>,
): void {
  const crowd = (meeting: Meeting) => sides.get(`${meeting.side} ${meeting.card.id}`)?.length ?? 0;
  const partner = new Map<Meeting, Meeting>();
  for (const [from, to] of pairs) {
    const [few, many] = crowd(from) < crowd(to) ? [from, to] : [to, from];
    partner.set(few, many);
  }
  for (const meetings of sides.values()) {
    const [low, high] = extent(meetings[0] as Meeting);
    const wanted = meetings.map((meeting) => {
      const at = partner.get(meeting)?.at ?? meeting.at;
      return at >= low + CORNER && at <= high - CORNER ? at : meeting.at;
    });
    const apart = wanted.every((at, i) => i === 0 || at - (wanted[i - 1] ?? at) >= LEAST);
    if (apart) {
      meetings.forEach((meeting, i) => {
        meeting.at = wanted[i] ?? meeting.at;
      });
    }
  }
}

function extent({ card, side }: Meeting): [number, number] {
  return isLevel(side) ? [card.y, card.y + card.height] : [card.x, card.x + card.width];
}

function slotOf(meeting: Meeting): Slot {
  return { side: meeting.side, offset: meeting.at - extent(meeting)[0] };
}
