import { createContext, useContext } from "react";
import { CommandError, Connection, type Host } from "../connection";
import type { Board, Notice, Patch } from "../protocol";
import { patched, type Sheet, sheetOf } from "./sheet";
import {
  type Camera,
  type Dialog,
  type Memory,
  memoryOf,
  NOTHING,
  NOWHERE,
  type Panels,
  type Point,
  type State,
  WIDE,
} from "./state";
import { Store, useStored } from "./store";
import { afterClosing, type OpenSheet, opened, renewed } from "./tabs";

/** Seconds that a harmless notice stays. */
const NOTICE_SECONDS = 8;

/** Milliseconds without a change after which the open sheets are looked after. */
const TABS_PAUSE = 300;

/** One view of a canvas: the store, the connection, and what both can do. */
export class Session {
  readonly store: Store<State>;
  readonly memory: Memory;
  /** Begins the ids of this view's elements: labels find their fields in the whole page. */
  readonly prefix = Math.random().toString(36).slice(2);
  readonly #connection: Connection;
  #notes = 0;
  /** The widget's outermost element, once it is there. */
  root: HTMLElement | null = null;
  /** How the view can be moved; set by the canvas while it is mounted. */
  camera: Camera = {
    reveal: () => {},
    fit: () => {},
    zoom: () => {},
    center: () => ({ x: 0, y: 0 }),
    view: () => ({ x: 0, y: 0, width: 0, height: 0, zoom: 1 }),
    locate: (page) => page,
  };
  /** Where on the page the pointer is, if it is over the canvas. */
  pointer: Point | null = null;
  /** Whether dragged cards snap to others. */
  snapping = true;
  /** Cards are being added to the selection one by one, by the keyboard. */
  #gathering = false;
  /** What is being given another id: it stays selected while its old one is gone. */
  readonly #changing = new Set<string>();
  /** Keys of panels whose cards or lines were given other ids. */
  readonly #panelKeys = new Map<string, string>();
  #rekeyed = 0;
  /** A card to reveal as soon as its board is there. */
  #awaited = "";
  #tabsTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: Host) {
    this.memory = memoryOf(host);
    this.store = new Store<State>({
      sheet: null,
      silent: false,
      failure: "",
      selected: NOTHING,
      selectedLinks: NOTHING,
      moved: NOWHERE,
      guides: [],
      tabs: this.memory.tabs,
      over: "",
      problems: null,
      notes: [],
      announcement: "",
      running: new Map(),
      refused: new Map(),
      placing: "",
      dialog: null,
      drafts: this.memory.drafts,
      menu: null,
      panels: this.memory.panels,
      width: 0,
    });
    this.#connection = new Connection(host, {
      board: (board) => this.#board(board),
      patch: (patch) => this.#patch(patch),
      problems: (list) => this.store.set({ problems: list.problems }),
      notice: (notice) => this.note(notice),
      silence: (silent) => {
        if (silent !== this.store.get().silent) {
          this.store.set({ silent });
        }
      },
    });
  }

  close(): void {
    clearTimeout(this.#tabsTimer);
    this.#connection.close();
  }

  sheet(): Sheet | null {
    return this.store.get().sheet;
  }

  // --- commands ------------------------------------------------------------------------------

  /** Sends a command; the caller shows what went wrong.
   *
   * @throws CommandError Python refused.
   */
  async call(op: string, args: Record<string, unknown> = {}): Promise<Record<string, unknown>> {
    this.#count(op, 1);
    try {
      return await this.#connection.send(op, args);
    } finally {
      this.#count(op, -1);
    }
  }

  /** Sends a command of a button; a refusal is shown beside the toolbar. */
  async press(op: string, args: Record<string, unknown> = {}): Promise<boolean> {
    this.forgive(op);
    try {
      await this.call(op, args);
      return true;
    } catch (error) {
      const refused = new Map(this.store.get().refused);
      refused.set(op, messageOf(error));
      this.store.set({ refused });
      return false;
    }
  }

  /** Sends a command of a gesture on the canvas; a refusal is shown there. */
  async gesture(
    op: string,
    args: Record<string, unknown>,
  ): Promise<Record<string, unknown> | null> {
    try {
      return await this.call(op, args);
    } catch (error) {
      this.note({ tone: "bad", text: messageOf(error) });
      return null;
    }
  }

  /** Takes back what a refused operation left on the screen. */
  forgive(op: string): void {
    if (this.store.get().refused.has(op)) {
      const refused = new Map(this.store.get().refused);
      refused.delete(op);
      this.store.set({ refused });
    }
  }

  async hello(): Promise<void> {
    this.store.set({ failure: "" });
    try {
      await this.call("hello");
    } catch (error) {
      this.store.set({ failure: messageOf(error) });
    }
  }

  #count(op: string, by: number): void {
    const running = new Map(this.store.get().running);
    const count = (running.get(op) ?? 0) + by;
    if (count > 0) {
      running.set(op, count);
    } else {
      running.delete(op);
    }
    this.store.set({ running });
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
        ? { selected: NOTHING, selectedLinks: NOTHING, moved: NOWHERE, placing: "" }
        : kept(before, sheet, this.#changing)),
    });
    if (elsewhere && before.sheet) {
      this.announce(`${board.title}. ${board.cards.length} cards.`);
    }
    this.#afterRender(() => {
      const awaited = this.#awaited;
      if (awaited && sheet.cards.has(awaited)) {
        this.show(awaited);
      } else {
        void this.#unfold(awaited).then((found) => found && this.show(awaited));
      }
    });
    this.#refreshProblems();
    this.#openTab(sheet, before.sheet?.head.at ?? "");
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
    this.store.set({ sheet, ...kept(before, sheet, this.#changing) });
    this.#refreshProblems();
    this.#checkTabs();
  }

  #refreshProblems(): void {
    if (this.store.get().panels.problems) {
      this.call("problems").catch(() => {});
    }
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

  // --- open sheets ---------------------------------------------------------------------------

  #openTab(sheet: Sheet, left: string): void {
    const { at, level, breadcrumb } = sheet.head;
    if (level === "flow") {
      const title = breadcrumb.at(-1)?.title ?? sheet.head.title;
      this.#setTabs(opened(this.store.get().tabs, { at, title }));
    }
    this.#checkTabs(left, at);
  }

  closeTab(at: string): void {
    const { tabs, sheet } = this.store.get();
    const next = afterClosing(tabs, at, sheet?.head.at ?? "");
    this.#setTabs(tabs.filter((tab) => tab.at !== at));
    this.announce("Sheet closed.");
    if (next) {
      this.go(next);
    }
  }

  /** Asks, when changes pause, which of the open sheets there still are. */
  #checkTabs(left = "", shown = ""): void {
    if (this.store.get().tabs.length < 2) {
      return;
    }
    clearTimeout(this.#tabsTimer);
    this.#tabsTimer = setTimeout(async () => {
      const at = this.store.get().tabs.map((tab) => tab.at);
      try {
        const { titles } = await this.call("sheets", { at });
        const { tabs } = this.store.get();
        const known = tabs.every((tab) => at.includes(tab.at));
        if (known) {
          this.#setTabs(renewed(tabs, titles as Record<string, string>, left, shown));
        }
      } catch {
        // The next change asks again; a sheet that is gone says so when it is opened.
      }
    }, TABS_PAUSE);
  }

  #setTabs(tabs: readonly OpenSheet[]): void {
    if (tabs !== this.store.get().tabs) {
      this.memory.tabs = tabs;
      this.store.set({ tabs });
    }
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
    this.store.set(({ notes }) => ({ notes: [...notes.slice(-2), note] }));
    if (notice.tone !== "bad") {
      setTimeout(() => this.dismiss(note.key), NOTICE_SECONDS * 1000);
    }
  }

  dismiss(key: number): void {
    this.store.set(({ notes }) => ({ notes: notes.filter((note) => note.key !== key) }));
  }

  // --- selecting and showing -----------------------------------------------------------------

  /** Whether the card that gets the focus becomes the selected one. */
  follows(): boolean {
    return !this.#gathering && this.store.get().selected.size < 2;
  }

  /** Adds a card to the selection, or takes it out.
   *
   * The first card is selected already because it has the focus: it stays, and from then on the
   * selection no longer follows the focus, so that others can be added.
   */
  toggle(card: string): void {
    const { selected } = this.store.get();
    const now = new Set(selected);
    if (this.follows() && selected.has(card)) {
      this.announce("1 selected. Press Space on other cards to select them, too.");
    } else {
      now.delete(card) || now.add(card);
      this.announce(`${now.size} selected.`);
    }
    this.select(now);
    this.#gathering = now.size > 0;
  }

  select(cards: Iterable<string>, links: Iterable<string> = []): void {
    const selected = new Set(cards);
    const selectedLinks = new Set(links);
    const now = this.store.get();
    if (!same(selected, now.selected) || !same(selectedLinks, now.selectedLinks)) {
      this.#gathering = false;
      this.store.set({ selected, selectedLinks });
    }
  }

  /** Runs what gives a card or line another id: it stays selected, and its panel stays with all
   * that is in it, the focus included.
   *
   * @param change Resolves to the id that it has then.
   */
  async rename(id: string, change: () => Promise<string>): Promise<void> {
    this.#changing.add(id);
    let now = id;
    try {
      now = await change();
    } finally {
      this.#changing.delete(id);
      if (now !== id) {
        this.#panelKeys.set(now, this.panelKey(id));
        this.#rekeyed += 1;
        this.#panelKeys.set(id, `${id} ${this.#rekeyed}`);
      }
      const before = this.store.get();
      const followed = {
        ...before,
        selected: replaced(before.selected, id, now),
        selectedLinks: replaced(before.selectedLinks, id, now),
      };
      const { selected, selectedLinks } = followed;
      this.store.set({
        selected,
        selectedLinks,
        ...(before.sheet ? kept(followed, before.sheet, this.#changing) : {}),
      });
    }
  }

  /** Tells the panel of a card or line from those of others, whatever its id is by now. */
  panelKey(id: string): string {
    return this.#panelKeys.get(id) ?? id;
  }

  selectAll(): void {
    const { sheet } = this.store.get();
    if (sheet) {
      this.select(sheet.cards.keys(), sheet.links.keys());
      this.announce(`${sheet.cards.size} cards selected.`);
    }
  }

  /** Selects a card, brings it into view and gives it the focus; several selected cards stay so. */
  show(card: string): void {
    this.#awaited = "";
    if (this.follows()) {
      this.select([card]);
    }
    this.camera.reveal(card);
    this.#afterRender(() => this.focusCard(card));
  }

  /** Opens the spec panel and puts the focus into it. */
  focusPanel(): void {
    this.panel({ spec: true, tab: "spec" });
    this.#afterRender(() => {
      const panel = this.root?.querySelector<HTMLElement>(".ddd-spec");
      if (panel) {
        focusField(panel);
      }
    });
  }

  focusCard(card: string): void {
    this.root
      ?.querySelector<HTMLElement>(`.react-flow__node[data-card-id="${CSS.escape(card)}"]`)
      ?.focus({ preventScroll: true });
  }

  /** Turns a shared dock from the palette to the spec of the card that was just chosen. */
  turnToSpec(): void {
    const { panels, width } = this.store.get();
    if (panels.tab === "palette" && width < WIDE) {
      this.panel({ tab: "spec" });
    }
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

  go(at: string, card = ""): void {
    if (card && at === this.store.get().sheet?.head.at) {
      void this.#unfold(card).then(() => {
        this.select([card]);
        this.show(card);
      });
      return;
    }
    this.#awaited = card;
    void this.gesture("go", { at });
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

