import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import { OPEN_DESIGN } from "../commands/places";
import { IDesignService } from "../service/tokens";
import { isOurs } from "./isOurs";

/** What is needed of an open notebook. */
interface OpenNotebook {
  readonly id: string;
  readonly context: { readonly ready: Promise<void> };
  readonly sessionContext: { readonly ready: Promise<void> };
  readonly content: {
    activeCellIndex: number;
    readonly widgets: readonly {
      readonly model: { readonly type: string; readonly sharedModel: { getSource(): string } };
    }[];
  };
}

/**
 * Shows the design at once after `ddd-lab lab`: in a tab, or by the first cell of the notebook that
 * earlier versions of it wrote.
 *
 * The server says so once, to the first page that asks. Code of anybody else is never run.
 */
export const opening: JupyterFrontEndPlugin<void> = {
  id: "ddd-lab:opening",
  description: "Shows the design when JupyterLab was started by `ddd-lab lab`.",
  autoStart: true,
  requires: [IDesignService],
  activate: (app: JupyterFrontEnd, service: IDesignService) => {
    void app.restored
      .then(async () => {
        const { design, path, code } = await service.requests.ask("opening", {});
        if (design !== "") {
          await app.commands.execute(OPEN_DESIGN, { root: design });
        }
        if (path !== "") {
          await show(app, path, code);
        }
      }, ignored)
      .catch(ignored);
  },
};

/** Without it people run the cell themselves. */
function ignored(): void {}

async function show(app: JupyterFrontEnd, path: string, code: readonly string[]): Promise<void> {
  const notebook: OpenNotebook = await app.commands.execute("docmanager:open", { path });
  await notebook.context.ready;
  await notebook.sessionContext.ready;
  const { content } = notebook;
  const cells = content.widgets.map(({ model }) => ({
    type: model.type,
    source: model.sharedModel.getSource(),
  }));
  if (isOurs(cells, code)) {
    app.shell.activateById(notebook.id);
    content.activeCellIndex = cells.findIndex(({ type }) => type === "code");
    await app.commands.execute("notebook:run-cell");
  }
}
