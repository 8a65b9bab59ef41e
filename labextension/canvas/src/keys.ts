import { openMenu } from "./panels/ContextMenu";
import { closeDrawer, toggleAssistant, toggleMemory } from "./panels/layout";
import { assistSelected } from "./state/actions";
import { placeHere, searchTypes } from "./state/adding";
import { copyable, duplicate } from "./state/clipboard";
import { addNoteInView } from "./state/containment";
import { deleteOnMap, renameSelected, wirable } from "./state/design";
import { save } from "./state/drafts";
import { nudge, removeSelected, takesCards, write, writeAtLine } from "./state/editing";
import { toggleFullScreen } from "./state/fullScreen";
import { togglePanel } from "./state/implementing";
import { applyProposal, discardProposal } from "./state/proposing";
import type { Session } from "./state/session";
import { readingOrder } from "./state/sheet";

/** What of a keyboard event decides what it does. */
export interface Press {
  readonly key: string;
  readonly mod: boolean;
  readonly shift: boolean;
  /** The focus is in a field that takes text. */
  readonly typing: boolean;
  /** The focus is on the canvas or one of its cards, not on a button or in a panel. */
  readonly onCanvas: boolean;
  /** The focus is in the spec panel or the drawer, where keys for cards would surprise. */
  readonly inPanel: boolean;
  /** The card that has the focus, if one has. */
  readonly card: string;
}

const ARROWS: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** Keys without Ctrl or ⌘ that change the sheet or the view, whatever has the focus on the canvas. */
const OF_THE_SHEET = new Set(["Backspace", "Delete", "f", "F", "n", "N", "c", "C", "a", "A"]);

const STEP = 10;
const LEAP = 50;

/** Does what a key stands for; false when the key is not ours and keeps its usual meaning. */
export function press(session: Session, press: Press): boolean {
  const { key, mod, shift } = press;
  if (mod && key.toLowerCase() === "s") {
    takeOver();
    void save(session);
    return true;
  }
  if (mod && key.toLowerCase() === "i") {
    void togglePanel(session);
    return true;
  }
  if (key === "Escape") {
    return leave(session, press);
  }
  if (mod && key.toLowerCase() === "d") {
    // Also where there is nothing to duplicate: a bookmark is never meant here.
    duplicateSelected(session, press);
    return true;
  }
  if (press.typing || session.store.get().dialog) {
    return false;
  }
  return mod ? withMod(session, key.toLowerCase(), shift) : plain(session, press);
}

/** What is being typed counts as said: saving must not leave it out. */
function takeOver(): void {
  const field = document.activeElement as HTMLElement | null;
  field?.blur();
  field?.focus({ preventScroll: true });
}

/** Takes the focus out of a long text of a dialog, which must not go with the dialog at once. */
function leaveText(): boolean {
  const field = document.activeElement;
  const dialog = field?.closest<HTMLElement>("[role=dialog]");
  const left = field instanceof HTMLTextAreaElement && dialog !== null && dialog !== undefined;
  if (left) {
    dialog.focus({ preventScroll: true });
  }
  return left;
}

function duplicateSelected(session: Session, { typing }: Press): void {
  const cards = copyable(session);
  if (cards.length > 0 && !typing && !session.store.get().dialog) {
    void duplicate(session, cards);
  }
}

function withMod(session: Session, key: string, shift: boolean): boolean {
  switch (key) {
    case "z":
      void session.press(shift ? "redo" : "undo");
      return true;
    case "y":
      void session.press("redo");
      return true;
    case "a":
      session.selection.all();
      return true;
    case "k":
      session.dialog({ kind: "jump" });
      return true;
    case "h":
      session.dialog({ kind: "replace" });
      return true;
    case ".":
      assistSelected(session);
      return true;
    default:
      return false;
  }
}

