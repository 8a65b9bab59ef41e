import { arrangingActions } from "./arranging";
import { boardActions, clipboardActions } from "./clipboardActions";
import { nestingActions } from "./containment";
import { designActions } from "./design";
import { deletable, removeSelected } from "./editing";
import { buildingActions } from "./implementing";
import type { Session } from "./session";
import type { Action, Point, Target } from "./types";

/** A part of the editor that has actions to offer. */
type Source = (session: Session, target: Target) => readonly Action[];

const GROUPS: readonly Action["group"][] = [
  "go",
  "build",
  "add",
  "edit",
  "arrange",
  "clipboard",
  "design",
  "view",
  "delete",
];

/** What is selected, as the target of actions. */
export function selection(session: Session, at: Point | null = null): Target | null {
  const { sheet, selected, selectedLinks } = session.store.get();
  return sheet
    ? {
        sheet,
        cards: [...selected].flatMap((id) => sheet.cards.get(id) ?? []),
        links: [...selectedLinks].flatMap((id) => sheet.links.get(id) ?? []),
        frame: null,
        at,
      }
    : null;
}

/** Everything that can be done to a target, group by group. */
export function actionsFor(session: Session, target: Target): readonly Action[] {
  const all = SOURCES.flatMap((source) => source(session, target));
  return GROUPS.flatMap((group) => all.filter((action) => action.group === group));
}

/** Going in, connecting and deleting: what every board offers. */
function basics(session: Session, { cards, links }: Target): readonly Action[] {
  const [card] = cards;
  const only = cards.length === 1 ? card : undefined;
  const found: Action[] = [];
  if (only?.opens) {
    found.push({
      id: "open",
      label: "Open",
      keys: "Enter",
      group: "go",
      run: () => void session.open(only.id),
    });
  }
  if (only?.kind === "node" && only.outputs.length > 0) {
    found.push({
      id: "connect",
      label: "Connect…",
      keys: "C",
      group: "edit",
      run: () => session.dialog({ kind: "connect", card: only.id, output: "" }),
    });
  }
  if (cards.some(deletable) || links.some((link) => !link.fixed)) {
    found.push({
      id: "delete",
      label: "Delete",
      keys: "Delete",
      group: "delete",
      run: () => void removeSelected(session),
    });
  }
  return found;
}

/** Where actions come from; a part of the editor adds its own here. */
const SOURCES: readonly Source[] = [
  basics,
  buildingActions,
  nestingActions,
  designActions,
  arrangingActions,
  clipboardActions,
  boardActions,
];
