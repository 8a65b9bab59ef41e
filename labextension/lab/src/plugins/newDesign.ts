import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import { ICommandPalette } from "@jupyterlab/apputils";
import { FOLDER, KIT, schema, textOf } from "../commands/arguments";
import { OPEN_DESIGN } from "../commands/places";
import { designIcon } from "../icons";
import { notify } from "../service/notify";
import { IDesignService } from "../service/tokens";

const REFRESH = "filebrowser:refresh";

/** Begins designs: from a starter kit, from a sample, or empty. */
export const newDesign: JupyterFrontEndPlugin<void> = {
  id: "ddd-lab:new-design",
  description: "Begins a design, empty or from a starter kit.",
  autoStart: true,
  requires: [IDesignService],
  optional: [ICommandPalette],
  activate: (
    { commands }: JupyterFrontEnd,
    { requests }: IDesignService,
    palette: ICommandPalette | null,
  ) => {
    commands.addCommand("ddd-lab:new-design", {
      label: "New Design…",
      caption: "Begin a design, empty or from a starter kit",
      icon: designIcon,
      describedBy: { args: schema({ folder: FOLDER, cwd: FOLDER, kit: KIT }) },
      execute: async (args) => {
        const text = (key: string) =>
          args[key] === "" ? undefined : textOf(args, key, key === "kit" ? KIT : FOLDER);
        const [folder, cwd, kit] = [text("folder"), text("cwd"), text("kit")];
        const { beginNewDesign } = await import("../new/dialog");
        const root = await beginNewDesign(requests, {
          ...(folder === undefined ? {} : { folder }),
          ...(cwd === undefined ? {} : { cwd }),
          ...(kit === undefined ? {} : { kit }),
        });
        if (root === null) {
          return null;
        }
        if (commands.hasCommand(REFRESH)) {
          void commands.execute(REFRESH);
        }
        if (commands.hasCommand(OPEN_DESIGN)) {
          await commands.execute(OPEN_DESIGN, { root });
        } else {
          notify(`The design is in ${root}`);
        }
        return root;
      },
    });
    palette?.addItem({ command: "ddd-lab:new-design", category: "DDD Lab" });
  },
};
