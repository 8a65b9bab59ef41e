import * as React from "react";
import type { FlowLine } from "../../protocol";
import { ActionButton, Button, Failure, useAction } from "../parts/action";
import { useShown } from "../parts/shown";
import { FlowGroup } from "./FlowGroup";
import { chosenOf, GROUPS, groupOf, isDue, matches } from "./groups";
import { QueueBox } from "./QueueBox";
import { Schemas } from "./Schemas";

/** With fewer flows than this, nobody needs a filter. */
const MANY = 12;

/** All flows by how they stand to their code, to be implemented one by one or several at once. */
export function FlowsTab() {
  const { model, state } = useShown();
  const [filter, setFilter] = React.useState("");
  const asked = model.sheet.drift?.flow;
  const flows = state.flows.filter((flow) => flow.key === asked || matches(flow, filter));
  if (state.flows.length === 0) {
    return <p className="ddd-lab-hint">The design has no flows yet. Draw one on the canvas.</p>;
  }
  return (
    <>
      <QueueBox />
      {state.flows.length > MANY && (
        <input
          aria-label="Filter flows"
          onChange={(event) => setFilter(event.target.value)}
          placeholder="Filter flows"
          type="search"
          value={filter}
        />
      )}
      <Selection flows={flows} />
      {flows.length === 0 && <p className="ddd-lab-hint">No flow is called “{filter}”.</p>}
      {GROUPS.map(({ group, title }) => (
        <FlowGroup
          flows={flows.filter((flow) => groupOf(flow) === group)}
          key={group}
          title={title}
        />
      ))}
      <Schemas />
    </>
  );
}

/** Ticks what is due, and builds the prompts of what is ticked. */
function Selection({ flows }: { readonly flows: readonly FlowLine[] }) {
  const { model, state } = useShown();
  const action = useAction();
  const { ticked } = model.sheet;
  const chosen = chosenOf(state.flows, ticked);
  const due = flows.filter(isDue).map((flow) => flow.key);
  const all = due.length > 0 && due.every((key) => ticked.has(key));
  const wanted = chosen.map((key) => ({ kind: "implement" as const, flows: [key], schemas: [] }));
  // What a filter hides stays as it is.
  const select = () =>
    model.tick(all ? [...ticked].filter((key) => !due.includes(key)) : [...ticked, ...due]);
  return (
    <>
      <div className="ddd-lab-row">
        <Button disabled={due.length === 0} onClick={select}>
          {all ? "Select none" : "Select all pending"}
        </Button>
        <ActionButton
          action={action}
          disabled={chosen.length === 0}
          look="main"
          work={() => model.build(wanted)}
        >
          Implement selected{chosen.length > 0 && ` (${chosen.length})`}
        </ActionButton>
      </div>
      <Failure action={action} />
    </>
  );
}
