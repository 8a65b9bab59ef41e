import type { Board, Card, Link, Patch } from "../protocol";

/** A board as the canvas keeps it: things by id, so that a patch touches only what changed. */
export interface Sheet {
  readonly head: Head;
  readonly cards: ReadonlyMap<string, Card>;
  readonly links: ReadonlyMap<string, Link>;
}

/** Everything of a board but its cards and links. */
export type Head = Omit<Board, "cards" | "links">;

/** The sheet of a board; things that are as they were stay the same objects. */
export function sheetOf(board: Board, before?: Sheet | null): Sheet {
  const { cards, links, ...head } = board;
  const known = before?.head.at === head.at ? before : null;
  return {
    head,
    cards: byId(cards, known?.cards),
    links: byId(links, known?.links),
  };
}

/** The sheet after a patch, or null when the patch is for another revision. */
export function patched(sheet: Sheet, patch: Patch): Sheet | null {
  if (patch.since !== sheet.head.rev) {
    return null;
  }
  return {
    head: { ...sheet.head, ...patch.board, rev: patch.rev },
    cards: changed(sheet.cards, patch.cards, patch.gone_cards),
    links: changed(sheet.links, patch.links, patch.gone_links),
  };
}

function byId<Thing extends { id: string }>(
  things: readonly Thing[],
  before?: ReadonlyMap<string, Thing>,
): Map<string, Thing> {
  const all = new Map<string, Thing>();
  for (const thing of things) {
    const old = before?.get(thing.id);
    all.set(thing.id, old && JSON.stringify(old) === JSON.stringify(thing) ? old : thing);
  }
  return all;
}

function changed<Thing extends { id: string }>(
  things: ReadonlyMap<string, Thing>,
  changes: Readonly<Record<string, Partial<Thing>>>,
  gone: readonly string[],
): ReadonlyMap<string, Thing> {
  const entries = Object.entries(changes);
  if (entries.length === 0 && gone.length === 0) {
    return things;
  }
  const after = new Map(things);
  for (const id of gone) {
    after.delete(id);
  }
  for (const [id, fields] of entries) {
    after.set(id, { ...after.get(id), ...fields, id } as Thing);
  }
  return after;
}

/** What the badges of a card warn of, in full; empty where they warn of nothing. */
export function alarmsOf({ badges }: Card): string {
  const alarms = badges.filter(({ tone }) => tone === "warn" || tone === "bad");
  return alarms.map(({ title }) => title).join(", ");
}

const orders = new WeakMap<Sheet, readonly Card[]>();

/** Cards in the order in which people read the board: columns where lines lead right, else rows. */
export function readingOrder(sheet: Sheet): readonly Card[] {
  let order = orders.get(sheet);
  if (!order) {
    const along = sheet.head.level === "flow" && sheet.head.direction === "right";
    // Cards whose edges are a little off still stand in one row or column to the eye.
    const band = (at: number) => Math.round(at / 60);
    order = [...sheet.cards.values()].sort((a, b) =>
      along
        ? band(a.x) - band(b.x) || a.y - b.y || a.x - b.x
        : band(a.y) - band(b.y) || a.x - b.x || a.y - b.y,
    );
    orders.set(sheet, order);
  }
  return order;
}
