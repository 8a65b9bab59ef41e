import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import { ICommandPalette } from "@jupyterlab/apputils";
import { ISettingRegistry } from "@jupyterlab/settingregistry";
import { codeCheckIcon } from "@jupyterlab/ui-components";
import { COMMANDS } from "../commands/commands";
import { IImplementationPanel } from "../panel/tokens";
import { IDesignService } from "../service/tokens";

const CATEGORY = "DDD Lab";

/** What DDD Lab does, as commands; those that need no arguments stand in the palette. */
export const commands: JupyterFrontEndPlugin<void> = {
  id: "ddd-lab:commands",
  description: "Commands of DDD Lab, with keys that can be changed in the settings.",
  autoStart: true,
  requires: [IDesignService],
  optional: [IImplementationPanel, ICommandPalette, ISettingRegistry],
  activate: (
    app: JupyterFrontEnd,
    service: IDesignService,
    panel: IImplementationPanel | null,
    palette: ICommandPalette | null,
    settings: ISettingRegistry | null,
  ) => {
    for (const { id, label, caption, args, needsPanel, execute } of COMMANDS) {
      if (needsPanel && panel === null) {
        continue;
      }
      app.commands.addCommand(id, {
        label,
        caption,
        describedBy: { args },
        execute: (given) => execute(given, { service, panel }),
        ...(id === "ddd-lab:toggle-implementation" ? { icon: codeCheckIcon } : {}),
      });
      if (args.required.length === 0) {
        palette?.addItem({ command: id, category: CATEGORY });
      }
    }
    // Only the keys come from there: without them, commands and buttons still work.
    void settings?.load("ddd-lab:commands").catch(() => undefined);
  },
};