function plain(session: Session, press: Press): boolean {
  const { key, shift, onCanvas, card: focused } = press;
  if (press.inPanel && OF_THE_SHEET.has(key)) {
    return false;
  }
  const { selectedLinks } = session.store.get();
  const [selected] = session.store.get().selected;
  const card = focused || selected;
  switch (key) {
    case "Tab":
      return focused !== "" && showNext(session, focused, shift ? -1 : 1);
    case " ":
      if (focused) {
        session.selection.toggle(focused);
      }
      return focused !== "";
    case "?":
      session.dialog({ kind: "keys" });
      return true;
    case "Backspace":
    case "Delete":
      return remove(session, key === "Backspace");
    case "F2":
      return (
        writeIn(session, selected) ||
        writeAtLine(session, selected ? undefined : [...selectedLinks][0]) ||
        renameSelected(session)
      );
    case "a":
    case "A":
      return addHere(session);
    case "F10":
    case "ContextMenu":
      if (onCanvas && (shift || key === "ContextMenu")) {
        openMenu(session, focused);
        return true;
      }
      return false;
    case "f":
    case "F":
      if (shift) {
        toggleFullScreen(session);
      } else {
        session.camera.fit();
      }
      return true;
    case "n":
    case "N":
      return writeNote(session);
    case "l":
    case "L":
      toggleAssistant(session);
      return true;
    case "m":
    case "M":
      toggleMemory(session);
      return true;
    case "c":
    case "C":
      return card !== undefined && connectFrom(session, card);
    case "Enter":
      if (onCanvas && applyProposal(session)) {
        return true;
      }
      if (onCanvas && card !== undefined) {
        const isNote = session.sheet()?.cards.get(card)?.kind === "note";
        if (!(isNote && writeIn(session, card)) && !session.open(card)) {
          session.focusPanel();
        }
        return true;
      }
      return false;
    default: {
      const way = ARROWS[key];
      const far = shift ? LEAP : STEP;
      return way !== undefined && onCanvas && nudge(session, way[0] * far, way[1] * far);
    }
  }
}

/** Deletes what is selected; where nothing is, Backspace goes up. */
function remove(session: Session, isBack: boolean): boolean {
  const { selected, selectedLinks } = session.store.get();
  if (isBack && selected.size + selectedLinks.size === 0) {
    session.up();
  } else if (!deleteOnMap(session)) {
    void removeSelected(session);
  }
  return true;
}

/** Puts the caret into a node's label or a note's text, where that can be edited. */
function writeIn(session: Session, id: string | undefined): boolean {
  const { sheet, selected } = session.store.get();
  const kind = id === undefined ? undefined : sheet?.cards.get(id)?.kind;
  const writable = takesCards(sheet) && selected.size < 2 && (kind === "node" || kind === "note");
  if (id !== undefined && writable) {
    write(session, id);
  }
  return writable;
}

/** Asks for the type of a card to add after what is selected, or in view. */
function addHere(session: Session): boolean {
  const place = placeHere(session);
  if (place) {
    searchTypes(session, place);
  }
  return place !== null;
}

/** Puts a note in the middle of the view of a flow sheet. */
function writeNote(session: Session): boolean {
  const { head } = session.sheet() ?? {};
  const writable = head?.level === "flow" && head.status.state !== "readonly";
  if (writable) {
    addNoteInView(session);
  }
  return writable;
}

/** Opens the dialog that draws a line from a card; on maps it wires an event. */
function connectFrom(session: Session, id: string): boolean {
  const card = session.sheet()?.cards.get(id);
  if (card && wirable(card)) {
    session.dialog({ kind: "wire", source: id, target: "" });
  } else {
    session.dialog({ kind: "connect", card: id, output: "" });
  }
  return true;
}

/** Goes to the next card in reading order, also to one that is out of view. */
function showNext(session: Session, card: string, by: number): boolean {
  const sheet = session.sheet();
  const order = sheet ? readingOrder(sheet) : [];
  const next = order[order.findIndex(({ id }) => id === card) + by];
  if (next) {
    session.show(next.id);
  }
  return next !== undefined;
}

/** Stops what is going on, closes what is open, deselects; where nothing of it is, goes up. */
function leave(session: Session, { typing, onCanvas, inPanel }: Press): boolean {
  const { dialog, placing, selected, selectedLinks } = session.store.get();
  if (dialog) {
    if (!leaveText()) {
      session.dialog(null);
    }
    return true;
  }
  if (session.stopDrawing) {
    session.stopDrawing();
    return true;
  }
  if (placing) {
    session.store.set({ placing: "" });
    return true;
  }
  if (inPanel && closeDrawer(session)) {
    return true;
  }
  if (!typing && session.store.get().inline) {
    session.store.set({ inline: null });
    return true;
  }
  if (!typing && discardProposal(session)) {
    return true;
  }
  if (typing || !onCanvas) {
    const [card] = selected;
    session.root?.focus({ preventScroll: true });
    if (card !== undefined) {
      session.focusCard(card);
    }
    return true;
  }
  if (selected.size + selectedLinks.size > 0) {
    session.selection.set([]);
    session.announce("Nothing is selected.");
    session.root?.focus({ preventScroll: true });
    return true;
  }
  session.up();
  return true;
}
