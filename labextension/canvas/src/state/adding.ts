import type { Args } from "../connection";
import type { Card, Link, PaletteEntry } from "../protocol";
import { NEW_CARD, showAdded, takesCards, write, writeAtLine } from "./editing";
import { beside, containerAt, homeOf, within } from "./frames";
import { freeSpot } from "./freeSpot";
import type { Session } from "./session";
import type { Sheet } from "./sheet";
import { type Action, action, type Place, type Point, type Target } from "./types";

/** Between a card and the one that is added after it, in pixels. */
const GAP = 80;

/** Lines of a card: those that leave it, then those that lead to it. */
export function linesOf(sheet: Sheet, card: string): Link[] {
  const links = [...sheet.links.values()];
  return [
    ...links.filter(({ source }) => source === card),
    ...links.filter(({ source, target }) => target === card && source !== card),
  ];
}

/** Names of the outputs of a card that no line leaves from. */
export function freeOutputs(sheet: Sheet, card: Card): string[] {
  const used = new Set(
    linesOf(sheet, card.id).map(({ source, output }) => source === card.id && output),
  );
  return card.outputs.map(({ name }) => name).filter((name) => !used.has(name));
}

/** Where a card that is added now belongs: after what is selected, inside it, or in view.
 *
 * @returns null where the board takes no cards, or several things are selected.
 */
export function placeHere(session: Session): Place | null {
  const { sheet, selected, selectedLinks } = session.store.get();
  const [id] = selected;
  const [link] = selectedLinks;
  if (!takesCards(sheet) || selected.size + selectedLinks.size > 1) {
    return null;
  }
  if (link !== undefined) {
    return sheet.links.get(link)?.fixed === false ? { kind: "line", link } : null;
  }
  const card = id === undefined ? undefined : sheet.cards.get(id);
  return card ? placeAfter(sheet, card) : { kind: "free", at: null };
}

/** After a card: at its first free output, or inside its first line where it has none. */
export function placeAfter(sheet: Sheet, card: Card): Place {
  const [output] = freeOutputs(sheet, card);
  const line = linesOf(sheet, card.id).find(({ source, fixed }) => source === card.id && !fixed);
  return output === undefined && line
    ? { kind: "line", link: line.id }
    : { kind: "after", card: card.id, output: output ?? "" };
}

/** Opens the search of types for a place, near it on the screen. */
export function searchTypes(session: Session, place: Place, near?: Point): void {
  const at = near ?? onScreen(session, place);
  session.store.set({ searching: { at, place } });
}

/** Types that can be at a place. */
export function typesFor(sheet: Sheet, place: Place): readonly PaletteEntry[] {
  const { palette } = sheet.head;
  return place.kind === "line" ? palette.filter(({ ends }) => !ends) : palette;
}

/** Adds a node where it belongs, connected in the same step; the caret is in its label then. */
export async function addTo(session: Session, place: Place, type: string): Promise<void> {
  const sheet = session.sheet();
  session.store.set({ placing: "" });
  if (!sheet) {
    return;
  }
  if (place.kind === "type") {
    await retype(session, place.card, type);
    return;
  }
  const args = argsFor(session, sheet, endsAt(sheet, place, type));
  const { x, y } = args;
  await showAdded(
    session,
    session.gesture("add", { ...args, type, x: Math.round(x), y: Math.round(y) }),
  );
}

/** Whether a flow ends at nodes of a type. */
export function endsFlow(sheet: Sheet, type: string): boolean {
  return sheet.head.palette.find((entry) => entry.type === type)?.ends ?? true;
}

/** What ends the flow goes beside the line that it cannot be in. */
function endsAt<Here extends Place>(sheet: Sheet, place: Here, type: string) {
  const source = place.kind === "line" ? sheet.links.get(place.link)?.source : undefined;
  return source !== undefined && endsFlow(sheet, type)
    ? ({ kind: "after", card: source, output: "" } as const)
    : place;
}

async function retype(session: Session, id: string, type: string): Promise<void> {
  const result = await session.gesture("retype", { id, type });
  if (result?.dropped.length) {
    session.note({ tone: "info", text: `It no longer has ${result.dropped.join(", ")}.` });
  } else if (result) {
    session.announce("Type changed.");
  }
}

type AddArgs = Omit<Args<"add">, "type">;

function argsFor(session: Session, sheet: Sheet, place: Exclude<Place, { kind: "type" }>): AddArgs {
  if (place.kind === "line") {
    const link = sheet.links.get(place.link);
    const home = link ? homeOf(sheet, link.source) : "";
    const into = link && homeOf(sheet, link.target) === home ? home : "";
    const middle = place.at ?? middleOf(link?.points ?? []);
    return { ...cornerOf(middle), link: place.link, ...(into && { into }) };
  }
  if (place.kind === "free") {
    const at = place.at ?? session.camera.center();
    const into = containerAt(sheet, at);
    const container = sheet.cards.get(into);
    const isOnCard = container && within(at, container);
    // What a hand puts somewhere stays there.
    const spot = place.at ? cornerOf(at) : freeSpot(sheet, cornerOf(at), NEW_CARD);
    return { ...(isOnCard ? beside(sheet, container, NEW_CARD) : spot), ...(into && { into }) };
  }
  const card = sheet.cards.get(place.card);
  const into = homeOf(sheet, place.card);
  return {
    ...(place.at ? enteredAt(sheet, place.at) : spotAfter(sheet, card, place.output)),
    ...(place.output && { connect_from: place.card, output: place.output }),
    ...(into && { into }),
  };
}

function cornerOf({ x, y }: Point): Point {
  return { x: x - NEW_CARD.width / 2, y: y - NEW_CARD.height / 2 };
}

