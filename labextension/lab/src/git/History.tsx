import { NOTHING } from "../diff/tokens";
import { Words } from "../panel/flows/FlowItem";
import { ActionButton, Failure, useAction } from "../panel/parts/action";
import { moment } from "../panel/parts/moment";
import { Section } from "../panel/parts/Section";
import type { GitVersion } from "../protocol";
import type { GitModel } from "./model";

/** The versions of one flow in words; an older one can be restored, and shown as a picture. */
export function History({ model }: { readonly model: GitModel }) {
  const flows = model.service.state?.flows.map(({ key }) => key) ?? [];
  const choices = model.flow === "" || flows.includes(model.flow) ? flows : [model.flow, ...flows];
  const { history } = model;
  const versions = history?.versions ?? [];
  return (
    <Section title="History">
      <select
        aria-label="History of"
        onChange={(event) => void model.showHistory(event.target.value)}
        value={model.flow}
      >
        <option value="">Choose a flow…</option>
        {choices.map((key) => (
          <option key={key} value={key}>
            {key}
          </option>
        ))}
      </select>
      {model.flow !== "" && history === null && <p className="ddd-lab-hint">Looking…</p>}
      {history !== null && versions.length === 0 && (
        <p className="ddd-lab-hint">It was never committed.</p>
      )}
      <ol className="ddd-lab-list">
        {versions.map((version, index) => (
          <Version
            earlier={versions[index + 1]?.commit}
            key={version.commit}
            model={model}
            version={version}
          />
        ))}
      </ol>
    </Section>
  );
}

interface VersionProps {
  readonly model: GitModel;
  readonly version: GitVersion;
  /** The version before it, if there was one. */
  readonly earlier: string | undefined;
}

function Version({ model, version, earlier }: VersionProps) {
  const action = useAction();
  const show = model.shell.showDifference;
  const old = version.state === "added" ? NOTHING : earlier;
  const { commit, subject } = version;
  const short = commit.slice(0, 8);
  return (
    <li className="ddd-lab-flow" data-commit={commit}>
      <strong>{subject}</strong>
      <p className="ddd-lab-meta">
        {version.author}, {moment(version.at)}, {short}
        {version.state !== "changed" && `, ${version.state}`}
      </p>
      <Words lines={version.words} />
      <div className="ddd-lab-row">
        {version.state !== "removed" && (
          <ActionButton
            action={action}
            cannot={model.design === null ? model.cannotWrite : ""}
            name={`Restore: ${subject} (${short})`}
            work={() => model.restore(commit)}
          >
            Restore
          </ActionButton>
        )}
        {show !== undefined && old !== undefined && (
          <ActionButton
            action={action}
            name={`Show as picture: ${subject} (${short})`}
            work={() => show(model.service.root, model.flow, { old, new: commit })}
          >
            Show as picture
          </ActionButton>
        )}
      </div>
      <Failure action={action} />
    </li>
  );
}
