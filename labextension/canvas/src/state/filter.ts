import type { Card, Link } from "../protocol";
import type { Session } from "./session";
import type { Sheet } from "./sheet";
import { type Action, action, type Clear, type Filter } from "./types";

/** Lets what does not match fade; null shows everything. */
export function narrow(session: Session, filter: Filter | null): void {
  session.store.set({ filter });
  session.announce(filter ? `${filter.label}. The rest is faded.` : "Everything is shown.");
}

export function clearOf(sheet: Sheet, filter: Filter | null): Clear | null {
  if (!filter) {
    return null;
  }
  const { event, of } = filter;
  const all = [...sheet.links.values()];
  if (event !== undefined) {
    const links = all.filter((link) => eventsOf(link).includes(event));
    const ends = links.flatMap((link) => [link.source, link.target]);
    const alone = [...sheet.cards.values()].filter(
      (card) => card.kind === "event" && card.title === event,
    );
    return {
      cards: new Set([...ends, ...alone.map(({ id }) => id)]),
      links: new Set(links.map(({ id }) => id)),
    };
  }
  const cards = new Set(
    [...sheet.cards.values()].filter((card) => of && matches(card, of)).map(({ id }) => id),
  );
  const between = all.filter(({ source, target }) => cards.has(source) && cards.has(target));
  return { cards, links: new Set(between.map(({ id }) => id)) };
}

function matches(card: Card, of: NonNullable<Filter["of"]>): boolean {
  const { errors, warnings, infos, todo } = card.problems;
  return of === "problems" ? errors + warnings + infos + todo > 0 : card.tags.includes(of);
}

function eventsOf(link: Link): readonly string[] {
  return link.kind === "event" && link.events.length === 0 ? [link.printed] : link.events;
}

const KINDS = [
  ["agent", "Only agents"],
  ["stale", "Only stale"],
  ["problems", "Only with problems"],
] as const;

/** What the board can be narrowed down to; what would show nothing says so. */
export function filters(session: Session): readonly Action[] {
  const { sheet, filter } = session.store.get();
  if (!sheet) {
    return [];
  }
  const cards = [...sheet.cards.values()];
  const events = new Set([...sheet.links.values()].flatMap(eventsOf).filter(Boolean));
  const set = (chosen: Filter | null) => () => narrow(session, chosen);
  return [
    ...(filter ? [action("view", "filter-none", "Show everything", set(null))] : []),
    ...KINDS.map(([of, label]) => ({
      ...action("view", `filter-${of}`, label, set({ label, of })),
      ...(cards.some((card) => matches(card, of)) ? {} : { why: "There is none on this board." }),
    })),
    ...[...events].sort().map((event) => {
      const label = `Only the event ${event}`;
      return action("view", `filter-event-${event}`, label, set({ label, event }));
    }),
  ];
}
