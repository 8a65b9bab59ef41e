import type { JupyterFrontEnd } from "@jupyterlab/application";
import { Dialog, showDialog } from "@jupyterlab/apputils";
import type { IDesignDocuments } from "../document/tokens";
import type { IDesignTree } from "../service/tokens";
import type { GitShell } from "./model";

const DIFFERENCE = "ddd-lab:show-design-diff";
const RESOLVE = "ddd-lab:resolve-merge";

/** Dialogs and commands of JupyterLab, as far as they are there. */
export function shellIn(
  { commands }: JupyterFrontEnd,
  documents: IDesignDocuments | null,
  tree: IDesignTree | null,
): GitShell {
  const designOf = (root: string) => (documents?.current?.root === root ? documents.current : null);
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
    designOf,
    unsavedIn: (root) =>
      designOf(root)?.unsaved ?? (tree?.service.root === root ? [...tree.unsaved] : []),
    get showDifference() {
      return commands.hasCommand(DIFFERENCE)
        ? async (root: string, at: string, versions = {}) => {
            await commands.execute(DIFFERENCE, { root, at, ...versions });
          }
        : undefined;
    },
    openDesign:
      documents === null
        ? undefined
        : async (root, at) => void (await documents.open({ root, at })),
    resolveMerge:
      documents === null
        ? undefined
        : async (root, path) => void (await commands.execute(RESOLVE, { root, path })),
  };
}
