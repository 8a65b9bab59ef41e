import { useEffect, useState } from "react";
import { Diff } from "../dialogs/Changes";
import type { FixTitles } from "../protocol";
import { messageOf, useSession } from "../state/session";
import { ToolButton } from "./ToolButton";

/** What the fixes of problems are called, by the problems' keys. */
export type Fixes = FixTitles["fixes"];

const NONE: Fixes = {};
/** Milliseconds without news after which is asked what could be mended. */
const QUIET = 300;

/** What would mend some problems, by their keys; asked when edits pause. */
export function useFixes(keys: readonly string[]): Fixes {
  const session = useSession();
  const [fixes, setFixes] = useState<Fixes>(NONE);
  useEffect(() => {
    if (keys.length === 0) {
      setFixes(NONE);
      return;
    }
    let current = true;
    const timer = setTimeout(() => {
      session
        .call("fixes", { keys })
        .then((result) => current && setFixes(result.fixes))
        // Without fixes the problems are still there to read.
        .catch(() => current && setFixes(NONE));
    }, QUIET);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [session, keys]);
  return fixes;
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
  const [diff, setDiff] = useState<string | null>(null);
  const [error, setError] = useState("");
  const [busy, setBusy] = useState(false);
  const toggle = () => {
    setOpen(!open);
    setError("");
    if (!open) {
      session
        .call("preview_fix", { key: problem, index })
        .then((result) => setDiff(result.diff))
        .catch((reason: unknown) => setError(messageOf(reason)));
    }
  };
  const apply = async () => {
    setBusy(true);
    try {
      await session.call("fix", { key: problem, index });
      session.announce(`Done: ${title}.`);
      session.note({ tone: "good", text: `Done: ${title}. Use Undo to take it back.` });
    } catch (reason) {
      setError(messageOf(reason));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <button aria-expanded={open} className="ddd-fix ddd-bare" onClick={toggle} type="button">
        Fix: {title}
      </button>
      {open ? (
        <div className="ddd-fix-preview">
          <Diff diff={diff} error={error} />
          <div className="ddd-deeds">
            <ToolButton
              busy={busy}
              disabled={busy || diff === null}
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
