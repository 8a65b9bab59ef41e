import { useSyncExternalStore } from "react";

/** A value that components read in part: only those whose part changed render again. */
export class Store<State extends object> {
  #state: State;
  readonly #listeners = new Set<() => void>();

  constructor(state: State) {
    this.#state = state;
  }

  get = (): State => this.#state;

  set(change: Partial<State> | ((state: State) => Partial<State>)): void {
    const part = typeof change === "function" ? change(this.#state) : change;
    this.#state = { ...this.#state, ...part };
    for (const listener of [...this.#listeners]) {
      listener();
    }
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

/** Reads a part of a store; `select` must return something that is in the state, not a new object. */
export function useStored<State extends object, Part>(
  store: Store<State>,
  select: (state: State) => Part,
): Part {
  return useSyncExternalStore(store.subscribe, () => select(store.get()));
}

/** Counts with one changed; what is counted to nothing is not among them. */
export function counted<Key>(
  counts: ReadonlyMap<Key, number>,
  key: Key,
  by: number,
): Map<Key, number> {
  const changed = new Map(counts);
  const count = (changed.get(key) ?? 0) + by;
  if (count > 0) {
    changed.set(key, count);
  } else {
    changed.delete(key);
  }
  return changed;
}
