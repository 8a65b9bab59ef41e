import * as React from "react";
import type { FlowLine } from "../../protocol";
import { useShown } from "../parts/shown";
import { FlowItem } from "./FlowItem";

/** How many flows are listed before somebody asks for all of them. */
const LISTED = 60;

interface Props {
  readonly title: string;
  readonly flows: readonly FlowLine[];
}

/** The flows that stand alike. */
export function FlowGroup({ title, flows }: Props) {
  const { model } = useShown();
  const [whole, setWhole] = React.useState(false);
  const asked = flows.findIndex((flow) => flow.key === model.sheet.drift?.flow);
  const id = React.useId();
  if (flows.length === 0) {
    return null;
  }
  const listed = whole || asked >= LISTED ? flows : flows.slice(0, LISTED);
  return (
    <section aria-labelledby={id}>
      <h3 id={id}>
        {title} <span className="ddd-lab-count">{flows.length}</span>
      </h3>
      <ul className="ddd-lab-list">
        {listed.map((flow) => (
          <FlowItem flow={flow} key={flow.key} />
        ))}
      </ul>
      {listed.length < flows.length && (
        <button className="ddd-lab-link" onClick={() => setWhole(true)} type="button">
          Show all {flows.length}
        </button>
      )}
    </section>
  );
}
