import * as React from "react";
import { LAST_COMMIT, STAGED } from "../diff/tokens";
import { counted } from "../page/words";
import { Words } from "../panel/flows/FlowItem";
import { type Action, ActionButton, Failure, useAction } from "../panel/parts/action";
import { Section } from "../panel/parts/Section";
import type { GitArea, GitFile } from "../protocol";
import type { GitModel } from "./model";

const TITLES: Readonly<Record<GitArea, string>> = {
  conflicts: "In conflict",
  staged: "Staged",
  changed: "Changed",
  untracked: "New to Git",
};
const ORDER = Object.keys(TITLES) as GitArea[];
const STATES: Readonly<Record<string, string>> = {
  added: "new",
  removed: "removed",
  renamed: "renamed",
  unreadable: "cannot be read",
  conflict: "conflict",
};

/** The files of the design that differ from the last commit, by where they differ. */
export function Files({ model }: { readonly model: GitModel }) {
  const files = model.state?.files ?? [];
  if (files.length === 0) {
    return model.state?.commit === "" ? null : (
      <p className="ddd-lab-hint">Nothing differs from the last commit.</p>
    );
  }
  return (
    <>
      {ORDER.map((area) => (
        <Area
          area={area}
          files={files.filter((file) => file.area === area)}
          key={area}
          model={model}
        />
      ))}
    </>
  );
}

interface AreaProps {
  readonly model: GitModel;
  readonly area: GitArea;
  readonly files: readonly GitFile[];
}

function Area({ model, area, files }: AreaProps) {
  const action = useAction();
  if (files.length === 0) {
    return null;
  }
  const staged = area === "staged";
  const move = async () => void (await model.act(pathOf(area), { paths: pathsOf(files) }));
  return (
    <Section className="ddd-lab-area" count={files.length} title={TITLES[area]}>
      {files.length > 1 && area !== "conflicts" && (
        <ActionButton
          action={action}
          cannot={model.cannotWrite}
          look="link"
          name={`${verb(area)} all`}
          work={move}
        >
          {verb(area)} all
        </ActionButton>
      )}
      <Failure action={action} />
      <ul className="ddd-lab-list">
        {files.map((file) => (
          <File action={action} file={file} key={file.path} model={model} staged={staged} />
        ))}
      </ul>
    </Section>
  );
}

interface FileProps {
  readonly model: GitModel;
  readonly file: GitFile;
  readonly staged: boolean;
  readonly action: Action;
}

/** One file: its changes unfold in words; it is staged, unstaged, or discarded. */
function File({ model, file, staged, action }: FileProps) {
  const [open, setOpen] = React.useState(file.area === "conflicts");
  const id = React.useId();
  const name = file.name;
  const at = placeOf(file);
  const { root } = model.service;
  const versions = staged ? { old: LAST_COMMIT, new: STAGED } : {};
  const { openDesign, resolveMerge, showDifference } = model.shell;
  return (
    <li className="ddd-lab-flow" data-path={file.path}>
      <div className="ddd-lab-flow-head">
        <button
          aria-controls={id}
          aria-expanded={open}
          className="ddd-lab-unfold"
          onClick={() => setOpen(!open)}
          title={file.path}
          type="button"
        >
          <span aria-hidden>{open ? "▾" : "▸"}</span>
          <span>
            {name} <span className="ddd-lab-meta">{summaryOf(file)}</span>
          </span>
        </button>
        {!staged && file.area !== "conflicts" && (
          <Sign
            action={action}
            cannot={model.cannotWrite}
            name={`Discard the changes of ${name}`}
            sign="↶"
            work={() => model.discard([file.path])}
          />
        )}
        <Sign
          action={action}
          cannot={model.cannotWrite}
          name={`${verb(file.area)} ${name}`}
          sign={staged ? "−" : "+"}
          work={async () => void (await model.act(pathOf(file.area), { paths: pathsOf([file]) }))}
        />
      </div>
      <div hidden={!open} id={id}>
        <Words lines={file.words} />
        {file.words.length === 0 && (
          <p className="ddd-lab-hint">{STATES[file.state] ?? "Nothing to tell."}</p>
        )}
        <div className="ddd-lab-row">
          {file.area === "conflicts" && resolveMerge !== undefined && (
            <ActionButton
              action={action}
              look="link"
              name={`Choose the versions of ${name}`}
              work={() => resolveMerge(root, file.path)}
            >
              Choose versions…
            </ActionButton>
          )}
          {at !== null && file.state !== "removed" && openDesign !== undefined && (
            <ActionButton
              action={action}
              look="link"
              name={`Open ${name}`}
              work={() => openDesign(root, at)}
            >
              Open
            </ActionButton>
          )}
          {showDifference !== undefined && file.area !== "conflicts" && (
            <ActionButton
              action={action}
              look="link"
              name={`Show as picture: ${name}`}
              work={() => showDifference(root, file.flow || file.path, versions)}
            >
              Show as picture
            </ActionButton>
          )}
          <ActionButton
            action={action}
            look="link"
            name={`History of ${name}`}
            work={() => model.showHistory(file.flow || file.path)}
          >
            History
          </ActionButton>
        </div>
      </div>
    </li>
  );
}

interface SignProps {
  readonly action: Action;
  readonly cannot: string;
  readonly name: string;
  readonly sign: string;
  readonly work: () => Promise<void>;
}

function Sign({ action, cannot, name, sign, work }: SignProps) {
  return (
    <button
      aria-busy={action.busy}
      aria-disabled={action.busy || cannot !== ""}
      aria-label={name}
      className="ddd-lab-quiet"
      onClick={() => cannot === "" && action.go(work)}
      title={cannot || name}
      type="button"
    >
      <span aria-hidden>{sign}</span>
    </button>
  );
}

function verb(area: GitArea): string {
  return area === "staged" ? "Unstage" : "Stage";
}

function pathOf(area: GitArea): "git/stage" | "git/unstage" {
  return area === "staged" ? "git/unstage" : "git/stage";
}

/** Where the design shows a file; null where it is none of a flow, a domain or the system. */
function placeOf({ flow, path }: GitFile): string | null {
  const [, domain] = path.match(/^specs\/domains\/([^/]+)\/domain\.yaml$/u) ?? [];
  return flow || (domain ?? (path.startsWith("specs/system") ? "" : null));
}

/** The paths that go along: a renamed file is two of them. */
function pathsOf(files: readonly GitFile[]): string[] {
  return files.flatMap(({ path, was }) => (was === "" ? [path] : [path, was]));
}

function summaryOf({ state, words }: GitFile): string {
  return STATES[state] ?? counted(words.length, "change");
}
