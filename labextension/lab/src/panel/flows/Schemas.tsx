import * as React from "react";
import type { SchemaLine } from "../../protocol";
import { ActionButton, Failure, useAction } from "../parts/action";
import { useShown } from "../parts/shown";
import { DriftBox } from "./DriftBox";
import { Words } from "./FlowItem";
import { standing } from "./groups";

/** The schemas that moved since their code was written. */
export function Schemas() {
  const { state } = useShown();
  const id = React.useId();
  const stale = state.schemas.filter((schema) => schema.stale);
  if (stale.length === 0) {
    return null;
  }
  return (
    <section aria-labelledby={id}>
      <h3 id={id}>
        Stale schemas <span className="ddd-lab-count">{stale.length}</span>
      </h3>
      <ul className="ddd-lab-list">
        {stale.map((schema) => (
          <SchemaItem key={schema.key} schema={schema} />
        ))}
      </ul>
    </section>
  );
}

function SchemaItem({ schema }: { readonly schema: SchemaLine }) {
  const { model } = useShown();
  const deed = useAction();
  const wanted = { kind: "migrate" as const, flows: [], schemas: [schema.key] };
  return (
    <li className="ddd-lab-flow">
      <strong>{schema.key}</strong>
      <p className="ddd-lab-meta">{standing(schema)}</p>
      <Words lines={schema.words} />
      <div className="ddd-lab-row">
        <ActionButton
          deed={deed}
          name={`Build the migration prompt of ${schema.key}`}
          work={() => model.build([wanted])}
        >
          Migrate…
        </ActionButton>
      </div>
      <Failure deed={deed} />
      <DriftBox about={schema.key} />
    </li>
  );
}
