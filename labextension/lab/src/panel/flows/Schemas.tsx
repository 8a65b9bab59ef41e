import type { SchemaLine } from "../../protocol";
import { ActionButton, Failure, useAction } from "../parts/action";
import { Section } from "../parts/Section";
import { useShown } from "../parts/shown";
import { DriftBox } from "./DriftBox";
import { Words } from "./FlowItem";
import { stateText } from "./groups";

/** The schemas that moved since their code was written. */
export function Schemas() {
  const { state } = useShown();
  const stale = state.schemas.filter((schema) => schema.stale);
  if (stale.length === 0) {
    return null;
  }
  return (
    <Section count={stale.length} title="Stale schemas">
      <ul className="ddd-lab-list">
        {stale.map((schema) => (
          <SchemaItem key={schema.key} schema={schema} />
        ))}
      </ul>
    </Section>
  );
}

function SchemaItem({ schema }: { readonly schema: SchemaLine }) {
  const { model } = useShown();
  const action = useAction();
  const wanted = { kind: "migrate" as const, flows: [], schemas: [schema.key] };
  return (
    <li className="ddd-lab-flow">
      <strong>{schema.key}</strong>
      <p className="ddd-lab-meta">{stateText(schema)}</p>
      <Words lines={schema.words} />
      <div className="ddd-lab-row">
        <ActionButton
          action={action}
          name={`Build the migration prompt of ${schema.key}`}
          work={() => model.build([wanted])}
        >
          Migrate…
        </ActionButton>
      </div>
      <Failure action={action} />
      <DriftBox about={schema.key} />
    </li>
  );
}
