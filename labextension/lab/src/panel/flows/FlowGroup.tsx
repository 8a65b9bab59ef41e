import * as React from "react";
import type { FlowLine } from "../../protocol";
import { Button } from "../parts/action";
import { Section } from "../parts/Section";
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
  if (flows.length === 0) {
    return null;
  }
  const listed = whole || asked >= LISTED ? flows : flows.slice(0, LISTED);
  return (
    <Section count={flows.length} title={title}>
      <ul className="ddd-lab-list">
        {listed.map((flow) => (
          <FlowItem flow={flow} key={flow.key} />
        ))}
      </ul>
      {listed.length < flows.length && (
        <Button look="link" onClick={() => setWhole(true)}>
          Show all {flows.length}
        </Button>
      )}
    </Section>
  );
}
