import type { Card, Link } from "../protocol";
import { MOD } from "./clipboard";
import type { Session } from "./session";
import type { Sheet } from "./sheet";
import { type Action, action, type Target } from "./types";

/** The flow or domain that a card of a map stands for; nothing where it is neither. */
export function placeOf(sheet: Sheet, id: string): string {
  const { level, at } = sheet.head;
  if (level === "system") {
    return id;
  }
  const [kind, name] = halves(id, ":");
  if (level === "domain" && kind === "flow" && name) {
    return `${at}/${name}`;
  }
  return level === "domain" && kind === "portal" ? name : "";
}

/** The board that shows a flow or domain as a card, and the card's id there. */
export function cardOf(place: string): { board: string; card: string } {
  const [domain, flow] = halves(place, "/");
  return flow ? { board: domain, card: `flow:${flow}` } : { board: "", card: domain };
}

function halves(text: string, by: string): [string, string] {
  const at = text.indexOf(by);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + by.length)];
}

/** Whether events can be wired from and to a card. */
export function wirable(card: Card): boolean {
  return card.kind === "domain" || card.kind === "flow" || card.kind === "portal";
}

/** Whether a line of a map carries events that can be taken off it. */
export function unwirable(sheet: Sheet, link: Link): boolean {
  return (
    sheet.head.level !== "flow" &&
    link.events.length > 0 &&
    placeOf(sheet, link.source) !== "" &&
    placeOf(sheet, link.target) !== ""
  );
}

/** Shows a flow or domain where it is a card, selected. */
export function showPlace(session: Session, place: string): void {
  const { board, card } = cardOf(place);
  session.go(board, card);
}

/** Asks whether to delete what is selected on a map; false where nothing of it can be. */
export function deleteOnMap(session: Session): boolean {
  const { sheet, selected, selectedLinks } = session.store.get();
  if (!sheet || sheet.head.level === "flow" || selected.size + selectedLinks.size !== 1) {
    return false;
  }
  const card = sheet.cards.get([...selected][0] ?? "");
  const link = sheet.links.get([...selectedLinks][0] ?? "");
  if (card && editable(card)) {
    session.dialog({ kind: "delete", at: placeOf(sheet, card.id), title: card.title });
    return true;
  }
  if (link && unwirable(sheet, link)) {
    session.dialog({ kind: "unwire", link: link.id });
    return true;
  }
  return false;
}

/** Opens the dialog that renames what is selected, or what the board shows. */
export function renameSelected(session: Session): boolean {
  const { sheet, selected } = session.store.get();
  const [id] = selected;
  if (!sheet || selected.size > 1) {
    return false;
  }
  const card = id === undefined ? undefined : sheet.cards.get(id);
  if (card?.kind === "node" || card?.kind === "note") {
    session.focusPanel();
    return true;
  }
  if (card ? !editable(card) : !sheet.head.at) {
    return false;
  }
  const at = card ? placeOf(sheet, card.id) : sheet.head.at;
  session.dialog({ kind: "rename", at, title: card?.title ?? sheet.head.title });
  return true;
}

/** Whether a card is a flow or domain with a file or folder of its own. */
function editable(card: Card): boolean {
  return (card.kind === "domain" || card.kind === "flow") && card.opens !== "";
}

/** What can be done with flows, domains and events. */
export function designActions(session: Session, target: Target): readonly Action[] {
  const { sheet, cards, links } = target;
  const [card] = cards;
  const [link] = links;
  if (cards.length === 1 && links.length === 0 && card) {
    return ofCard(session, sheet, card);
  }
  if (cards.length === 0 && links.length === 1 && link) {
    const label = link.events.length > 1 ? "Remove an event…" : "Remove the event…";
    const ask = () => session.dialog({ kind: "unwire", link: link.id });
    return unwirable(sheet, link) ? [action("delete", "unwire", label, ask, "Delete")] : [];
  }
  return cards.length + links.length === 0 && !target.frame ? ofBoard(session, sheet) : [];
}

function ofCard(session: Session, sheet: Sheet, card: Card): readonly Action[] {
  const actions: Action[] = [];
  const at = placeOf(sheet, card.id);
  if (editable(card)) {
    actions.push(...ofPlace(session, at, card.title, ""));
  }
  if (wirable(card) && at) {
    const ask = () => session.dialog({ kind: "wire", source: card.id, target: "" });
    actions.push(action("edit", "wire", "Wire an event…", ask, "C"));
  }
  return actions;
}

/** What can be done with the place that the board shows, and with the design as a whole. */
function ofBoard(session: Session, sheet: Sheet): readonly Action[] {
  const { at, compared, lacks, level, title } = sheet.head;
  const actions: Action[] = [newFlow(session, at.split("/")[0] ?? "")];
  if (level === "system") {
    const ask = () => session.dialog({ kind: "new-domain" });
    actions.push(action("add", "new-domain", "New domain…", ask));
  } else {
    actions.push(...ofPlace(session, at, title, level === "flow" ? " this flow" : " this domain"));
  }
  const replace = () => session.dialog({ kind: "replace" });
  const changes = () => session.dialog({ kind: "changes", committed: true });
  actions.push(action("design", "changes", "Changes since the last commit…", changes));
  const marking = compared
    ? action("design", "compare", "Stop marking changes", () => compare(session, ""))
    : action("design", "compare", "Mark changes since the last commit", () =>
        compare(session, "HEAD"),
      );
  actions.push(lacks.git ? { ...marking, why: lacks.git } : marking);
  actions.push(action("design", "replace", "Find and replace…", replace, `${MOD}H`));
  return actions;
}

/** Marks what differs from a revision on every board of this canvas; none ends that. */
export function compare(session: Session, revision: string): void {
  void session.gesture("compare", { revision });
}

function newFlow(session: Session, domain: string): Action {
  const ask = () => session.dialog({ kind: "new-flow", domain });
  return action("add", "new-flow", "New flow…", ask);
}

/** What can be done with a flow or domain; `which` says which one where that is not plain. */
function ofPlace(session: Session, at: string, title: string, which: string): readonly Action[] {
  const ask = (kind: "rename" | "delete" | "duplicate-flow" | "move-flow") => () =>
    session.dialog({ kind, at, title });
  const keys = (key: string) => (which ? undefined : key);
  const actions = [
    action("design", "rename-place", `Rename${which}…`, ask("rename"), keys("F2")),
    action("delete", "delete-place", `Delete${which}…`, ask("delete"), keys("Delete")),
  ];
  if (at.includes("/")) {
    actions.push(
      action("design", "duplicate-flow", `Duplicate${which}…`, ask("duplicate-flow")),
      action("design", "move-flow", `Move${which} to a domain…`, ask("move-flow")),
    );
  } else if (!which) {
    actions.push(newFlow(session, at));
  }
  return actions;
}
