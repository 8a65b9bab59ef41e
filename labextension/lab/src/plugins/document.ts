import {
  ILabShell,
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin,
} from "@jupyterlab/application";
import { ICommandPalette, WidgetTracker } from "@jupyterlab/apputils";
import { OPEN_DESIGN } from "../commands/places";
import { mayClose } from "../document/closing";
import { addDocumentCommands } from "../document/commands";
import { DesignDocuments } from "../document/documents";
import { offerTabs } from "../document/offers";
import { IDesignDocuments } from "../document/tokens";
import type { DesignDocument } from "../document/widget";
import { words } from "../page/words";
import { notifyError } from "../service/notify";
import { IDesignService } from "../service/tokens";

/** Designs in tabs of the main area, on kernels without a notebook. */
export const documents: JupyterFrontEndPlugin<IDesignDocuments> = {
  id: "ddd-lab:document",
  description: "Shows designs in tabs.",
  autoStart: true,
  requires: [IDesignService],
  optional: [ILabShell, ILayoutRestorer, ICommandPalette],
  provides: IDesignDocuments,
  activate: (
    app: JupyterFrontEnd,
    service: IDesignService,
    shell: ILabShell | null,
    restorer: ILayoutRestorer | null,
    palette: ICommandPalette | null,
  ) => {
    const tracker = new WidgetTracker<DesignDocument>({ namespace: "ddd-lab-design" });
    const documents = new DesignDocuments(shell, tracker, {
      services: app.serviceManager,
      requests: service.requests,
      mayClose: async (tab) => {
        try {
          return await mayClose(tab, tracker);
        } catch (error) {
          notifyError(`${tab.title.label} was not saved. ${words(error)}`);
          return false;
        }
      },
    });
    shell?.currentChanged.connect((_, { newValue }) => {
      const tab = tracker.find((one) => one === newValue);
      if (tab !== undefined && tab.root !== service.root) {
        void service.choose(tab.root);
      }
    });
    addDocumentCommands(app, service, documents, tracker, palette);
    if (shell !== null) {
      offerTabs(app, tracker);
    }
    void restorer?.restore(tracker, {
      command: OPEN_DESIGN,
      args: ({ id, root, at, kernel }) => ({ id, root, at, kernel }),
      name: ({ id }) => id,
    });
    return documents;
  },
};