/** Where a new card is whose line comes in at a point. */
function enteredAt(sheet: Sheet, { x, y }: Point): Point {
  return sheet.head.direction === "down"
    ? { x: x - NEW_CARD.width / 2, y }
    : { x, y: y - NEW_CARD.height / 2 };
}

/** A free place after a card, level with one of its outputs. */
function spotAfter(sheet: Sheet, card: Card | undefined, output: string): Point {
  if (!card) {
    return { x: 0, y: 0 };
  }
  const port = card.outputs.find(({ name }) => name === output);
  const down = sheet.head.direction === "down";
  const middle = (down ? card.width : card.height) / 2;
  const across = port?.offset ?? middle;
  const at = down
    ? { x: card.x + across, y: card.y + card.height + GAP }
    : { x: card.x + card.width + GAP, y: card.y + across };
  return freeSpot(sheet, enteredAt(sheet, at), NEW_CARD);
}

/** The middle of the longest straight part of a line. */
export function middleOf(points: readonly (readonly [number, number])[]): Point {
  let middle = { x: points[0]?.[0] ?? 0, y: points[0]?.[1] ?? 0 };
  let longest = 0;
  for (let i = 1; i < points.length; i++) {
    const [[ax, ay], [bx, by]] = [points[i - 1], points[i]] as [[number, number], [number, number]];
    const length = Math.hypot(bx - ax, by - ay);
    if (length > longest) {
      longest = length;
      middle = { x: (ax + bx) / 2, y: (ay + by) / 2 };
    }
  }
  return middle;
}

/** How far from its middle a card still is on a line, in pixels. */
const ON_LINE = 30;

/** The line that would take a card whose middle is at a point; empty where none is there. */
export function lineAt(sheet: Sheet, at: Point, except = ""): string {
  let nearest = "";
  let distance = ON_LINE;
  for (const { id, points, fixed, source, target } of takesCards(sheet)
    ? sheet.links.values()
    : []) {
    for (
      let i = fixed || source === except || target === except ? points.length : 1;
      i < points.length;
      i++
    ) {
      const far = away(at, points[i - 1] as [number, number], points[i] as [number, number]);
      if (far < distance) {
        [nearest, distance] = [id, far];
      }
    }
  }
  return nearest;
}

/** How far a point is from a straight line between two others. */
function away({ x, y }: Point, [ax, ay]: [number, number], [bx, by]: [number, number]): number {
  const length = (bx - ax) ** 2 + (by - ay) ** 2 || 1;
  const part = Math.min(1, Math.max(0, ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length));
  return Math.hypot(x - ax - part * (bx - ax), y - ay - part * (by - ay));
}

/** Pixels from the widget's corner to where a place is shown. */
function onScreen(session: Session, place: Place): Point {
  const { sheet } = session.store.get();
  const root = session.root?.getBoundingClientRect();
  const drawing = session.root?.querySelector(".ddd-drawing")?.getBoundingClientRect();
  const { x, y, zoom } = session.camera.view();
  const card = "card" in place ? sheet?.cards.get(place.card) : undefined;
  const link = place.kind === "line" ? sheet?.links.get(place.link) : undefined;
  const board = card
    ? { x: card.x + 24, y: card.y + card.height + 8 }
    : link
      ? middleOf(link.points)
      : session.camera.center();
  return {
    x: (board.x - x) * zoom + (drawing?.left ?? 0) - (root?.left ?? 0),
    y: (board.y - y) * zoom + (drawing?.top ?? 0) - (root?.top ?? 0),
  };
}

/** Adding cards, and what makes one of another kind: the context menu has these. */
export function addingActions(
  session: Session,
  { sheet, cards, links, frame, at }: Target,
): readonly Action[] {
  if (!takesCards(sheet) || cards.length + links.length > 1) {
    return [];
  }
  const [card] = cards;
  const [link] = links;
  const search = (place: Place) => () => searchTypes(session, place);
  if (link) {
    const edit = () => {
      session.selection.set([], [link.id]);
      session.focusPanel();
    };
    return link.fixed
      ? []
      : [
          action("add", "insert", "Insert…", search({ kind: "line", link: link.id }), "A"),
          action("edit", "label", "Change label…", () => writeAtLine(session, link.id), "F2"),
          action("edit", "edit-line", "Edit…", edit),
        ];
  }
  if (!card) {
    return frame ? [] : [action("add", "add", "Add a card…", search({ kind: "free", at }), "A")];
  }
  const rename = action(
    "edit",
    "write",
    card.kind === "note" ? "Write" : "Rename",
    () => write(session, card.id),
    "F2",
  );
  if (card.kind !== "node") {
    return card.kind === "note" ? [rename] : [];
  }
  const own = linesOf(sheet, card.id)
    .filter(({ fixed }) => !fixed)
    .map(({ id }) => id);
  const cut = () => void session.gesture("disconnect", { links: own });
  const others = new Set(freeOutputs(sheet, card).slice(1));
  return [
    rename,
    ...(card.outputs.length > 0
      ? [action("add", "add-after", "Add after…", search(placeAfter(sheet, card)), "A")]
      : []),
    // The key has the first; the others have buttons, which keys do not reach.
    ...card.outputs
      .filter(({ name }) => others.has(name))
      .map(({ name, label }) =>
        action(
          "add",
          `add-after-${name}`,
          `Add after “${label || name}”…`,
          search({ kind: "after", card: card.id, output: name }),
        ),
      ),
    ...(card.fixed
      ? []
      : [action("edit", "type", "Change type…", search({ kind: "type", card: card.id }))]),
    ...(own.length > 0 ? [action("edit", "disconnect", "Disconnect", cut)] : []),
  ];
}
