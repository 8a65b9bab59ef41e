import * as React from "react";
import { Alert } from "../panel/parts/action";
import type { Field, KitView } from "../protocol";
import type { NewDesignModel } from "./model";

/** What a new design begins with, its name, its folder, and how it is built. */
export function Form({ model }: { readonly model: NewDesignModel }) {
  const [, draw] = React.useReducer((count: number) => count + 1, 0);
  React.useEffect(() => {
    model.changed.connect(draw);
    return () => void model.changed.disconnect(draw);
  }, [model]);
  return (
    <div className="ddd-lab-panel">
      {model.failure === "" ? null : <Alert>{model.failure}</Alert>}
      {model.choices === null ? (
        model.failure === "" && <p role="status">Looking for starter kits …</p>
      ) : (
        <Fields kits={model.choices.kits} model={model} />
      )}
    </div>
  );
}

function Fields({
  model,
  kits,
}: {
  readonly model: NewDesignModel;
  readonly kits: readonly KitView[];
}) {
  const { filled, choices, state } = model;
  const kit = kits.find(({ id }) => id === filled.kit);
  const noGit = choices?.no_git ?? "";
  const inside = state?.in_repository === true;
  const fields = React.useRef<HTMLDivElement>(null);
  // Where a person begins to type, now that there is something to fill in.
  React.useEffect(() => fields.current?.querySelector("input")?.focus(), []);
  return (
    <>
      <div className="ddd-lab-new-fields" ref={fields}>
        <TextField field="name" label="Name" model={model} />
        <TextField field="folder" label="Folder" model={model}>
          {state === null || model.problem("folder") !== "" ? null : state.root}
        </TextField>
        <label>
          Language and framework
          <select
            disabled={kit?.is_sample}
            onChange={(event) => model.fill({ stack: event.target.value })}
            value={kit?.is_sample ? "" : filled.stack}
          >
            {kit?.is_sample ? <option value="">The sample's own</option> : null}
            {choices?.stacks.map(({ id, title }, index) => (
              <option key={id} value={index === 0 ? "" : id}>
                {title}
              </option>
            ))}
          </select>
        </label>
        <div>
          <label className="ddd-lab-new-tick">
            <input
              aria-describedby="ddd-lab-new-git"
              checked={filled.git && noGit === "" && !inside}
              disabled={noGit !== "" || inside}
              onChange={(event) => model.fill({ git: event.target.checked })}
              type="checkbox"
            />
            Begin a Git repository
          </label>
          <div className="ddd-lab-hint" id="ddd-lab-new-git">
            {model.problem("git") ||
              noGit ||
              (inside ? "The folder lies in one already." : "Nothing is committed yet.")}
          </div>
        </div>
      </div>
      <fieldset className="ddd-lab-kits">
        <legend>Begin with</legend>
        {kits.map((one) => (
          <Kit key={one.id} kit={one} model={model} />
        ))}
      </fieldset>
    </>
  );
}

function TextField({
  field,
  label,
  model,
  children,
}: {
  readonly field: Field & ("name" | "folder");
  readonly label: string;
  readonly model: NewDesignModel;
  readonly children?: React.ReactNode;
}) {
  const problem = model.problem(field);
  const id = `ddd-lab-new-${field}`;
  return (
    <div>
      <label htmlFor={`${id}-input`}>{label}</label>
      <input
        aria-describedby={id}
        aria-invalid={problem !== ""}
        autoComplete="off"
        id={`${id}-input`}
        name={field}
        onChange={(event) => model.fill({ [field]: event.target.value })}
        spellCheck={false}
        value={model.filled[field]}
      />
      <div aria-live="polite" className={problem ? "ddd-lab-new-problem" : "ddd-lab-hint"} id={id}>
        {problem || children}
      </div>
    </div>
  );
}

function Kit({ kit, model }: { readonly kit: KitView; readonly model: NewDesignModel }) {
  return (
    <label className="ddd-lab-kit">
      <span className="ddd-lab-kit-head">
        <input
          checked={model.filled.kit === kit.id}
          name="kit"
          onChange={() => model.fill({ kit: kit.id })}
          type="radio"
          value={kit.id}
        />
        <strong>{kit.title}</strong>
      </span>
      <span className="ddd-lab-hint">{kit.summary}</span>
      {kit.map_svg === "" ? null : (
        <img alt="" src={`data:image/svg+xml,${encodeURIComponent(kit.map_svg)}`} />
      )}
    </label>
  );
}
