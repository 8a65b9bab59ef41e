import { copy, cut, duplicate, MOD, pasteByButton } from "./clipboard";
import type { Session } from "./session";
import { type Action, action, type Target } from "./types";

/** Copying, cutting, pasting and duplicating, for menus. */
export function clipboardActions(
  session: Session,
  { sheet, cards, links, frame, at }: Target,
): readonly Action[] {
  if (sheet.head.level !== "flow" || sheet.head.status.state === "readonly") {
    return [];
  }
  const ids = cards.filter(({ kind, type }) => kind === "node" && type !== "trigger");
  const names = ids.map(({ id }) => id);
  const actions: Action[] = [];
  if (names.length > 0) {
    actions.push(
      entry("copy", "Copy", "C", () => void copy(session, names)),
      entry("cut", "Cut", "X", () => void cut(session, names)),
      entry("duplicate", "Duplicate", "D", () => void duplicate(session, names)),
    );
  } else if (cards.length === 0 && links.length === 0 && !frame) {
    actions.push(entry("paste", "Paste", "V", () => void pasteByButton(session, at)));
  }
  return actions;
}

/** Selecting everything, where nothing else is meant. */
export function boardActions(
  session: Session,
  { sheet, cards, links, frame }: Target,
): readonly Action[] {
  return cards.length + links.length > 0 || frame || sheet.cards.size === 0
    ? []
    : [action("view", "all", "Select all", () => session.selection.all(), `${MOD}A`)];
}

function entry(id: string, label: string, key: string, run: () => void): Action {
  return action("clipboard", id, label, run, `${MOD}${key}`);
}
