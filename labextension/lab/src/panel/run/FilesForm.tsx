import type { RunBrief, RunView } from "../../protocol";
import { ActionButton, Failure, useAction } from "../parts/action";
import { Section } from "../parts/Section";
import { useShown } from "../parts/shown";
import { choices, confirmed } from "./choices";
import { countsOf } from "./counts";
import { FlowFiles } from "./FlowFiles";

interface Props {
  readonly run: RunView;
  /** Ask for the run again. */
  readonly again: () => void;
}

/** Which files belong to which flow: proposed from what changed, confirmed by the person. */
export function FilesForm({ run, again }: Props) {
  const { model } = useShown();
  const action = useAction();
  const { requests, root } = model.service;
  const { brief } = run;
  const { flows } = brief;
  const chosen = choices(run, model.sheet.changes.get(brief.id) ?? []);
  const files = confirmed(flows, chosen);
  const bare = brief.kind === "implement" ? flows.filter((flow) => files[flow]?.length === 0) : [];
  const nothing = bare.length > 0 && bare.length === flows.length;
  const confirm = async () => {
    try {
      const { tests } = await requests.act("run/confirm", { root, id: brief.id, files });
      const results = tests.map((report) => `${report.flow}: ${countsOf(report)}`);
      model.announce(["The files are recorded", ...results].join(". "));
    } finally {
      // It is recorded also where its tests may not run.
      again();
      await model.service.refresh();
    }
  };
  return (
    <Section level={4} title={titleOf(brief)}>
      {!brief.confirmed && <p className="ddd-lab-hint">{beforeConfirming(brief)}</p>}
      {flows.map((flow) => (
        <FlowFiles
          choices={chosen.filter((choice) => choice.flow === flow)}
          flow={flow}
          key={flow}
          onChange={(change) => model.choose(brief.id, change)}
          open={action.go}
        />
      ))}
      {bare.length > 0 && <p className="ddd-lab-hint">{without(bare, nothing)}</p>}
      <div className="ddd-lab-row">
        <ActionButton
          action={action}
          disabled={nothing}
          look={brief.confirmed ? "plain" : "main"}
          work={confirm}
        >
          {brief.confirmed ? "Confirm anew" : "Confirm"}
        </ActionButton>
      </div>
      <Failure action={action} />
    </Section>
  );
}

function titleOf({ flows, confirmed }: RunBrief): string {
  if (flows.length === 0) {
    return confirmed ? "Migration, as you confirmed it" : "Migration";
  }
  return confirmed ? "Files, as you confirmed them" : "Files";
}

function beforeConfirming({ flows, schemas }: RunBrief): string {
  return flows.length === 0
    ? `No flow with code uses it: confirm that the data of ${schemas.join(", ")} was migrated.`
    : "Nothing is recorded until you confirm which files belong here.";
}

/** What becomes of the flows of which no file is ticked. */
function without(flows: readonly string[], nothing: boolean): string {
  const names = flows.join(", ");
  return nothing
    ? `Tick the files that implement ${names}, or add them. Nothing can be confirmed without files.`
    : `No file of ${names} is ticked. It is not recorded.`;
}
