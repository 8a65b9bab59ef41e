import * as React from "react";
import { ActionButton, Alert, Failure, useAction } from "../panel/parts/action";
import { ProjectPicker, projectsOf } from "../panel/parts/ProjectPicker";
import { useKeptFocus } from "../panel/parts/useKeptFocus";
import { CommitBox } from "./CommitBox";
import { Files } from "./Files";
import { History } from "./History";
import type { GitModel } from "./model";
import { Notices } from "./Notices";

/** The Git panel: what of a design is committed, and what is not. */
export function GitPanel({ model }: { readonly model: GitModel }) {
  const frame = React.useRef<HTMLElement>(null);
  useKeptFocus(frame, ".ddd-lab-body");
  return (
    <section aria-label="Git" className="ddd-lab-frame ddd-lab-git" ref={frame}>
      <Head model={model} />
      <div className="ddd-lab-body" tabIndex={-1}>
        <Body model={model} />
      </div>
    </section>
  );
}

function Head({ model }: { readonly model: GitModel }) {
  const { service } = model;
  const projects = projectsOf(service);
  return (
    <div className="ddd-lab-head">
      <h2 title={service.root}>{projects.length > 1 ? "Git" : (projects[0]?.name ?? "Git")}</h2>
      <ProjectPicker service={service} />
    </div>
  );
}

function Body({ model }: { readonly model: GitModel }) {
  const { service, state } = model;
  const trouble = model.trouble || service.trouble;
  if (trouble !== "") {
    return <Trouble model={model} text={trouble} />;
  }
  if (service.projects?.length === 0 && service.root === "") {
    return (
      <p className="ddd-lab-hint">
        There is no design below the folder that JupyterLab shows. Open one, and this panel shows
        what of it is committed.
      </p>
    );
  }
  if (state === null) {
    return <p className="ddd-lab-hint">Looking at the repository…</p>;
  }
  if (model.isHistoryOnly) {
    return (
      <>
        <Done model={model} />
        <History model={model} />
      </>
    );
  }
  return (
    <>
      <Done model={model} />
      {state.repository && <Branch model={model} />}
      <Notices model={model} />
      {state.repository && (
        <>
          <Files model={model} />
          <CommitBox model={model} />
          <History model={model} />
        </>
      )}
    </>
  );
}

function Trouble({ model, text }: { readonly model: GitModel; readonly text: string }) {
  const action = useAction();
  const again = async () => {
    await model.service.reload();
    await model.refresh();
  };
  return (
    <>
      <Alert>{text}</Alert>
      <ActionButton action={action} work={again}>
        Try again
      </ActionButton>
    </>
  );
}

/** What was done last, and the way back. */
function Done({ model }: { readonly model: GitModel }) {
  const action = useAction();
  return (
    <>
      <div className={model.lastDone === "" ? "ddd-lab-said" : "ddd-lab-done"}>
        <span role="status">{model.lastDone}</span>{" "}
        {model.discarded.length > 0 && (
          <ActionButton action={action} name="Undo: put it back" work={() => model.putBack()}>
            Undo
          </ActionButton>
        )}
      </div>
      <Failure action={action} />
    </>
  );
}

/** The branch, how far it is from the other side, and the ways there. */
function Branch({ model }: { readonly model: GitModel }) {
  const action = useAction();
  const { state } = model;
  if (state === null) {
    return null;
  }
  const has = (id: string) => state.notices.some((notice) => notice.id === id);
  const far = [
    state.ahead > 0 ? `${state.ahead} ahead` : "",
    state.behind > 0 ? `${state.behind} behind` : "",
  ].filter((part) => part !== "");
  const level = state.upstream === "" ? "" : `level with ${state.upstream}`;
  const place = far.length > 0 ? `${far.join(", ")} of ${state.upstream}` : level;
  const remote = state.branch !== "" && !has("no_remote");
  return (
    <div className="ddd-lab-branch">
      <p>
        <strong>{state.branch || `no branch (${state.commit.slice(0, 8)})`}</strong>{" "}
        <span className="ddd-lab-meta">{place}</span>
      </p>
      {remote && (
        <div className="ddd-lab-row">
          {state.upstream !== "" && (
            <ActionButton
              action={action}
              cannot={state.cannot.pull}
              work={async () => void (await model.act("git/pull", {}))}
            >
              Pull
            </ActionButton>
          )}
          {state.commit !== "" && (
            <ActionButton
              action={action}
              cannot={state.cannot.push}
              work={async () => void (await model.act("git/push", {}))}
            >
              {state.upstream === "" ? "Publish the branch" : "Push"}
            </ActionButton>
          )}
        </div>
      )}
      <Failure action={action} />
    </div>
  );
}
