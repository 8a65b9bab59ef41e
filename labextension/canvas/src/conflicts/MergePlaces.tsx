import { useState } from "react";
import { useId } from "../ids";
import { Refusal } from "../panels/Refusal";
import { ToolButton } from "../panels/ToolButton";
import type { Operations } from "../protocol";
import { useSession, useView } from "../state/session";
import { useAsking } from "../state/useAsking";
import { useAttempt } from "../state/useAttempt";
import style from "./conflicts.css";

type Place = Operations["merge_places"]["result"]["places"][number];
type Choice = Operations["resolve_merge"]["args"]["choices"][number];

const VERSIONS: Readonly<Record<Choice, string>> = {
  current: "Current",
  incoming: "Incoming",
  base: "Base (before both)",
};

/** A place with its versions: once they change, it is to be chosen again. */
const keyOf = (place: Place) => JSON.stringify(place);

/** Every place that both sides of a merge changed, with the versions to choose from. */
export function MergePlaces({ path }: { path: string }) {
  const session = useSession();
  const merging = useView((state) => state.sheet?.head.status.merging) ?? [];
  const rev = useView((state) => state.sheet?.head.rev);
  const { result, error } = useAsking("merge_places", { path }, 0, rev);
  const { busy, error: refusal, run } = useAttempt();
  const [chosen, setChosen] = useState<Readonly<Record<string, Choice>>>({});
  const others = merging.filter((other) => other !== path);
  if (others.length === merging.length) {
    return <Over />;
  }
  if (!result) {
    return error ? <Refusal error={error} /> : <p className="ddd-quiet">Reading…</p>;
  }
  const { places } = result;
  const choices = places
    .map((place) => chosen[keyOf(place)])
    .filter((choice) => choice !== undefined);
  const left = places.length - choices.length;
  const all = (choice: Choice) => () =>
    setChosen(Object.fromEntries(places.map((place) => [keyOf(place), choice])));
  const resolve = async (stage: boolean) => {
    if (await run(() => session.call("resolve_merge", { path, choices, stage }))) {
      const [next] = others;
      session.dialog(next ? { kind: "merge", path: next } : null);
    }
  };
  return (
    <>
      <style>{style}</style>
      <p>
        Choose a version in each place; all else is merged. Incoming is what the merge brings; in a
        rebase, that is your own commit. Undo brings the markers back.
      </p>
      <div className="ddd-merge-all">
        <ToolButton label="All current" onPress={all("current")} text />
        <ToolButton label="All incoming" onPress={all("incoming")} text />
      </div>
      {places.map((place) => (
        <MergePlace
          choice={chosen[keyOf(place)]}
          key={place.line}
          onChoose={(choice) => setChosen({ ...chosen, [keyOf(place)]: choice })}
          place={place}
        />
      ))}
      <Refusal error={refusal} />
      <p aria-live="polite" className="ddd-quiet">
        {left ? `${left} of ${places.length} left to choose` : "Every place is chosen"}
        {others.length > 0 ? `. Then comes ${others[0]}` : ""}
      </p>
      <div className="ddd-buttons">
        <ToolButton label="Decide later" onPress={() => session.dialog(null)} text />
        <ToolButton
          busy={busy}
          disabled={left > 0}
          label="Apply"
          onPress={() => void resolve(false)}
          text
        />
        <ToolButton
          busy={busy}
          disabled={left > 0}
          label="Apply, save and stage"
          onPress={() => void resolve(true)}
          primary
          text
          title="Also tells Git that this file is resolved (git add)"
        />
      </div>
    </>
  );
}

/** What was to be chosen is gone: the merge was aborted, or its file was resolved elsewhere. */
function Over() {
  const session = useSession();
  return (
    <>
      <p>
        There is nothing left to choose in this file: it was resolved elsewhere, or the merge was
        aborted.
      </p>
      <div className="ddd-buttons">
        <ToolButton label="Close" onPress={() => session.dialog(null)} text />
      </div>
    </>
  );
}

function MergePlace({
  place,
  choice,
  onChoose,
}: {
  place: Place;
  choice: Choice | undefined;
  onChoose: (choice: Choice) => void;
}) {
  const group = useId();
  const versions = (Object.keys(VERSIONS) as Choice[]).filter((name) => place[name] !== null);
  return (
    <fieldset className="ddd-merge">
      <legend>
        {place.words} <span className="ddd-quiet">line {place.line}</span>
      </legend>
      {versions.map((name) => (
        <label className="ddd-merge-version" data-chosen={name === choice} key={name}>
          <span>
            <input
              checked={name === choice}
              name={group}
              onChange={() => onChoose(name)}
              type="radio"
            />
            {VERSIONS[name]}
          </span>
          <code>{place[name]?.replace(/^\n+|\n+$/g, "") || "(nothing: it was removed)"}</code>
        </label>
      ))}
    </fieldset>
  );
}
