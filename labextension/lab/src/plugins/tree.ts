import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin,
} from "@jupyterlab/application";
import { ICommandPalette } from "@jupyterlab/apputils";
import { ISettingRegistry } from "@jupyterlab/settingregistry";
import { schema } from "../commands/arguments";
import { run } from "../commands/places";
import { IDesignDocuments } from "../document/tokens";
import { designIcon } from "../icons";
import { openMenu } from "../service/menu";
import { IDesignTree } from "../service/tokens";
import { entriesOf } from "../tree/entries";
import { TreeModel } from "../tree/model";
import { TreeWidget } from "../tree/widget";

const SHOW_TREE = "ddd-lab:toggle-tree";
/** Between the file browser with its like, and extensions that say nothing. */
const RANK = 520;

/** Shells whose left sidebar can be folded. */
interface Foldable {
  collapseLeft?(): void;
}

/** The tree of the current design, in the left sidebar. */
export const tree: JupyterFrontEndPlugin<void> = {
  id: "ddd-lab:tree",
  description: "Shows the domains, flows and schemas of a design in the left sidebar.",
  autoStart: true,
  requires: [IDesignTree],
  optional: [IDesignDocuments, ILayoutRestorer, ICommandPalette, ISettingRegistry],
  activate: (
    app: JupyterFrontEnd,
    designTree: IDesignTree,
    documents: IDesignDocuments | null,
    restorer: ILayoutRestorer | null,
    palette: ICommandPalette | null,
    settings: ISettingRegistry | null,
  ) => {
    const { commands, shell } = app;
    const model = new TreeModel(designTree, {
      execute: (command, args) => run(commands, command, args),
      hasCommand: (command) => commands.hasCommand(command),
      showMenu: (row, x, y) =>
        openMenu(
          entriesOf(designTree.service.root, row).map((group) =>
            group.filter(({ command }) => commands.hasCommand(command)),
          ),
          { x, y },
          ({ command, args }) => void model.execute(command, args),
        ),
    });
    const widget = new TreeWidget(model);
    shell.add(widget, "left", { rank: RANK });
    restorer?.add(widget, widget.id);
    commands.addCommand(SHOW_TREE, {
      label: "Show or Hide the Tree of the Design",
      caption: "The domains, flows and schemas of the current design",
      icon: designIcon,
      describedBy: { args: schema({}) },
      execute: () => {
        // Where it is in view but without the focus, it is the focus that one comes for.
        if (widget.isVisible && widget.node.contains(document.activeElement)) {
          (shell as Foldable).collapseLeft?.();
        } else {
          shell.activateById(widget.id);
        }
      },
    });
    palette?.addItem({ command: SHOW_TREE, category: "DDD Lab" });
    follow(app, model, documents, settings);
  },
};

/** Keep the tree at the place that a person looks at, unless the settings say otherwise. */
function follow(
  app: JupyterFrontEnd,
  model: TreeModel,
  documents: IDesignDocuments | null,
  registry: ISettingRegistry | null,
): void {
  let follows = true;
  void registry
    ?.load(tree.id)
    .then((settings) => {
      const read = () => {
        follows = settings.get("followCurrentFile").composite === true;
      };
      settings.changed.connect(read);
      read();
    })
    .catch(() => undefined); // without its settings, the tree follows
  let followed: string | null = null;
  const followTab = () => {
    const tab = documents?.current;
    // Of what else changes in a tab, who walks through the tree takes no notice.
    if (follows && tab && tab.at !== followed) {
      followed = tab.at;
      model.reveal(tab.at);
    }
  };
  documents?.currentChanged.connect((_, tab) => void tab?.changed.connect(followTab));
  app.shell.currentChanged?.connect((_, { newValue }) => {
    const path = (newValue as { context?: { path?: unknown } } | null)?.context?.path;
    if (follows && typeof path === "string") {
      model.revealFile(path);
    } else if (newValue !== null && newValue === documents?.current) {
      followed = null;
      followTab();
    }
  });
}
