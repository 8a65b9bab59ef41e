import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import type { Widget } from "@lumino/widgets";
import { DesignService } from "../service/design";
import { Requests } from "../service/requests";
import { IDesignService, IDesignTree } from "../service/tokens";
import { DesignTree } from "../service/tree";
import { Unsaved } from "../service/unsaved";
import { askTrust } from "../trust/askTrust";

/** Knows the current project: that of the notebook or file that was used last. */
export const api: JupyterFrontEndPlugin<IDesignService> = {
  id: "ddd-lab:api",
  description: "The current project of DDD Lab, its status, and calls to the server.",
  autoStart: true,
  provides: IDesignService,
  activate: (app: JupyterFrontEnd) => {
    const service = new DesignService(new Requests(app.serviceManager.serverSettings, askTrust));
    app.shell.currentChanged?.connect((_, { newValue }) => {
      const path = pathOf(newValue);
      if (path !== undefined) {
        service.follow(path);
      }
    });
    return service;
  },
};

/** Knows the tree of the current project. */
export const designTree: JupyterFrontEndPlugin<IDesignTree> = {
  id: "ddd-lab:design-tree",
  description: "The current project of DDD Lab as a tree, for the sidebar and the status bar.",
  autoStart: true,
  requires: [IDesignService],
  provides: IDesignTree,
  activate: (app: JupyterFrontEnd, service: IDesignService) =>
    new DesignTree(service, new Unsaved(app.serviceManager.kernels)),
};

/** The path of the document that a widget shows, if it shows one. */
function pathOf(widget: Widget | null): string | undefined {
  const context = (widget as { context?: { path?: unknown } } | null)?.context;
  return typeof context?.path === "string" ? context.path : undefined;
}
