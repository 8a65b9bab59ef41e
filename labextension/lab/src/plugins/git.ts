import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin,
} from "@jupyterlab/application";
import { ICommandPalette } from "@jupyterlab/apputils";
import { FLOW, ROOT, schema, textOf } from "../commands/arguments";
import { rootOf } from "../commands/root";
import { IDesignDocuments } from "../document/tokens";
import { GitModel } from "../git/model";
import { shellIn } from "../git/shell";
import { IGitPanel } from "../git/tokens";
import { GitWidget } from "../git/widget";
import { IDesignService } from "../service/tokens";

/** The Git panel: status, commits and history of a design, in its own words. */
export const git: JupyterFrontEndPlugin<IGitPanel> = {
  id: "ddd-lab:git",
  description: "Shows what of a design is committed and what is not, in the words of the design.",
  autoStart: true,
  requires: [IDesignService],
  optional: [IDesignDocuments, ILayoutRestorer, ICommandPalette],
  provides: IGitPanel,
  activate: (
    app: JupyterFrontEnd,
    service: IDesignService,
    documents: IDesignDocuments | null,
    restorer: ILayoutRestorer | null,
    palette: ICommandPalette | null,
  ) => {
    const { commands, shell } = app;
    const model = new GitModel(service, shellIn(app, documents));
    const widget = new GitWidget(model);
    documents?.currentChanged.connect((_, tab) => {
      tab?.changed.connect(model.onDesignChanged, model);
      model.onDesignChanged();
    });
    shell.add(widget, "left", { rank: 620 });
    restorer?.add(widget, widget.id);
    const show = () => shell.activateById(widget.id);
    const panel: IGitPanel = {
      toggle: () => {
        if (widget.isVisible) {
          (shell as JupyterFrontEnd.IShell & { collapseLeft?(): void }).collapseLeft?.();
        } else {
          show();
        }
      },
      open: async (root) => {
        show();
        await service.choose(root);
      },
      showHistory: async (root, flow) => {
        show();
        await service.choose(root);
        await model.showHistory(flow);
      },
    };
    commands.addCommand("ddd-lab:toggle-git", {
      label: "Show or Hide the Design's Versions (Git)",
      caption: "What is changed, staged and committed, in words",
      describedBy: { args: schema({ root: ROOT }) },
      execute: async (args) => {
        const root = textOf(args, "root", ROOT);
        await (root === undefined || root === service.root ? panel.toggle() : panel.open(root));
      },
    });
    commands.addCommand("ddd-lab:show-history", {
      label: "Show the History of a Flow",
      caption: "The versions of a flow in words, and the way back to each",
      describedBy: { args: schema({ root: ROOT, flow: FLOW }, ["flow"]) },
      execute: async (args) =>
        await panel.showHistory(await rootOf(args, service), textOf(args, "flow", FLOW) ?? ""),
    });
    palette?.addItem({ command: "ddd-lab:toggle-git", category: "DDD Lab" });
    return panel;
  },
};
