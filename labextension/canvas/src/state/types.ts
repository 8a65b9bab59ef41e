import type { IconName } from "../panels/Icon";
import type { ActionTarget, ActionView, Card, Frame, Link } from "../protocol";
import type { Sheet } from "./sheet";

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What Claude Code is to do: write or update the code of flows, or mend their failing tests. */
export type PromptKind = "implement" | "fix";

/** What an action would be done to: what is selected, or what the pointer is on. */
export interface Target {
  readonly sheet: Sheet;
  readonly cards: readonly Card[];
  readonly links: readonly Link[];
  readonly frame: Frame | null;
  /** Where on the board, if the pointer says so. */
  readonly at: Point | null;
}

/** A card and a field of it; empty where none is meant. */
export interface CardField {
  readonly card: string;
  readonly field: readonly string[];
}

/** What of a board is shown clearly; the rest fades. */
export interface Filter {
  readonly label: string;
  readonly event?: string;
  readonly of?: "agent" | "stale" | "problems";
}

/** Ids of the cards and links that a filter is about; null where there is no filter. */
export interface Clear {
  readonly cards: ReadonlySet<string>;
  readonly links: ReadonlySet<string>;
}

/** Where a card is to be added, or which card is to get another type. */
export type Place =
  | { readonly kind: "free"; readonly at: Point | null }
  | { readonly kind: "after"; readonly card: string; readonly output: string; readonly at?: Point }
  | { readonly kind: "line"; readonly link: string; readonly at?: Point }
  | { readonly kind: "type"; readonly card: string };

/** Something that can be done now: an entry of a menu, or a button of a panel. */
export interface Action {
  readonly id: string;
  readonly label: string;
  /** The key that does the same, as people read it. */
  readonly keys?: string;
  /** What it takes, as a menu says beside it. */
  readonly note?: string;
  /** Actions of one group stand together. */
  readonly group:
    | "go"
    | "implement"
    | "add"
    | "edit"
    | "assist"
    | "arrange"
    | "direction"
    | "clipboard"
    | "design"
    | "view"
    | "delete";
  /** What stands for it where many actions are small buttons in a row. */
  readonly icon?: IconName;
  /** Why it cannot be done now; it is shown greyed then. */
  readonly why?: string;
  /** Of several ways of which one is chosen: whether it is this one. */
  readonly chosen?: boolean;
  readonly run: () => void;
}

/** An action that a model is to do, and where what it says is shown. */
export interface InlineAction {
  readonly action: ActionView;
  readonly target: ActionTarget;
  /** The card that it is about; empty for a line or a board. */
  readonly card: string;
  /** Where on the widget it was asked for; null where no pointer says so. */
  readonly at: Point | null;
}

/** An action that can be done now.
 *
 * @param keys that do the same, as people read them.
 */
export function action(
  group: Action["group"],
  id: string,
  label: string,
  run: () => void,
  keys?: string,
): Action {
  return { group, id, label, run, ...(keys ? { keys } : {}) };
}

/** What the assistant is to show as soon as it is there. */
export type Awaited = "question" | "memory" | "design";
