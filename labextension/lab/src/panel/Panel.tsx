import * as React from "react";
import { FlowsTab } from "./flows/FlowsTab";
import { HistoryTab } from "./history/HistoryTab";
import type { PanelModel } from "./model";
import { ActionButton, Alert, useAction } from "./parts/action";
import { Header } from "./parts/Header";
import { ShownContext } from "./parts/shown";
import { Tabs } from "./parts/Tabs";
import { useKeptFocus } from "./parts/useKeptFocus";
import { PromptTab } from "./prompt/PromptTab";
import { RunTab } from "./run/RunTab";
import type { Tab } from "./sheet";

const CONTENTS: Record<Tab, React.ComponentType> = {
  flows: FlowsTab,
  prompt: PromptTab,
  run: RunTab,
  history: HistoryTab,
};

/** The Implementation panel: from a design to its code, and how the two stand to each other. */
export function Panel({ model }: { readonly model: PanelModel }) {
  const frame = React.useRef<HTMLElement>(null);
  useKeptFocus(frame, ".ddd-lab-body");
  return (
    <section aria-label="Implementation" className="ddd-lab-frame" ref={frame}>
      <Header model={model} />
      <div aria-live="polite" className="ddd-lab-said" role="status">
        {model.said}
      </div>
      <Body model={model} />
    </section>
  );
}

function Body({ model }: { readonly model: PanelModel }) {
  const { service } = model;
  const shown = React.useMemo(
    () => (service.state === null ? null : { model, state: service.state }),
    [model, service.state],
  );
  if (shown !== null) {
    const Content = CONTENTS[model.sheet.tab];
    return (
      <ShownContext.Provider value={shown}>
        <Troubles lines={[model.sheet.failure, service.trouble, ...shown.state.problems]} />
        <Tabs model={model}>
          <Content key={shown.state.root} />
        </Tabs>
      </ShownContext.Provider>
    );
  }
  if (service.trouble !== "") {
    return <Unreachable model={model} />;
  }
  if (service.projects?.length === 0 && service.root === "") {
    return <NoProject model={model} />;
  }
  return <p className="ddd-lab-hint">Looking at the project…</p>;
}

function Troubles({ lines }: { readonly lines: readonly string[] }) {
  const shown = lines.filter((line) => line !== "");
  return (
    <>
      {shown.map((line) => (
        <Alert key={line}>{line}</Alert>
      ))}
    </>
  );
}

function Unreachable({ model }: { readonly model: PanelModel }) {
  const action = useAction();
  return (
    <div className="ddd-lab-body">
      <Alert>{model.service.trouble}</Alert>
      <ActionButton action={action} work={() => model.service.reload()}>
        Try again
      </ActionButton>
    </div>
  );
}

function NoProject({ model }: { readonly model: PanelModel }) {
  const action = useAction();
  return (
    <div className="ddd-lab-body">
      <p>There is no design below the folder that JupyterLab shows.</p>
      <p className="ddd-lab-hint">
        A design is a folder that holds <code>specs/</code>. Put one there, or open one in a
        notebook with <code>ddd_lab.open("path/to/project").canvas()</code>.
      </p>
      <ActionButton action={action} work={() => model.service.reload()}>
        Look again
      </ActionButton>
    </div>
  );
}
