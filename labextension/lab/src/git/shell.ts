import type { JupyterFrontEnd } from "@jupyterlab/application";
import { Dialog, showDialog } from "@jupyterlab/apputils";
import type { GitShell } from "./model";

const DIFFERENCE = "ddd-lab:show-design-diff";
const SAVE = "ddd-lab:save-design";

/** Dialogs and commands of JupyterLab, as far as they are there. */
export function shellIn({ commands }: JupyterFrontEnd): GitShell {
  return {
    confirm: async (title, body, label) => {
      const { button } = await showDialog({
        title,
        body,
        buttons: [Dialog.cancelButton(), Dialog.warnButton({ label })],
        defaultButton: 0,
      });
      return button.accept;
    },
    restoreInDesign: async () => false,
    get showDifference() {
      return commands.hasCommand(DIFFERENCE)
        ? async (root: string, at: string, old: string, now: string) => {
            await commands.execute(DIFFERENCE, { root, at, old, new: now });
          }
        : undefined;
    },
    get save() {
      return commands.hasCommand(SAVE) && commands.isEnabled(SAVE)
        ? async () => {
            await commands.execute(SAVE);
          }
        : undefined;
    },
  };
}
