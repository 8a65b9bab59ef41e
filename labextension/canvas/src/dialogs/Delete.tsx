import { useState } from "react";
import { plural } from "../panels/ProblemMark";
import { Refusal } from "../panels/Refusal";
import type { ReferenceView } from "../protocol";
import { useSession } from "../state/session";
import { useAsking } from "../state/useAsking";
import { Plan } from "./Plan";
import { Check, DialogForm } from "./parts";

/** Asks before a flow or domain is deleted, and says who names it. */
export function Delete({ at, title }: { at: string; title: string }) {
  const session = useSession();
  const [agreed, setAgreed] = useState(false);
  const { result, error } = useAsking("references", { at });
  const flow = at.includes("/");
  const change = flow ? "delete_flow" : "delete_domain";
  const flows = result?.flows ?? [];
  const args = flow ? { at } : { domain: at, with_flows: flows.length > 0 };
  const remove = async () => {
    await session.call(change, args);
    return `Deleted ${title}.`;
  };
  return (
    <DialogForm
      action="Delete"
      danger
      off={!result || (flows.length > 0 && !agreed)}
      onSubmit={remove}
      title={`Delete “${title}”`}
    >
      <Refusal error={error} />
      {flows.length > 0 ? (
        <Check
          checked={agreed}
          label={`Delete ${flows.length > 1 ? `its ${flows.length} flows` : "its flow"} too: ${some(flows)}`}
          onChange={setAgreed}
        />
      ) : null}
      {result ? <References references={result.references} /> : null}
      <Plan args={result && args} change={change} />
    </DialogForm>
  );
}

const SHOWN = 8;

function References({ references }: { references: readonly ReferenceView[] }) {
  if (references.length === 0) {
    return <p>No other flow names it.</p>;
  }
  return (
    <div>
      <p>
        {plural(references.length, "place")} in other flows{" "}
        {references.length > 1 ? "name" : "names"} it. They stay as they are, and a problem will say
        so:
      </p>
      <ul className="ddd-list ddd-references">
        {references.slice(0, SHOWN).map((one) => (
          <li key={`${one.at} ${one.card} ${one.what}`}>
            {one.title} <span className="ddd-where">{[one.card, one.what].join(" ").trim()}</span>
          </li>
        ))}
        {references.length > SHOWN ? <li>and {references.length - SHOWN} more</li> : null}
      </ul>
    </div>
  );
}

function some(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(", ");
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}
