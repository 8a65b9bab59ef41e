import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import type { DocumentRegistry } from "@jupyterlab/docregistry";
import { IFileBrowserFactory } from "@jupyterlab/filebrowser";
import { PATH, schema, textOf } from "../commands/arguments";
import { OPEN_DESIGN, run } from "../commands/places";
import { designIcon } from "../icons";
import { notifyError } from "../service/notify";
import { IDesignService } from "../service/tokens";

const NAME = "Design";
const FLOW_FILE = "ddd-lab-flow";
const OPEN_PATH = "ddd-lab:open-path";
/** A folder in the file browser. */
const FOLDER = '.jp-DirListing-item[data-isdir="true"]';

/** Designs from the file browser: "Open with › Design" on specs, and an entry for folders. */
export const openWith: JupyterFrontEndPlugin<void> = {
  id: "ddd-lab:open-with",
  description: "Opens the design that a file or folder of the file browser belongs to.",
  autoStart: true,
  requires: [IDesignService],
  optional: [IFileBrowserFactory],
  activate: (
    app: JupyterFrontEnd,
    service: IDesignService,
    browsers: IFileBrowserFactory | null,
  ) => {
    const { commands } = app;
    const folder = () => browsers?.tracker.currentWidget?.selectedItems().next().value;
    const open = async (path: string) => {
      const place = await service.requests.ask("locate", { file: localPath(app, path) });
      return await run(commands, OPEN_DESIGN, { ...place });
    };
    commands.addCommand(OPEN_PATH, {
      label: "Open as Design",
      caption: "Open the design that a file or folder belongs to, at its place",
      icon: designIcon,
      describedBy: { args: schema({ path: PATH }) },
      execute: async (args) => {
        const path = textOf(args, "path", PATH) ?? folder()?.path ?? "";
        try {
          return await open(path);
        } catch (error) {
          notifyError(error);
          return undefined;
        }
      },
    });
    app.contextMenu.addItem({ command: OPEN_PATH, selector: FOLDER, rank: 1.5 });
    void app.restored.then(() => addFactory(app, open));
  },
};

/** Offer specs to be opened with their design; its code is loaded after JupyterLab's start. */
async function addFactory(
  app: JupyterFrontEnd,
  open: (path: string) => Promise<unknown>,
): Promise<void> {
  const { commands, docRegistry } = app;
  const { DesignFactory } = await import("../openWith/factory");
  docRegistry.addFileType({
    name: FLOW_FILE,
    displayName: "Flow of a design",
    pattern: "^.+\\.flow\\.ya?ml$",
    mimeTypes: ["text/x-yaml"],
    extensions: [],
    icon: designIcon,
  });
  const options = { name: NAME, fileTypes: [FLOW_FILE, "yaml"], readOnly: true };
  const openAsText = (path: string) =>
    void commands.execute("docmanager:open", { path, factory: "Editor" });
  const factory: object = new DesignFactory(options, open, openAsText);
  // JupyterLab's own base class is not what its interface asks for where undefined is no value.
  docRegistry.addWidgetFactory(factory as DocumentRegistry.WidgetFactory);
}

/** The path of a file below the server's folder, without the name of its drive. */
function localPath(app: JupyterFrontEnd, path: string): string {
  return app.serviceManager.contents.localPath(path);
}
