import { useState } from "react";
import { Diff } from "../dialogs/Diff";
import type { FixTitles } from "../protocol";
import { useSession } from "../state/session";
import { useAsking } from "../state/useAsking";
import { useAttempt } from "../state/useAttempt";
import { ToolButton } from "./ToolButton";

/** What the fixes of problems are called, by the problems' keys. */
export type Fixes = FixTitles["fixes"];

const NONE: Fixes = {};
/** Milliseconds without news after which is asked what could be mended. */
const QUIET = 300;

/** What would mend some problems, by their keys; asked when edits pause. */
export function useFixes(keys: readonly string[]): Fixes {
  // Without fixes the problems are still there to read.
  return useAsking("fixes", keys.length > 0 ? { keys } : null, QUIET, keys).result?.fixes ?? NONE;
}

/** A button per fix of one problem. */
export function FixList({ problem, titles }: { problem: string; titles: readonly string[] }) {
  return titles.length > 0 ? (
    <ul className="ddd-list ddd-fixes">
      {titles.map((title, index) => (
        <li key={title}>
          <OneFix index={index} problem={problem} title={title} />
        </li>
      ))}
    </ul>
  ) : null;
}

/** A fix, which shows the lines that it would change before it changes them. */
function OneFix({ problem, index, title }: { problem: string; index: number; title: string }) {
  const session = useSession();
  const [open, setOpen] = useState(false);
  const { result, error } = useAsking("preview_fix", open ? { key: problem, index } : null, 0);
  const { busy, error: refusal, run, forget } = useAttempt();
  const toggle = () => {
    setOpen(!open);
    forget();
  };
  const apply = () =>
    run(async () => {
      await session.call("fix", { key: problem, index });
      session.announce(`Done: ${title}.`);
      session.note({ tone: "good", text: `Done: ${title}. Use Undo to take it back.` });
    });
  return (
    <>
      <button aria-expanded={open} className="ddd-fix ddd-bare" onClick={toggle} type="button">
        Fix: {title}
      </button>
      {open ? (
        <div className="ddd-fix-preview">
          <Diff diff={result?.diff} error={error || refusal} />
          <div className="ddd-action-row">
            <ToolButton
              busy={busy}
              disabled={!result}
              label="Apply"
              onPress={() => void apply()}
              primary
              text
            />
            <ToolButton label="Cancel" onPress={toggle} text />
          </div>
        </div>
      ) : null}
    </>
  );
}
