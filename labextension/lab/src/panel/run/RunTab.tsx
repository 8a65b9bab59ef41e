import type { RunView } from "../../protocol";
import { Alert } from "../parts/action";
import { Scrolled } from "../parts/Scrolled";
import { useShown } from "../parts/shown";
import { FilesForm } from "./FilesForm";
import { Notes } from "./Notes";
import { GOING, RunStatus } from "./RunStatus";
import { Tests } from "./Tests";
import { useRun } from "./useRun";

/** One run: how it stands, what was said, which files it wrote, what the tests say. */
export function RunTab() {
  const { model } = useShown();
  const { run, trouble, again } = useRun(model.sheet.run);
  if (model.sheet.run === "") {
    return (
      <p className="ddd-lab-hint">Nothing has run yet. Run a prompt to see its progress here.</p>
    );
  }
  if (run === null) {
    return trouble === "" ? <p className="ddd-lab-hint">Looking…</p> : <Alert>{trouble}</Alert>;
  }
  return (
    <>
      <RunStatus brief={run.brief} key={run.brief.id} />
      <Moved flows={run.moved} />
      {run.notices.map((notice) => (
        <Alert key={notice}>{notice}</Alert>
      ))}
      {hasResults(run) && <Results again={again} run={run} />}
      <details>
        <summary>The prompt</summary>
        <Scrolled name="Prompt of the run">{run.prompt}</Scrolled>
      </details>
    </>
  );
}

/** Whether a turn has ended, or the run as a whole: one that was stopped may have written files. */
function hasResults({ brief }: RunView): boolean {
  return brief.begun && (brief.turns > 0 || !GOING.has(brief.state));
}

interface ResultsProps {
  readonly run: RunView;
  readonly again: () => void;
}

function Results({ run, again }: ResultsProps) {
  const { brief } = run;
  return (
    <>
      {run.message !== "" && (
        <details open>
          <summary>What Claude Code said</summary>
          <Scrolled name="Message">{run.message}</Scrolled>
        </details>
      )}
      {brief.turns > 0 && <Notes notes={run.notes} />}
      <FilesForm again={again} key={brief.id} run={run} />
      {brief.flows.length > 0 && <Tests again={again} run={run} />}
    </>
  );
}

function Moved({ flows }: { readonly flows: readonly string[] }) {
  if (flows.length === 0) {
    return null;
  }
  return (
    <Alert>
      The spec of {flows.join(", ")} changed during the run, so its code is already stale.
    </Alert>
  );
}
