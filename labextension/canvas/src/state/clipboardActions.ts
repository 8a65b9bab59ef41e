import { copy, cut, duplicate, MOD, pasteByButton } from "./clipboard";
import type { Session } from "./session";
import type { Action, Target } from "./types";

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
  const found: Action[] = [];
  if (names.length > 0) {
    found.push(
      entry("copy", "Copy", "C", () => void copy(session, names)),
      entry("cut", "Cut", "X", () => void cut(session, names)),
      entry("duplicate", "Duplicate", "D", () => void duplicate(session, names)),
    );
  } else if (cards.length === 0 && links.length === 0 && !frame) {
    found.push(entry("paste", "Paste", "V", () => void pasteByButton(session, at)));
  }
  return found;
}

/** Selecting everything, where nothing else is meant. */
export function boardActions(
  session: Session,
  { sheet, cards, links, frame }: Target,
): readonly Action[] {
  return cards.length + links.length > 0 || frame || sheet.cards.size === 0
    ? []
    : [
        {
          id: "all",
          label: "Select all",
          keys: `${MOD}A`,
          group: "view",
          run: () => session.selection.all(),
        },
      ];
}

function entry(id: string, label: string, key: string, run: () => void): Action {
  return { id, label, keys: `${MOD}${key}`, group: "clipboard", run };
}
