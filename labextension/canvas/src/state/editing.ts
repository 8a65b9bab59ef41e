import type { Card, NamedCard } from "../protocol";
import { carried } from "./frames";
import { freeSpot } from "./freeSpot";
import type { Session } from "./session";
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

/** Places a new node and selects it. */
export async function addNode(
  session: Session,
  type: string,
  at: Point,
  from?: { card: string; output: string },
  into = "",
): Promise<void> {
  session.store.set({ placing: "" });
  const args = {
    type,
    x: Math.round(at.x),
    y: Math.round(at.y),
    ...(from ? { connect_from: from.card, output: from.output } : {}),
    ...(into ? { into } : {}),
  };
  showAdded(session, await session.gesture("add", args));
}

/** Selects what an operation has just made and brings it into view; says whether it made it. */
export function showAdded(session: Session, added: NamedCard | null): boolean {
  if (!added) {
    return false;
  }
  session.announce("Added.");
  session.selection.set([added.id]);
  session.show(added.id);
  return true;
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
  const done = await session.gesture("connect", { source, output, target });
  if (done) {
    session.announce("Connected.");
  }
  return done !== null;
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
  const done = await session.gesture("remove", { cards, links });
  if (done) {
    session.selection.set([]);
    session.announce(`Deleted ${cards.length + links.length}.`);
    session.root?.focus({ preventScroll: true });
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
