import * as React from "react";
import type { Action } from "../parts/action";
import { FileLink } from "../parts/FileLinks";
import type { Change, Choice } from "./choices";

interface Props {
  readonly flow: string;
  readonly choices: readonly Choice[];
  readonly onChange: (change: Change) => void;
  readonly open: Action["go"];
}

/** The files that may belong to a flow, to be ticked, and one more to be added. */
export function FlowFiles({ flow, choices, onChange, open }: Props) {
  return (
    <fieldset>
      <legend>{flow}</legend>
      {choices.map((choice) => (
        <div className="ddd-lab-file" key={choice.path}>
          <label className="ddd-lab-tick">
            <input
              aria-label={`${choice.path} belongs to ${flow}`}
              checked={choice.on}
              onChange={() => onChange({ ...choice, on: !choice.on })}
              type="checkbox"
            />
          </label>
          <FileLink file={choice.path} open={open} />
          {choice.mark !== "" && <span className="ddd-lab-meta">{choice.mark}</span>}
        </div>
      ))}
      <AddFile
        flow={flow}
        onAdd={(path) => onChange({ flow, path, on: true })}
        taken={choices.map((choice) => choice.path)}
      />
    </fieldset>
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
