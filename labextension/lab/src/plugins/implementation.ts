import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin,
} from "@jupyterlab/application";
import { words } from "../page/words";
import { PanelModel } from "../panel/model";
import { Place } from "../panel/place";
import { hostIn } from "../panel/shell";
import { IImplementationPanel } from "../panel/tokens";
import { ImplementationWidget } from "../panel/widget";
import { IDesignService } from "../service/tokens";

/** The Implementation panel, in the right sidebar or in the main area. */
export const implementation: JupyterFrontEndPlugin<IImplementationPanel> = {
  id: "ddd-lab:implementation",
  description: "Shows prompts, runs of Claude Code, tests, and which code is stale.",
  autoStart: true,
  requires: [IDesignService],
  optional: [ILayoutRestorer],
  provides: IImplementationPanel,
  activate: (app: JupyterFrontEnd, service: IDesignService, restorer: ILayoutRestorer | null) => {
    const host = hostIn(app);
    const model = new PanelModel(service, { ...host, move: () => place.move() });
    const widget = new ImplementationWidget(model);
    const place = new Place(app.shell, widget);
    place.add();
    restorer?.add(widget, widget.id);
    return {
      toggle: () => place.toggle(),
      show: () => place.show(),
      open: async (root) => {
        place.show();
        await service.choose(root);
      },
      build: async (root, wanted) => {
        place.show();
        const own = await service.choose(root);
        await model.build([wanted], own).catch((error: unknown) => model.fail(words(error), own));
      },
      showDrift: async (root, flow) => {
        place.show();
        model.showDrift(flow, await service.choose(root));
      },
      openTerminal: async (run) => {
        const { brief } = await service.requests.ask("run", run);
        await host.openTerminal(brief.terminal);
      },
    };
  },
};
