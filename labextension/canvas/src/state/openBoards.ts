import type { Sheet } from "./sheet";
import type { Memory, State } from "./state";
import type { Store } from "./store";
import { afterClosing, type OpenSheet, opened, renewed } from "./tabs";

/** Milliseconds without a change after which the open sheets are looked after. */
const PAUSE = 300;

/** Asks Python which of some sheets there still are; resolves to their titles. */
type Ask = (at: readonly string[]) => Promise<Readonly<Record<string, string>>>;

/** The sheets that are open as tabs in a view. */
export class OpenSheets {
  readonly #store: Store<State>;
  readonly #memory: Memory;
  readonly #ask: Ask;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(store: Store<State>, memory: Memory, ask: Ask) {
    this.#store = store;
    this.#memory = memory;
    this.#ask = ask;
  }

  /** Takes in the sheet that is shown now.
   *
   * @param left The place that was shown before.
   */
  show(sheet: Sheet, left: string): void {
    const { at, level, breadcrumb } = sheet.head;
    // One that is only shown anew may have been closed a moment ago.
    if (level === "flow" && at !== left) {
      const title = breadcrumb.at(-1)?.title ?? sheet.head.title;
      this.#set(opened(this.#store.get().tabs, { at, title }));
    }
    this.check(left, at);
  }

  /** Closes one; returns where to go then, if it was the one shown. */
  close(at: string): string {
    const { tabs, sheet } = this.#store.get();
    this.#set(tabs.filter((tab) => tab.at !== at));
    return afterClosing(tabs, at, sheet?.head.at ?? "");
  }

  /** Asks, when changes pause, which of the open sheets there still are. */
  check(left = "", shown = ""): void {
    if (this.#store.get().tabs.length < 2) {
      return;
    }
    this.stop();
    this.#timer = setTimeout(async () => {
      const at = this.#store.get().tabs.map((tab) => tab.at);
      try {
        const titles = await this.#ask(at);
        const { tabs } = this.#store.get();
        if (tabs.every((tab) => at.includes(tab.at))) {
          this.#set(renewed(tabs, titles, left, shown));
        }
      } catch {
        // The next change asks again; a sheet that is gone says so when it is opened.
      }
    }, PAUSE);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #set(tabs: readonly OpenSheet[]): void {
    if (tabs !== this.#store.get().tabs) {
      this.#memory.tabs = tabs;
      this.#store.set({ tabs });
    }
  }
}
