import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import { IStatusBar } from "@jupyterlab/statusbar";
import { OPEN_DESIGN } from "../commands/places";
import { type Entries, type Entry, openMenu } from "../service/menu";
import { notifyFailure } from "../service/notify";
import { IDesignTree } from "../service/tokens";
import { StatusItem, StatusModel } from "../status/item";

/** One item in the status bar: the design, and what of it needs a look. */
export const statusBar: JupyterFrontEndPlugin<void> = {
  id: "ddd-lab:status-bar",
  description: "Shows in the status bar what of the current design is unsaved, wrong or stale.",
  autoStart: true,
  requires: [IDesignTree],
  optional: [IStatusBar],
  activate: (app: JupyterFrontEnd, tree: IDesignTree, bar: IStatusBar | null) => {
    if (bar === null) {
      return;
    }
    // What it says costs the server a look at the files: JupyterLab is to be there first.
    void app.restored.then(() => addItem(app, tree, bar));
  },
};

function addItem({ commands }: JupyterFrontEnd, tree: IDesignTree, bar: IStatusBar): void {
  const run = ({ command, args }: Entry) => {
    notifyFailure(commands.execute(command, args));
  };
  const model = new StatusModel(tree);
  const item = new StatusItem(model, ({ left, top }) => {
    const known = entriesOf(tree.service.root).map((group) =>
      group.filter(({ command }) => commands.hasCommand(command)),
    );
    openMenu(known, { x: left, y: top }, run);
  });
  bar.registerStatusItem(statusBar.id, {
    item,
    align: "left",
    rank: 10,
    priority: 1,
    isActive: () => model.isActive,
    activeStateChanged: model.stateChanged,
  });
}

/** Where the item leads; what no plugin offers is left out. */
function entriesOf(root: string): Entries {
  return [
    [
      { label: "System Map", command: OPEN_DESIGN, args: { root, at: "" } },
      { label: "Problems", command: "ddd-lab:show-problems", args: { root } },
      { label: "Tree of the design", command: "ddd-lab:toggle-tree", args: {} },
      { label: "Implementation panel", command: "ddd-lab:toggle-implementation", args: { root } },
      { label: "Git", command: "ddd-lab:toggle-git", args: {} },
      { label: "Flow Map", command: "ddd-lab:open-flow-map", args: { root } },
    ],
    [
      { label: "Open a design…", command: "ddd-lab:choose-design", args: {} },
      { label: "New design…", command: "ddd-lab:new-design", args: {} },
    ],
  ];
}
