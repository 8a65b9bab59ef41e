import { addingActions } from "./adding";
import { arrangingActions, arrangingAll } from "./arranging";
import { assistActions } from "./assisting";
import { boardActions, clipboardActions } from "./clipboardActions";
import { nestingActions } from "./containment";
import { designActions } from "./design";
import { deletable, removeSelected } from "./editing";
import { filters } from "./filter";
import { followingActions } from "./following";
import { implementingActions } from "./implementing";
import { exporting } from "./pictures";
import type { Session } from "./session";
import { type Action, action, type Point, type Target } from "./types";

/** A part of the editor that has actions to offer. */
type Source = (session: Session, target: Target) => readonly Action[];

const GROUPS: readonly Action["group"][] = [
  "go",
  "implement",
  "add",
  "edit",
  "assist",
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
  return GROUPS.flatMap((group) => all.filter((one) => one.group === group));
}

/** Everything that menus offer now: for what is selected, for the board, and for the design. */
export function commandsOf(session: Session): readonly Action[] {
  const target = selection(session);
  if (!target) {
    return [];
  }
  const all = [
    ...actionsFor(session, target),
    ...actionsFor(session, { ...target, cards: [], links: [] }),
    ...arrangingAll(session),
    ...exporting(session),
    ...filters(session),
  ];
  const byLabel = new Map(all.map((one) => [one.label, one]));
  return [...byLabel.values()].filter(({ why }) => !why);
}

/** Does the first thing that a model can do with what is selected. */
export function assistSelected(session: Session): void {
  const target = selection(session);
  const [first] = target ? assistActions(session, target) : [];
  if (first) {
    first.run();
  } else {
    session.announce("Select one card or line, or nothing, to ask a model about it.");
  }
}

/** Going in, connecting and deleting: what every board offers. */
function basics(session: Session, { cards, links }: Target): readonly Action[] {
  const [card] = cards;
  const only = cards.length === 1 ? card : undefined;
  const actions: Action[] = [];
  if (only?.opens) {
    actions.push(action("go", "open", "Open", () => void session.open(only.id), "Enter"));
  }
  if (only?.kind === "node" && only.outputs.length > 0) {
    const connect = () => session.dialog({ kind: "connect", card: only.id, output: "" });
    actions.push(action("edit", "connect", "Connect…", connect, "C"));
  }
  if (cards.some(deletable) || links.some((link) => !link.fixed)) {
    actions.push(
      action("delete", "delete", "Delete", () => void removeSelected(session), "Delete"),
    );
  }
  return actions;
}

/** Where actions come from; a part of the editor adds its own here. */
const SOURCES: readonly Source[] = [
  basics,
  addingActions,
  followingActions,
  implementingActions,
  nestingActions,
  designActions,
  assistActions,
  arrangingActions,
  clipboardActions,
  boardActions,
];
