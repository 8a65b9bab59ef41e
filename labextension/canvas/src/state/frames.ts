import type { Box, Size } from "../canvas/geometry";
import type { Card, Frame } from "../protocol";
import { freeSpot } from "./freeSpot";
import type { Sheet } from "./sheet";
import type { Point } from "./types";

/** Whether cards can be put into a frame: the body of a loop follows from the lines. */
function holds(frame: Frame): boolean {
  return frame.card !== "" && frame.kind !== "body";
}

/** Cards that others can be put into, with frames or without. */
export function containers(sheet: Sheet): Card[] {
  return [...sheet.cards.values()].filter((card) => card.container);
}

/** The container that a card lies in; empty for the sheet itself. */
export function homeOf(sheet: Sheet, card: string): string {
  const around = sheet.head.frames.filter((frame) => holds(frame) && frame.cards.includes(card));
  return around[0]?.card ?? "";
}

/** Ids of all cards inside a container, however deep. */
export function insideOf(sheet: Sheet, container: string): Set<string> {
  const inside = new Set<string>();
  const waiting = [container];
  for (let card = waiting.pop(); card !== undefined; card = waiting.pop()) {
    for (const frame of sheet.head.frames) {
      if (frame.card === card && holds(frame)) {
        const fresh = frame.cards.filter((inner) => !inside.has(inner) && inner !== container);
        fresh.forEach((inner) => {
          inside.add(inner);
        });
        waiting.push(...fresh);
      }
    }
  }
  return inside;
}

/** Places of moved cards and of all that lies inside them and moves along. */
export function carried(sheet: Sheet, places: ReadonlyMap<string, Point>): Map<string, Point> {
  const carriedTo = new Map(places);
  if (sheet.head.frames.length === 0) {
    return carriedTo;
  }
  for (const [id, place] of places) {
    const card = sheet.cards.get(id);
    for (const inner of card ? insideOf(sheet, id) : []) {
      const at = sheet.cards.get(inner);
      // What is moved itself goes where it is told; so does what lies in it.
      if (card && at && !places.has(inner) && !nearer(sheet, inner, id, places)) {
        carriedTo.set(inner, { x: at.x + place.x - card.x, y: at.y + place.y - card.y });
      }
    }
  }
  return carriedTo;
}

/** Whether a card lies in another moved container than the outer one. */
function nearer(
  sheet: Sheet,
  card: string,
  outer: string,
  places: ReadonlyMap<string, Point>,
): boolean {
  const seen = new Set<string>();
  for (
    let home = homeOf(sheet, card);
    home && home !== outer && !seen.has(home);
    home = homeOf(sheet, home)
  ) {
    seen.add(home);
    if (places.has(home)) {
      return true;
    }
  }
  return false;
}

/** The innermost container at a point of the board; empty for the sheet itself. */
export function containerAt(
  sheet: Sheet,
  at: Point,
  except: ReadonlySet<string> = new Set(),
  cards: readonly Card[] = containers(sheet),
): string {
  let innermost = "";
  let depth = -1;
  for (const frame of sheet.head.frames) {
    if (
      holds(frame) &&
      !frame.folded &&
      frame.depth > depth &&
      !except.has(frame.card) &&
      within(at, frame)
    ) {
      innermost = frame.card;
      depth = frame.depth;
    }
  }
  const card = cards.find((one) => !except.has(one.id) && within(at, one));
  return card ? card.id : innermost;
}

export function within(at: Point, area: Box): boolean {
  return (
    at.x >= area.x && at.x <= area.x + area.width && at.y >= area.y && at.y <= area.y + area.height
  );
}

/** For every dropped card whose container changes, the new one; empty for the sheet itself. */
export function destinations(
  sheet: Sheet,
  places: ReadonlyMap<string, Point>,
): Map<string, string> {
  const into = new Map<string, string>();
  const homes = containers(sheet);
  if (homes.length === 0) {
    return into;
  }
  const moving = new Set(places.keys());
  for (const id of places.keys()) {
    for (const inner of insideOf(sheet, id)) {
      moving.add(inner);
    }
  }
  for (const [id, place] of places) {
    const card = sheet.cards.get(id);
    const home = homeOf(sheet, id);
    if (card?.kind !== "node" || card.fixed || places.has(home)) {
      continue;
    }
    const middle = { x: place.x + card.width / 2, y: place.y + card.height / 2 };
    const container = containerAt(sheet, middle, moving, homes);
    if (container !== home) {
      into.set(id, container);
    }
  }
  return into;
}

/** The frames as they stand while their containers are on the way. */
export function shifted(sheet: Sheet, moved: ReadonlyMap<string, Point>): readonly Frame[] {
  const { frames } = sheet.head;
  return moved.size === 0 ? frames : frames.map((frame) => shiftedFrame(sheet, frame, moved));
}

function shiftedFrame(sheet: Sheet, frame: Frame, moved: ReadonlyMap<string, Point>): Frame {
  const card = sheet.cards.get(frame.card);
  const place = moved.get(frame.card);
  if (!card || !place || !holds(frame)) {
    return frame;
  }
  return { ...frame, x: frame.x + place.x - card.x, y: frame.y + place.y - card.y };
}

const GAP = 60;

/** A free place beside a container's own card, for what was dropped onto it. */
export function beside(sheet: Sheet, container: Card, size: Size): Point {
  const down = sheet.head.direction === "down";
  const x = container.x + (down ? 0 : container.width + GAP);
  const y = container.y + (down ? container.height + GAP : 0);
  return freeSpot(sheet, { x, y }, size);
}

/** Where dropped cards go: those let go on a container's own card lie down beside it. */
export function settled(
  sheet: Sheet,
  places: ReadonlyMap<string, Point>,
  into: ReadonlyMap<string, string>,
): Map<string, Point> {
  const positions = new Map(places);
  for (const [id, home] of into) {
    const card = sheet.cards.get(id);
    const container = sheet.cards.get(home);
    const place = places.get(id);
    if (card && container && place) {
      const middle = { x: place.x + card.width / 2, y: place.y + card.height / 2 };
      if (within(middle, container)) {
        positions.set(id, beside(sheet, container, card));
      }
    }
  }
  return positions;
}
