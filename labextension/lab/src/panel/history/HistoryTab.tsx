import * as React from "react";
import type { RunBrief } from "../../protocol";
import { moment } from "../parts/moment";
import { useShown } from "../parts/shown";
import { Events } from "./Events";

/** The runs of the project, the newest first, and what was noted of them. */
export function HistoryTab() {
  const { state } = useShown();
  const id = React.useId();
  return (
    <>
      <section aria-labelledby={id}>
        <h3 id={id}>Runs</h3>
        {state.runs.length === 0 && <p className="ddd-lab-hint">Nothing has run yet.</p>}
        <ul className="ddd-lab-list">
          {state.runs.map((run) => (
            <RunItem key={run.id} run={run} />
          ))}
        </ul>
      </section>
      <Events />
    </>
  );
}

function RunItem({ run }: { readonly run: RunBrief }) {
  const { model } = useShown();
  return (
    <li>
      <button className="ddd-lab-link" onClick={() => model.showRun(run.id)} type="button">
        {run.title}
      </button>
      <p className="ddd-lab-meta">
        {moment(run.created_at)} · {run.why}
      </p>
    </li>
  );
}
