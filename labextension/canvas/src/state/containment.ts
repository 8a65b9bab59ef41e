import type { Card } from "../protocol";
import { showAdded } from "./editing";
import { containers, homeOf, insideOf } from "./frames";
import { freeSpot } from "./freeSpot";
import type { Session } from "./session";
import type { Sheet } from "./sheet";
import { type Action, action, type Point, type Target } from "./types";

/** What the palette calls a note; no node has such a type. */
export const NOTE = "~note";
/** Size of a new note, in pixels. */
export const NEW_NOTE = { width: 220, height: 120 };

/** Puts cards into a container, or onto the sheet where it is empty. */
export async function nest(session: Session, cards: readonly string[], into: string) {
  const done = await session.gesture("nest", { cards, into });
  if (done) {
    session.announce(nestedInWords(session.sheet(), into));
  }
  return done !== null;
}

/** What became of cards that were put somewhere. */
export function nestedInWords(sheet: Sheet | null, into: string): string {
  return into ? `Put into ${sheet?.cards.get(into)?.title ?? into}.` : "Taken out.";
}

/** Hides or shows what lies inside a container. */
export async function fold(session: Session, card: string, folded: boolean): Promise<void> {
  if (await session.gesture("fold", { card, folded })) {
    session.announce(folded ? "Folded." : "Unfolded.");
  }
}

/** Puts an empty note where there is room around the middle of the view. */
export function addNoteInView(session: Session): void {
  const sheet = session.sheet();
  const { x, y } = session.camera.center();
  const corner = { x: x - NEW_NOTE.width / 2, y: y - NEW_NOTE.height / 2 };
  void addNote(session, sheet ? freeSpot(sheet, corner, NEW_NOTE) : corner);
}

/** Puts an empty note on the sheet, to be written at once. */
export async function addNote(session: Session, at: Point): Promise<void> {
  session.store.set({ placing: "" });
  const corner = { x: Math.round(at.x), y: Math.round(at.y) };
  await showAdded(session, session.gesture("add_note", corner));
}

/** Containers that some cards could be put into. */
export function homesFor(sheet: Sheet, cards: readonly string[]): Card[] {
  const inside = new Set(cards);
  for (const card of cards) {
    for (const inner of insideOf(sheet, card)) {
      inside.add(inner);
    }
  }
  const now = new Set(cards.map((card) => homeOf(sheet, card)));
  return containers(sheet).filter(({ id }) => !inside.has(id) && !(now.size === 1 && now.has(id)));
}

/** Putting into containers, taking out, folding, and adding notes. */
export function nestingActions(
  session: Session,
  { sheet, cards, links, frame, at }: Target,
): readonly Action[] {
  if (sheet.head.level !== "flow" || sheet.head.status.state === "readonly") {
    return [];
  }
  const actions: Action[] = [];
  const nodes = cards.filter((card) => card.kind === "node" && !card.fixed).map(({ id }) => id);
  if (nodes.length > 0 && homesFor(sheet, nodes).length > 0) {
    const ask = () => session.dialog({ kind: "nest", cards: nodes });
    actions.push(action("edit", "nest", "Put into…", ask));
  }
  const inner = nodes.filter((id) => homeOf(sheet, id));
  if (inner.length > 0) {
    const outer = homeOf(sheet, homeOf(sheet, inner[0] ?? ""));
    const takeOut = () => void nest(session, inner, outer);
    actions.push(action("edit", "take-out", "Take out of container", takeOut));
  }
  const holder = frame ?? sheet.head.frames.find(({ card }) => card && card === cards[0]?.id);
  if (holder?.card && (frame || cards.length === 1)) {
    const toggle = () => void fold(session, holder.card, !holder.folded);
    actions.push(action("edit", "fold", holder.folded ? "Unfold" : "Fold", toggle));
  }
  if (cards.length + links.length === 0 && !frame) {
    const add = () => (at ? void addNote(session, at) : addNoteInView(session));
    actions.push(action("add", "note", "Add a note", add, "N"));
  }
  return actions;
}
