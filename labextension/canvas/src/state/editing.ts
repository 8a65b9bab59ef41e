import type { Card, Link, NamedCard } from "../protocol";
import { typedAhead, watchPeople } from "./focus";
import { carried } from "./frames";
import { freeSpot } from "./freeSpot";
import type { Session } from "./session";
import type { Sheet } from "./sheet";
import type { Point } from "./types";

/** Sends where cards were put, and which of them go into or out of a container.
 *
 * They stay there on the screen until Python has answered, with all that lies inside them.
 */
export async function moveCards(
  session: Session,
  places: ReadonlyMap<string, Point>,
  into: ReadonlyMap<string, string> = new Map(),
): Promise<boolean> {
  const moves = [...places].map(([id, { x, y }]) => {
    const home = into.get(id);
    const place = { id, x: Math.round(x), y: Math.round(y) };
    return home === undefined ? place : { ...place, into: home };
  });
  if (moves.length === 0) {
    return false;
  }
  const sheet = session.sheet();
  const shown = sheet ? carried(sheet, places) : places;
  session.store.set(({ moved }) => ({ moved: new Map([...moved, ...shown]) }));
  const done = await session.gesture("move", { moves });
  session.store.set(({ moved }) => ({
    // A card that is being dragged again keeps its newer place.
    moved: new Map([...moved].filter(([id, place]) => shown.get(id) !== place)),
  }));
  return done !== null;
}

/** Moves the selected cards by some pixels; says false when there are none. */
export function nudge(session: Session, dx: number, dy: number): boolean {
  const { sheet, selected, moved } = session.store.get();
  const cards = sheet ? [...selected].flatMap((id) => sheet.cards.get(id) ?? []) : [];
  const movable = cards.filter((card) => card.kind !== "missing");
  if (movable.length === 0) {
    return false;
  }
  const places = new Map(
    movable.map((card) => {
      const from = moved.get(card.id) ?? card;
      return [card.id, { x: from.x + dx, y: from.y + dy }];
    }),
  );
  void moveCards(session, places);
  session.announce(movable.length === 1 ? "Moved." : `Moved ${movable.length} cards.`);
  return true;
}

/** Size of most new cards, in pixels: Python says the true one when it has made the node. */
export const NEW_CARD = { width: 220, height: 72 };

/** Puts the caret into the label of a card or the text of a note, behind what was typed ahead. */
export function write(session: Session, card: string, ahead = ""): void {
  session.selection.set([card]);
  session.camera.reveal(card, true);
  session.store.set({ writing: card, ahead });
}

/** Keeps what was written in a card, as one step.
 *
 * @param isFocused whether the card gets the focus then.
 */
export async function keepText(
  session: Session,
  { id, kind }: Card,
  before: string,
  written: string,
  isFocused: boolean,
): Promise<void> {
  const value = kind === "note" ? written : written.trim();
  const isElsewhere = watchPeople(session);
  let now = id;
  if (value !== before) {
    const path = [kind === "note" ? "text" : "label"];
    await session.selection.rename(id, async () => {
      const done = value
        ? await session.gesture("set", { id, path, value })
        : await session.gesture("unset", { id, path });
      now = (done && "id" in done && done.id) || id;
      return now;
    });
  }
  if (isFocused && !isElsewhere(now)) {
    session.focusCard(now);
  }
}

/** Selects what an operation makes and puts the caret into it. */
export async function showAdded(
  session: Session,
  adding: Promise<NamedCard | null>,
): Promise<void> {
  const isElsewhere = watchPeople(session);
  const textAhead = typedAhead(session);
  const added = await adding;
  const ahead = textAhead();
  if (added) {
    session.announce("Added.");
    isElsewhere() || write(session, added.id, ahead);
  }
}

/** A place for a new card, at a point or beside what already stands there. */
export function freePlace(session: Session, at: Point): Point {
  const sheet = session.sheet();
  return sheet ? freeSpot(sheet, at, NEW_CARD) : at;
}

export async function connect(
  session: Session,
  source: string,
  output: string,
  target: string,
): Promise<boolean> {
  const isElsewhere = watchPeople(session);
  const done = await session.gesture("connect", { source, output, target });
  if (done) {
    session.announce("Connected.");
    isElsewhere() ||
      selectLine(session, (line) => ends(line, source, target) && line.output === output);
  }
  return done !== null;
}

export function ends(line: Link, source: string, target: string): boolean {
  return line.source === source && line.target === target;
}

/** Selects the line that was just drawn, to be named, or taken away again. */
export function selectLine(session: Session, isDrawn: (line: Link) => boolean): void {
  const line = [...(session.sheet()?.links.values() ?? [])].find(isDrawn);
  session.root?.focus({ preventScroll: true });
  if (line) {
    session.selection.set([], [line.id]);
  }
}

/** Puts the caret into the label of a line, where it can have one. */
export function writeAtLine(session: Session, id: string | undefined): boolean {
  const { sheet } = session.store.get();
  const writable = id !== undefined && sheet?.links.get(id)?.fixed === false && takesCards(sheet);
  if (writable) {
    session.selection.set([], [id]);
    session.store.set({ writing: id });
  }
  return writable;
}

/** Whether cards can be added to a board. */
export function takesCards(sheet: Sheet | null): sheet is Sheet {
  return sheet?.head.level === "flow" && sheet.head.status.state !== "readonly";
}

/** Keeps what was written at a line; nothing takes its own label away. */
export async function keepLabel(session: Session, { id, label }: Link, written: string) {
  const value = written.trim();
  if (value && value !== label) {
    await session.gesture("set_link", { id, path: ["label"], value });
  } else if (!value && label) {
    // What its output is called stays, and is no label of its own.
    await session.call("unset_link", { id, path: ["label"] }).catch(() => {});
  }
}

/** Deletes what is selected, and says why if nothing of it can be deleted. */
export async function removeSelected(session: Session): Promise<void> {
  const { sheet, selected, selectedLinks } = session.store.get();
  if (!sheet || selected.size + selectedLinks.size === 0) {
    return;
  }
  const cards = [...selected].filter((id) => deletable(sheet.cards.get(id)));
  const links = [...selectedLinks].filter((id) => sheet.links.get(id)?.fixed === false);
  if (cards.length + links.length === 0) {
    session.note({ tone: "info", text: whyFixed(sheet.cards.get([...selected][0] ?? "")) });
    return;
  }
  const isElsewhere = watchPeople(session);
  const done = await session.gesture("remove", { cards, links });
  if (done) {
    session.announce(`Deleted ${cards.length + links.length}.`);
    if (!isElsewhere()) {
      session.selection.set([]);
      session.root?.focus({ preventScroll: true });
    }
  }
}

export function deletable(card: Card | undefined): boolean {
  return card !== undefined && !card.fixed && card.kind !== "missing";
}

function whyFixed(card: Card | undefined): string {
  if (card?.kind === "missing") {
    return "This card stands for a target that does not exist. Delete the line that leads here.";
  }
  if (card) {
    return `${card.type_title} “${card.title}” cannot be deleted here.`;
  }
  return "This line follows from the specs and cannot be deleted here.";
}
