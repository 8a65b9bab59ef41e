import type { ComponentType } from "react";
import { useView } from "../state/session";
import type { Dialog } from "../state/state";
import { Changes, Conflict } from "./Changes";
import { Connect } from "./Connect";
import { Delete } from "./Delete";
import { DuplicateFlow, MoveFlow, NewDomain, Rename } from "./Design";
import { NewEventLink, RemoveEventLink } from "./EventLink";
import { Implement, SaveFirst } from "./Implement";
import { Jump } from "./Jump";
import { Keys } from "./Keys";
import { Merge } from "./Merge";
import { Nest } from "./Nest";
import { NewFlow } from "./NewFlow";
import { Replace } from "./Replace";

type Kind = Dialog["kind"];

const DIALOGS: { readonly [K in Kind]: ComponentType<Extract<Dialog, { kind: K }>> } = {
  "new-flow": NewFlow,
  "new-domain": NewDomain,
  rename: Rename,
  "duplicate-flow": DuplicateFlow,
  "move-flow": MoveFlow,
  delete: Delete,
  wire: NewEventLink,
  unwire: RemoveEventLink,
  replace: Replace,
  connect: Connect,
  nest: Nest,
  jump: Jump,
  changes: Changes,
  "save-first": SaveFirst,
  implement: Implement,
  keys: Keys,
  conflict: Conflict,
  merge: Merge,
};

/** The dialog that is open, if any. */
export function Dialogs() {
  const dialog = useView((state) => state.dialog);
  if (!dialog) {
    return null;
  }
  // Each kind has the component of its own; the compiler cannot follow that through the table.
  const Shown = DIALOGS[dialog.kind] as ComponentType<Dialog>;
  return <Shown {...dialog} />;
}
