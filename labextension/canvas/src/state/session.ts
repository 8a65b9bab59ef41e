import { createContext, useContext } from "react";
import type { Size } from "../canvas/geometry";
import {
  type Args,
  type AssistantNews,
  Connection,
  type Given,
  messageOf,
  type Operation,
  type Result,
  type WidgetModel,
} from "../connection";
import { focusField, reveal } from "../form/reveal";
import { type Board, type Notice, type Patch, VERSION } from "../protocol";
import { giveBack, takeNumber } from "./numbers";
import { OpenSheets } from "./openBoards";
import { Selection } from "./selection";
import { patched, type Sheet, sheetOf } from "./sheet";
import {
  type Dialog,
  initialState,
  type Memory,
  memoryOf,
  NOTICE_SECONDS,
  NOWHERE,
  NOWHERE_YET,
  type Panels,
  SPEC_SHOWN,
  STILL,
  type State,
  UNSELECTED,
} from "./state";
import { counted, Store, useStored } from "./store";
import type { Awaited, CardField, Point } from "./types";

/** One view of a canvas: the store, the connection, and what both can do. */
export class Session {
  readonly store: Store<State>;
  readonly memory: Memory;
  readonly selection: Selection;
  /** Begins the ids of this view's elements: labels find their fields in the whole page. */
  readonly prefix = Math.random().toString(36).slice(2);
  /** Tells its landmarks from those of other canvases on the page. */
  readonly number = takeNumber();
  readonly #connection: Connection;
  readonly #sheets: OpenSheets;
  #notes = 0;
  /** The widget's outermost element, once it is there. */
  root: HTMLElement | null = null;
  /** How the view can be moved; set by the canvas while it is mounted. */
  camera = STILL;
  /** How large the canvas of a board is or would be; null while the widget is not in the page. */
  room: (at: string) => Size | null = () => null;
  /** Where on the page the pointer is, if it is over the canvas. */
  pointer: Point | null = null;
  /** Stops drawing a line, while one is drawn. */
  stopDrawing: (() => void) | null = null;
  /** Who hears of the assistant; null while it is not loaded. */
  news: AssistantNews | null = null;
  /** What the assistant is to show and focus once it is there. */
  awaits: "" | Awaited = "";
  /** Whether dragged cards snap to others. */
  snapping = true;
  /** What to show as soon as its board is there. */
  #awaited: CardField = NOWHERE_YET;

