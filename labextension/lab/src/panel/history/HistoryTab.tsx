import type { RunBrief } from "../../protocol";
import { Button } from "../parts/action";
import { moment } from "../parts/moment";
import { Section } from "../parts/Section";
import { useShown } from "../parts/shown";
import { Events } from "./Events";

/** The runs of the project, the newest first, and what was noted of them. */
export function HistoryTab() {
  const { state } = useShown();
  return (
    <>
      <Section title="Runs">
        {state.runs.length === 0 && <p className="ddd-lab-hint">Nothing has run yet.</p>}
        <ul className="ddd-lab-list">
          {state.runs.map((run) => (
            <RunItem key={run.id} run={run} />
          ))}
        </ul>
      </Section>
      <Events />
    </>
  );
}

function RunItem({ run }: { readonly run: RunBrief }) {
  const { model } = useShown();
  return (
    <li>
      <Button look="link" onClick={() => model.showRun(run.id)}>
        {run.title}
      </Button>
      <p className="ddd-lab-meta">
        {moment(run.created_at)} · {run.why}
      </p>
    </li>
  );
}
