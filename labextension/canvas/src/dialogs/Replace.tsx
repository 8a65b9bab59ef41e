import { useMemo, useState } from "react";
import { useLandmark } from "../ids";
import { plural } from "../panels/ProblemMark";
import type { Matches as MatchList } from "../protocol";
import { useSession, useView } from "../state/session";
import { useAsking } from "../state/useAsking";
import { Check, Choice, DialogForm, type Option, TextField } from "./parts";

const NONE: ReadonlySet<number> = new Set();

/** Finds a text in the specs and puts another in its place, wherever that is wanted. */
export function Replace() {
  const session = useSession();
  const scopes = useScopes();
  const [pattern, setPattern] = useState("");
  const [replacement, setReplacement] = useState("");
  const [scope, setScope] = useState(scopes[0]?.value ?? "");
  const [regex, setRegex] = useState(false);
  const [matchCase, setMatchCase] = useState(false);
  const [ids, setIds] = useState(false);
  const wanted = { pattern, replacement, regex, case: matchCase, ids, scope };
  const { result, error, busy } = useAsking("find", pattern ? wanted : null);
  // What was left out is left out of these matches only.
  const [left, setLeft] = useState({ seen: "", out: NONE });
  const out = left.seen === result?.seen ? left.out : NONE;
  const only = result ? result.changes.map((_, index) => index).filter((one) => !out.has(one)) : [];
  const toggle = (index: number) => {
    const next = new Set(out);
    if (!next.delete(index)) {
      next.add(index);
    }
    setLeft({ seen: result?.seen ?? "", out: next });
  };
  const replace = async () => {
    const { count } = await session.call("replace", { ...wanted, only, seen: result?.seen ?? "" });
    const text = `Replaced ${plural(count, "text")}.`;
    session.note({ tone: "good", text });
    return text;
  };
  return (
    <DialogForm
      action={only.length > 0 ? `Replace ${only.length}` : "Replace"}
      off={busy || only.length === 0}
      onSubmit={replace}
      title="Find and replace"
      wide
    >
      <div className="ddd-columns">
        <div>
          <TextField error={error} label="Find" onChange={setPattern} search value={pattern} />
        </div>
        <div>
          <TextField label="Replace by" onChange={setReplacement} value={replacement} />
        </div>
      </div>
      <div className="ddd-columns">
        <div>
          <Choice label="Where" onChange={setScope} options={scopes} value={scope} />
        </div>
        <fieldset className="ddd-options">
          <legend className="ddd-sr">How</legend>
          <Check checked={matchCase} label="Match case" onChange={setMatchCase} />
          <Check checked={regex} label="Regular expression" onChange={setRegex} />
          <Check checked={ids} label="Ids of nodes too" onChange={setIds} />
        </fieldset>
      </div>
      {result ? <Matches found={result} onToggle={toggle} out={out} /> : null}
    </DialogForm>
  );
}

/** Here first, then everywhere. */
function useScopes(): readonly Option[] {
  const head = useView((state) => state.sheet?.head);
  return useMemo(() => {
    const [, domain, flow] = head?.breadcrumb ?? [];
    return [
      ...(flow ? [{ value: flow.at, text: `This flow: ${flow.title}` }] : []),
      ...(domain ? [{ value: domain.at, text: `This domain: ${domain.title}` }] : []),
      { value: "", text: "Everywhere" },
    ];
  }, [head]);
}

function Matches({
  found,
  out,
  onToggle,
}: {
  found: MatchList;
  out: ReadonlySet<number>;
  onToggle: (index: number) => void;
}) {
  const name = useLandmark("What would change");
  const { changes, total, kept } = found;
  return (
    <section aria-label={name} className="ddd-matches">
      <p className="ddd-quiet" role="status">
        {total === 0 ? "Nothing would change." : `${plural(total, "text")} would change.`}
        {total > changes.length
          ? ` The first ${changes.length} are listed and can be changed.`
          : ""}
        {kept > 0
          ? ` ${plural(kept, "more match", "more matches")} ${kept > 1 ? "are" : "is"} kept: ids, types and references.`
          : ""}
      </p>
      <ul className="ddd-list">
        {changes.map((change, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list is a whole answer and never moves
          <li key={index}>
            <label className="ddd-match">
              <input checked={!out.has(index)} onChange={() => onToggle(index)} type="checkbox" />
              <span>
                <span className="ddd-where">
                  {change.title} · {change.what}
                </span>
                <del>{change.before}</del>
                <ins>{change.after}</ins>
              </span>
            </label>
          </li>
        ))}
      </ul>
    </section>
  );
}
