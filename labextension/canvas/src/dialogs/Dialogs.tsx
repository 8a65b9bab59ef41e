import { useView } from "../state/session";
import { Changes, Conflict } from "./Changes";
import { Connect } from "./Connect";
import { Delete } from "./Delete";
import { DuplicateFlow, MoveFlow, NewDomain, Rename } from "./Design";
import { Unwire, Wire } from "./EventLink";
import { Implement, SaveFirst } from "./Implement";
import { Jump } from "./Jump";
import { Keys } from "./Keys";
import { Nest } from "./Nest";
import { NewFlow } from "./NewFlow";
import { Replace } from "./Replace";

/** The dialog that is open, if any. */
export function Dialogs() {
  const dialog = useView((state) => state.dialog);
  switch (dialog?.kind) {
    case "new-flow":
      return <NewFlow domain={dialog.domain} />;
    case "new-domain":
      return <NewDomain />;
    case "rename":
      return <Rename at={dialog.at} title={dialog.title} />;
    case "duplicate-flow":
      return <DuplicateFlow at={dialog.at} title={dialog.title} />;
    case "move-flow":
      return <MoveFlow at={dialog.at} title={dialog.title} />;
    case "delete":
      return <Delete at={dialog.at} title={dialog.title} />;
    case "wire":
      return <Wire source={dialog.source} target={dialog.target} />;
    case "unwire":
      return <Unwire link={dialog.link} />;
    case "replace":
      return <Replace />;
    case "connect":
      return <Connect card={dialog.card} output={dialog.output} />;
    case "nest":
      return <Nest cards={dialog.cards} />;
    case "jump":
      return <Jump />;
    case "changes":
      return <Changes />;
    case "save-first":
      return <SaveFirst flows={dialog.flows} what={dialog.what} />;
    case "implement":
      return <Implement flows={dialog.flows} what={dialog.what} />;
    case "keys":
      return <Keys />;
    case "conflict":
      return <Conflict path={dialog.path} />;
    default:
      return null;
  }
}