/** Puts the focus into the first field of a panel, as soon as it has one. */
function focusField(panel: HTMLElement): void {
  const found = () => panel.querySelector<HTMLElement>("input, textarea, select");
  const field = found();
  (field ?? panel).focus({ preventScroll: true });
  if (field) {
    return;
  }
  const observer = new MutationObserver(() => {
    const late = found();
    if (late || document.activeElement !== panel) {
      observer.disconnect();
    }
    if (late && document.activeElement === panel) {
      late.focus({ preventScroll: true });
    }
  });
  observer.observe(panel, { childList: true, subtree: true });
}

function messageOf(error: unknown): string {
  if (error instanceof CommandError) {
    return error.detail ? `${error.message} ${error.detail}` : error.message;
  }
  return String(error);
}

/** What of a selection is still there, or about to be there under another id. */
function kept(before: State, sheet: Sheet, changing: ReadonlySet<string>): Partial<State> {
  const there = (known: ReadonlyMap<string, unknown>) => (id: string) =>
    known.has(id) || changing.has(id);
  const selected = new Set([...before.selected].filter(there(sheet.cards)));
  const selectedLinks = new Set([...before.selectedLinks].filter(there(sheet.links)));
  return {
    ...(same(selected, before.selected) ? {} : { selected }),
    ...(same(selectedLinks, before.selectedLinks) ? {} : { selectedLinks }),
  };
}

function replaced(ids: ReadonlySet<string>, id: string, now: string): ReadonlySet<string> {
  return ids.has(id) ? new Set([...ids].map((one) => (one === id ? now : one))) : ids;
}

function same(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((id) => b.has(id));
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

export type { Dialog, Note, Panels, Point, State } from "./state";
export { messageOf };
