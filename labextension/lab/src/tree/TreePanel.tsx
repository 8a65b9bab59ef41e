import type * as React from "react";
import { ActionButton, Alert, Button, useAction } from "../panel/parts/action";
import { ProjectPicker, projectsOf } from "../panel/parts/ProjectPicker";
import type { TreeModel } from "./model";
import { TreeView } from "./TreeView";

/** The sidebar with the tree: which design, a filter, and its domains, flows and schemas. */
export function TreePanel({ model }: { readonly model: TreeModel }) {
  const { service, state } = model.tree;
  const name = projectsOf(service).length > 1 ? "Design" : (state?.name ?? "Design");
  return (
    <section aria-label="Design" className="ddd-lab-frame">
      <div className="ddd-lab-head">
        <h2 title={service.root}>{name}</h2>
        <ProjectPicker service={service} />
      </div>
      {model.failure !== "" && <Alert>{model.failure}</Alert>}
      <Body model={model} />
    </section>
  );
}

function Body({ model }: { readonly model: TreeModel }): React.ReactElement {
  const { service, state, trouble } = model.tree;
  if (state !== null) {
    return <Content model={model} />;
  }
  if (trouble !== "") {
    return <Unreachable model={model} />;
  }
  if (service.projects?.length === 0 && service.root === "") {
    return <NoDesign model={model} />;
  }
  return <p className="ddd-lab-hint ddd-lab-body">Looking at the design…</p>;
}

function Content({ model }: { readonly model: TreeModel }) {
  const { state, trouble } = model.tree;
  const lines = [trouble, ...(state?.troubles ?? [])].filter((line) => line !== "");
  const [line] = lines;
  return (
    <>
      {line !== undefined && (
        <Alert>{lines.length > 1 ? `${line} (and ${lines.length - 1} more)` : line}</Alert>
      )}
      <Filter model={model} />
      {model.rows.length === 0 ? (
        <p className="ddd-lab-hint ddd-lab-body">Nothing is called “{model.filter}”.</p>
      ) : (
        <TreeView model={model} />
      )}
    </>
  );
}

function Filter({ model }: { readonly model: TreeModel }) {
  const onKeyDown = (event: React.KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "ArrowDown") {
      event.preventDefault();
      const panel = event.currentTarget.closest(".ddd-lab-frame");
      panel?.querySelector<HTMLElement>('[role="tree"]')?.focus();
    } else if (event.key === "Escape" && model.filter !== "") {
      event.preventDefault();
      model.setFilter("");
    }
  };
  return (
    <div className="ddd-lab-tree-filter">
      <input
        aria-label="Filter the design"
        onChange={(event) => model.setFilter(event.target.value)}
        onKeyDown={onKeyDown}
        placeholder="Filter by name"
        type="search"
        value={model.filter}
      />
    </div>
  );
}

function Unreachable({ model }: { readonly model: TreeModel }) {
  const action = useAction();
  return (
    <div className="ddd-lab-body">
      <Alert>{model.tree.trouble}</Alert>
      <ActionButton action={action} work={() => model.tree.refresh()}>
        Try again
      </ActionButton>
    </div>
  );
}

function NoDesign({ model }: { readonly model: TreeModel }) {
  return (
    <div className="ddd-lab-body">
      <p>There is no design below the folder that JupyterLab shows.</p>
      <div className="ddd-lab-row">
        <Button onClick={() => void model.execute("ddd-lab:choose-design", {})}>
          Open a design…
        </Button>
        {model.host.hasCommand("ddd-lab:new-design") && (
          <Button look="main" onClick={() => void model.execute("ddd-lab:new-design", {})}>
            New design…
          </Button>
        )}
      </div>
    </div>
  );
}
