import * as React from "react";
import type { RunView } from "../../wire";
import { DeedButton, Failure, useDeed } from "../parts/deed";
import { FileLink } from "../parts/FileLinks";
import { useShown } from "../parts/shown";
import { type Choice, choices, confirmed } from "./choices";

/** Which files belong to which flow: proposed from what changed, confirmed by the person. */
export function FilesForm({ run }: { readonly run: RunView }) {
  const { model } = useShown();
  const deed = useDeed();
  const id = React.useId();
  const [chosen, setChosen] = React.useState(() => choices(run));
  const { requests, root } = model.service;
  const { flows } = run.brief;
  if (flows.length === 0) {
    return null;
  }
  const flip = (choice: Choice) =>
    setChosen(chosen.map((one) => (one === choice ? { ...one, on: !one.on } : one)));
  const confirm = async () => {
    await requests.confirm({ root, id: run.brief.id, files: confirmed(chosen) });
    model.announce("The files are recorded");
    await model.service.refresh();
  };
  return (
    <section aria-labelledby={id}>
      <h4 id={id}>{run.brief.confirmed ? "Files, as you confirmed them" : "Files"}</h4>
      {!run.brief.confirmed && (
        <p className="ddd-lab-hint">
          Nothing is recorded before you confirm which files belong here.
        </p>
      )}
      {flows.map((flow) => (
        <fieldset key={flow}>
          <legend>{flow}</legend>
          {chosen
            .filter((choice) => choice.flow === flow)
            .map((choice) => (
              <div className="ddd-lab-file" key={choice.path}>
                <input
                  aria-label={`${choice.path} belongs to ${flow}`}
                  checked={choice.on}
                  onChange={() => flip(choice)}
                  type="checkbox"
                />
                <FileLink file={choice.path} open={deed.go} />
                {choice.mark !== "" && <span className="ddd-lab-meta">{choice.mark}</span>}
              </div>
            ))}
          <AddFile
            flow={flow}
            onAdd={(path) => setChosen([...chosen, { flow, path, on: true, mark: "added by you" }])}
            taken={chosen.filter((one) => one.flow === flow).map((one) => one.path)}
          />
        </fieldset>
      ))}
      <div className="ddd-lab-row">
        <DeedButton deed={deed} look={!run.brief.confirmed ? "main" : "plain"} work={confirm}>
          {run.brief.confirmed ? "Confirm anew" : "Confirm"}
        </DeedButton>
      </div>
      <Failure deed={deed} />
    </section>
  );
}

interface AddProps {
  readonly flow: string;
  readonly taken: readonly string[];
  readonly onAdd: (path: string) => void;
}

function AddFile({ flow, taken, onAdd }: AddProps) {
  const [path, setPath] = React.useState("");
  const wanted = path.trim();
  const there = taken.includes(wanted);
  return (
    <form
      className="ddd-lab-row"
      onSubmit={(event) => {
        event.preventDefault();
        onAdd(wanted);
        setPath("");
      }}
    >
      <input
        aria-label={`Another file of ${flow}`}
        onChange={(event) => setPath(event.target.value)}
        placeholder="src/another_file.py"
        value={path}
      />
      <button className="ddd-lab-button" disabled={wanted === "" || there} type="submit">
        Add
      </button>
      {there && <span className="ddd-lab-meta">is in the list</span>}
    </form>
  );
}
