import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import { placeCommands } from "../commands/places";
import { IDesignService } from "../service/tokens";

/** What can be done with a place of a design, as commands. */
export const places: JupyterFrontEndPlugin<void> = {
  id: "ddd-lab:places",
  description: "Commands about the flows, domains and schemas of a design.",
  autoStart: true,
  requires: [IDesignService],
  activate: (app: JupyterFrontEnd, service: IDesignService) => {
    for (const [id, command] of Object.entries(placeCommands(app, service))) {
      const { label, caption, args, execute } = command;
      app.commands.addCommand(id, { label, caption, describedBy: { args }, execute });
    }
  },
};
