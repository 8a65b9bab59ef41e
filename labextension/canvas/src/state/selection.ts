import type { Ghost } from "../protocol";
import type { Sheet } from "./sheet";
import type { State } from "./state";
import { counted, type Store } from "./store";

/** Whether a card or line is in the design: it is not only proposed, and did not go since the
 * version that the board is compared with. */
export function isThere(thing?: { ghost: Ghost | null }): boolean {
  const ghost = thing?.ghost;
  return ghost?.kind !== (ghost?.since ? "removed" : "added");
}

/** The selected cards and lines of a view: they stay selected whatever their ids become. */
export class Selection {
  readonly #store: Store<State>;
  readonly #announce: (text: string) => void;
  readonly #leave: (cards: readonly string[]) => void;
  /** Cards are being added one by one, by the keyboard. */
  #gathering = false;
  /** What is being given another id, and by how many changes at once: it stays selected while its
   * old one is gone. */
  #changing: ReadonlyMap<string, number> = new Map();
  /** Keys of panels whose cards or lines were given other ids. */
  readonly #panelKeys = new Map<string, string>();
  #rekeyed = 0;

  /**
   * @param tell.announce says something to those who cannot see it.
   * @param tell.leave is told which cards are not selected any more.
   */
  constructor(
    store: Store<State>,
    tell: { announce: (text: string) => void; leave: (cards: readonly string[]) => void },
  ) {
    this.#store = store;
    this.#announce = tell.announce;
    this.#leave = tell.leave;
  }

  /** Whether the card that gets the focus becomes the selected one. */
  follows(): boolean {
    return !this.#gathering && this.#store.get().selected.size < 2;
  }

  set(cards: Iterable<string>, links: Iterable<string> = []): void {
    const now = this.#store.get();
    const selected = new Set([...cards].filter((id) => isThere(now.sheet?.cards.get(id))));
    const selectedLinks = new Set([...links].filter((id) => isThere(now.sheet?.links.get(id))));
    if (!same(selected, now.selected) || !same(selectedLinks, now.selectedLinks)) {
      this.#gathering = false;
      this.#store.set({ selected, selectedLinks });
      this.#leave([...now.selected].filter((id) => !selected.has(id)));
    }
  }

  /** Adds a card, or takes it out.
   *
   * The first card is selected already because it has the focus: it stays, and from then on the
   * selection no longer follows the focus, so that others can be added.
   */
  toggle(card: string): void {
    const { selected } = this.#store.get();
    const now = new Set(selected);
    if (this.follows() && selected.has(card)) {
      this.#announce("1 selected. Press Space on other cards to select them, too.");
    } else {
      now.delete(card) || now.add(card);
      this.#announce(`${now.size} selected.`);
    }
    this.set(now);
    this.#gathering = now.size > 0;
  }

  /** Selects all that is on the sheet. */
  all(): void {
    const { sheet } = this.#store.get();
    if (sheet) {
      this.set(sheet.cards.keys(), sheet.links.keys());
      this.#announce(`${sheet.cards.size} cards selected.`);
    }
  }

  /** Runs what gives a card or line another id: it stays selected, and its panel stays with all
   * that is in it, the focus included.
   *
   * @param change Resolves to the id that it has then.
   */
  async rename(id: string, change: () => Promise<string>): Promise<void> {
    this.#changing = counted(this.#changing, id, 1);
    let now = id;
    try {
      now = await change();
    } finally {
      this.#changing = counted(this.#changing, id, -1);
      if (now !== id) {
        this.#panelKeys.set(now, this.panelKey(id));
        this.#rekeyed += 1;
        this.#panelKeys.set(id, `${id} ${this.#rekeyed}`);
      }
      const before = this.#store.get();
      const selected = replaced(before.selected, id, now);
      const selectedLinks = replaced(before.selectedLinks, id, now);
      const left = before.sheet
        ? this.left({ ...before, selected, selectedLinks }, before.sheet)
        : {};
      this.#store.set({ selected, selectedLinks, ...left });
    }
  }

  /** Tells the panel of a card or line from those of others, whatever its id is by now. */
  panelKey(id: string): string {
    return this.#panelKeys.get(id) ?? id;
  }

  /** What of a selection a sheet still has, or is about to have under another id. */
  left(before: State, sheet: Sheet): Partial<State> {
    const there = (known: ReadonlyMap<string, unknown>) => (id: string) =>
      known.has(id) || this.#changing.has(id);
    const selected = new Set([...before.selected].filter(there(sheet.cards)));
    const selectedLinks = new Set([...before.selectedLinks].filter(there(sheet.links)));
    return {
      ...(same(selected, before.selected) ? {} : { selected }),
      ...(same(selectedLinks, before.selectedLinks) ? {} : { selectedLinks }),
    };
  }
}

function replaced(ids: ReadonlySet<string>, id: string, now: string): ReadonlySet<string> {
  return ids.has(id) ? new Set([...ids].map((one) => (one === id ? now : one))) : ids;
}

function same(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((id) => b.has(id));
}
