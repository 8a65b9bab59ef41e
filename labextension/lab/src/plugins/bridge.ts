import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import type { ReadonlyPartialJSONObject } from "@lumino/coreutils";
import { notifyFailure } from "../service/notify";

/** Events of the canvas and of runs in cells, and the commands that answer them. */
const ANSWERS: Readonly<Record<string, string>> = {
  "ddd-lab:implement": "ddd-lab:implement",
  "ddd-lab:drift": "ddd-lab:show-drift",
  "ddd-lab:panel": "ddd-lab:toggle-implementation",
  "ddd-lab:terminal": "ddd-lab:open-terminal",
  "ddd-lab:open-flow-map": "ddd-lab:open-flow-map",
  "ddd-lab:restart-kernel": "notebook:restart-kernel",
};

/**
 * Takes what widgets ask of JupyterLab: from a notebook's output they cannot reach its commands.
 *
 * Preventing an event's default tells the widget that somebody takes care of it.
 */
export const bridge: JupyterFrontEndPlugin<void> = {
  id: "ddd-lab:canvas-bridge",
  description: "Opens the Implementation panel and terminals when a widget asks for it.",
  autoStart: true,
  activate: (app: JupyterFrontEnd) => {
    for (const [event, command] of Object.entries(ANSWERS)) {
      document.addEventListener(event, (raised) => {
        const { detail } = raised as CustomEvent<unknown>;
        if (!app.commands.hasCommand(command) || !isArguments(detail)) {
          return;
        }
        raised.preventDefault();
        notifyFailure(app.commands.execute(command, detail));
      });
    }
  },
};

function isArguments(detail: unknown): detail is ReadonlyPartialJSONObject {
  return typeof detail === "object" && detail !== null && !Array.isArray(detail);
}
