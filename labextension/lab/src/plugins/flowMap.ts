import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin,
} from "@jupyterlab/application";
import { ICommandPalette, WidgetTracker } from "@jupyterlab/apputils";
import { AT, ROOT, schema, textOf } from "../commands/arguments";
import { rootOf } from "../commands/root";
import { FlowMapTab } from "../flowMap/tab";
import { IDesignService } from "../service/tokens";

const COMMAND = "ddd-lab:open-flow-map";
/** The map of all flows in a tab of its own; one for each project. */
export const flowMap: JupyterFrontEndPlugin<void> = {
  id: "ddd-lab:flow-map",
  description: "Shows all flows of a design and what links them on one map.",
  autoStart: true,
  requires: [IDesignService],
  optional: [ICommandPalette, ILayoutRestorer],
  activate: (
    app: JupyterFrontEnd,
    service: IDesignService,
    palette: ICommandPalette | null,
    restorer: ILayoutRestorer | null,
  ) => {
    const tabs = new WidgetTracker<FlowMapTab>({ namespace: "ddd-lab-flow-map" });
    app.commands.addCommand(COMMAND, {
      label: "Open the Flow Map",
      caption: "All flows of a design on one map, or where one of them leads",
      describedBy: { args: schema({ root: ROOT, at: AT }) },
      execute: async (args) => {
        const at = args.at === "" ? "" : (textOf(args, "at", AT) ?? "");
        const root = await rootOf(args, service);
        let tab = tabs.find((one) => one.root === root);
        if (!tab) {
          tab = new FlowMapTab(app, service, root);
          app.shell.add(tab, "main");
          await tabs.add(tab);
        }
        app.shell.activateById(tab.id);
        await tab.goTo(at);
      },
    });
    palette?.addItem({ command: COMMAND, category: "DDD Lab" });
    void restorer?.restore(tabs, {
      command: COMMAND,
      args: ({ root }) => ({ root }),
      name: ({ root }) => root,
    });
  },
};