  constructor(host: WidgetModel) {
    this.memory = memoryOf(host);
    this.store = new Store(initialState(this.memory));
    this.selection = new Selection(this.store, {
      announce: (text) => this.announce(text),
      leave: (cards) => this.#leave(cards),
    });
    this.#sheets = new OpenSheets(this.store, this.memory, async (at) => {
      return (await this.call("sheets", { at })).titles;
    });
    this.#connection = new Connection(host, {
      board: (board) => this.#board(board),
      patch: (patch) => this.#patch(patch),
      notice: (notice) => this.note(notice),
      news: () => this.news,
      silence: (silent) => {
        if (silent !== this.store.get().silent) {
          this.store.set({ silent });
        }
      },
    });
  }

  close(): void {
    this.#sheets.stop();
    this.#connection.close();
    giveBack(this.number);
  }

  sheet(): Sheet | null {
    return this.store.get().sheet;
  }

  // --- commands ------------------------------------------------------------------------------

  /** Sends a command; the caller shows what went wrong.
   *
   * @throws CommandError Python refused.
   */
  async call<Op extends Operation>(op: Op, ...[args = {}]: Given<Op>): Promise<Result<Op>> {
    this.#count(op, 1);
    try {
      return await this.#connection.send(op, args as Args<Op>, this.sheet()?.head.at ?? null);
    } finally {
      this.#count(op, -1);
    }
  }

  /** Sends a command of a button; a refusal is shown beside the toolbar. */
  async press<Op extends Operation>(op: Op, ...given: Given<Op>): Promise<boolean> {
    this.forgive(op);
    try {
      await this.call(op, ...given);
      return true;
    } catch (error) {
      const refused = new Map(this.store.get().refused);
      refused.set(op, messageOf(error));
      this.store.set({ refused });
      return false;
    }
  }

  /** Sends a command of a gesture on the canvas; a refusal is shown there. */
  async gesture<Op extends Operation>(op: Op, ...given: Given<Op>): Promise<Result<Op> | null> {
    try {
      return await this.call(op, ...given);
    } catch (error) {
      this.note({ tone: "bad", text: messageOf(error) });
      return null;
    }
  }

  /** Takes back what a refused operation left on the screen. */
  forgive(op: Operation): void {
    if (this.store.get().refused.has(op)) {
      const refused = new Map(this.store.get().refused);
      refused.delete(op);
      this.store.set({ refused });
    }
  }

  async hello(): Promise<void> {
    this.store.set({ failure: "" });
    try {
      const size = this.room(this.store.get().sheet?.head.at ?? "");
      // A kernel of another version may not say them.
      const { version, actions = [] } = await this.call("hello", { version: VERSION, size });
      this.store.set({ kernelVersion: version, assists: actions });
    } catch (error) {
      this.store.set({ failure: messageOf(error) });
    }
  }

  #count(op: Operation, by: number): void {
    this.store.set(({ running }) => ({ running: counted(running, op, by) }));
  }

  // --- what Python sends ---------------------------------------------------------------------

  #board(board: Board): void {
    const before = this.store.get();
    const elsewhere = before.sheet?.head.at !== board.at;
    const sheet = sheetOf(board, before.sheet);
    this.store.set({
      sheet,
      failure: "",
      ...(elsewhere
        ? { ...UNSELECTED, moved: NOWHERE, placing: "", hovered: "", searching: null, filter: null }
        : this.selection.left(before, sheet)),
    });
    if (elsewhere && before.sheet) {
      this.announce(`${board.title}. ${board.cards.length} cards.`);
    }
    this.#afterRender(() => {
      const { card, field } = this.#awaited;
      if (!card || sheet.cards.has(card)) {
        this.#arrive(card, field);
      } else {
        void this.#unfold(card).then((found) => found && this.#arrive(card, field));
      }
    });
    this.#refreshProblems();
    this.#sheets.show(sheet, before.sheet?.head.at ?? "");
  }

  #patch(patch: Patch): void {
    const before = this.store.get();
    if (!before.sheet) {
      return;
    }
    const sheet = patched(before.sheet, patch);
    if (!sheet) {
      void this.hello();
      return;
    }
    this.store.set({
      sheet,
      ...this.selection.left(before, sheet),
      ...(patch.problem_list && { problems: patch.problem_list }),
    });
    this.#sheets.check();
  }

  /** Says that cards are not selected any more: those that are new and filled in are no more to do. */
  #leave(cards: readonly string[]): void {
    const todo = cards.filter((id) => this.sheet()?.cards.get(id)?.problems.todo);
    if (todo.length > 0) {
      this.call("leave", { cards: todo }).catch(() => {});
    }
  }

  #refreshProblems(): void {
    if (this.store.get().panels.problems) {
      this.loadProblems().catch(() => {});
    }
  }

  /** Asks Python what is wrong.
   *
   * @throws CommandError Python refused.
   */
  async loadProblems(): Promise<void> {
    const { problems } = await this.call("problems");
    this.store.set({ problems });
  }

  #afterRender(then: () => void): void {
    // Two frames: React commits in the first, React Flow measures in the second.
    requestAnimationFrame(() => requestAnimationFrame(then));
  }

  /** Shows what is folded around a card; says whether that was in the way. */
  async #unfold(card: string): Promise<boolean> {
    const { sheet } = this.store.get();
    const inside = sheet?.head.frames.some((frame) => frame.folded && frame.card !== card);
    if (!card || !inside || sheet?.cards.has(card)) {
      return false;
    }
    await this.gesture("unfold_around", { id: card });
    return this.store.get().sheet?.cards.has(card) ?? false;
  }

  // --- telling people ------------------------------------------------------------------------

  announce(text: string): void {
    // The same words twice would not be read out twice.
    const again = this.store.get().announcement === text;
    this.store.set({ announcement: again ? `${text}\u00a0` : text });
  }

  note(notice: Notice): void {
    this.#notes += 1;
    const note = { ...notice, key: this.#notes };
    this.store.set(({ notes }) => ({
      notes: [...notes.filter(({ text }) => text !== note.text).slice(-2), note],
    }));
    if (notice.tone !== "bad") {
      setTimeout(() => this.dismiss(note.key), NOTICE_SECONDS * 1000);
    }
  }

  dismiss(key: number): void {
    this.store.set(({ notes }) => ({ notes: notes.filter((note) => note.key !== key) }));
  }

  // --- showing -------------------------------------------------------------------------------

  /** Selects a card, brings it into view and gives it the focus; several selected cards stay so. */
  show(card: string): void {
    this.#reveal(card);
    this.#afterRender(() => this.focusCard(card));
  }

  #reveal(card: string): void {
    this.#awaited = NOWHERE_YET;
    if (this.selection.follows()) {
      this.selection.set([card]);
    }
    this.camera.reveal(card);
  }

  /** Shows a card, or the field of it (of the flow where there is no card) that was asked for. */
  #arrive(card: string, field: readonly string[]): void {
    this.#awaited = NOWHERE_YET;
    if (field.length === 0) {
      card && this.show(card);
      return;
    }
    if (card) {
      this.#reveal(card);
    }
    this.panel(SPEC_SHOWN);
    this.#afterRender(() => {
      const panel = this.root?.querySelector<HTMLElement>(".ddd-spec");
      if (panel) {
        reveal(panel, field.join("."), () => card && this.focusCard(card));
      }
    });
  }

  /** Opens the spec panel and puts the focus into it. */
  focusPanel(): void {
    this.panel(SPEC_SHOWN);
    this.#afterRender(() => {
      const panel = this.root?.querySelector<HTMLElement>(".ddd-spec");
      if (panel) {
        focusField(panel);
      }
      // The dock may have taken the place that the card was in.
      const [card] = this.store.get().selected;
      if (card !== undefined) {
        this.camera.reveal(card);
      }
    });
  }

  focusCard(card: string): void {
    this.root
      ?.querySelector<HTMLElement>(`.react-flow__node[data-card-id="${CSS.escape(card)}"]`)
      ?.focus({ preventScroll: true });
  }

  panel(change: Partial<Panels>): void {
    const panels = { ...this.store.get().panels, ...change };
    this.memory.panels = panels;
    this.store.set({ panels });
    if (change.problems) {
      this.#refreshProblems();
    }
  }

  dialog(dialog: Dialog | null): void {
    this.store.set({ dialog });
  }

  // --- going about ---------------------------------------------------------------------------

  /** Goes to a board, to a card on it, and to a field of that card or else of the flow. */
  go(at: string, card = "", field: readonly string[] = []): void {
    if ((card || field.length > 0) && at === this.store.get().sheet?.head.at) {
      void this.#unfold(card).then(() => {
        this.selection.set(card ? [card] : []);
        this.#arrive(card, field);
      });
      return;
    }
    this.#awaited = { card, field };
    const size = this.room(at);
    if (size) {
      // The first layout of a board is made for the room that it has.
      void this.gesture("resized", size);
    }
    void this.gesture("go", { at });
  }

  closeTab(at: string): void {
    const next = this.#sheets.close(at);
    this.announce("Sheet closed.");
    if (next) {
      this.go(next);
    }
  }

  open(card: string): boolean {
    const target = this.store.get().sheet?.cards.get(card)?.opens;
    if (target) {
      this.go(target);
    }
    return Boolean(target);
  }

  up(): void {
    if (this.store.get().sheet?.head.at) {
      void this.gesture("up", {});
    }
  }
}

const SessionContext = createContext<Session | null>(null);

export const SessionProvider = SessionContext.Provider;

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) {
    throw new Error("This component belongs inside a SessionProvider.");
  }
  return session;
}

/** A part of the view's state. */
export function useView<Part>(select: (state: State) => Part): Part {
  return useStored(useSession().store, select);
}
