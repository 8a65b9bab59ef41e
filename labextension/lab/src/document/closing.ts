import { Dialog, showDialog, type WidgetTracker } from "@jupyterlab/apputils";
import type { IDesignDocument } from "./tokens";

/**
 * Asks what becomes of unsaved edits when the last tab of a design is closed.
 *
 * The kernel keeps them where they are not saved: the next tab shows them.
 */
export async function mayClose(
  tab: IDesignDocument,
  tracker: WidgetTracker<IDesignDocument>,
): Promise<boolean> {
  const isOther = (one: IDesignDocument) =>
    one !== tab && one.kernel === tab.kernel && one.root === tab.root;
  if (tab.unsaved.length === 0 || tracker.find(isOther) !== undefined) {
    return true;
  }
  const { button } = await showDialog({
    title: "Save before closing?",
    body:
      `${tab.title.label} has unsaved edits in ${named(tab.unsaved)}. ` +
      "Where you keep them unsaved, they are there when you open the design again.",
    buttons: [
      Dialog.cancelButton(),
      Dialog.cancelButton({ label: "Keep Unsaved", actions: ["keep"] }),
      Dialog.okButton({ label: "Save" }),
    ],
  });
  if (button.actions.includes("keep")) {
    return true;
  }
  if (button.accept) {
    await tab.save();
  }
  return button.accept;
}

function named(paths: readonly string[]): string {
  return paths.length > 3 ? `${paths.length} files` : paths.join(", ");
}
