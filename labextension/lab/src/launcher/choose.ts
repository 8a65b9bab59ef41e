import { Dialog, InputDialog, showDialog } from "@jupyterlab/apputils";
import type { IDesignService } from "../service/tokens";
import type { RecentDesign } from "./recent";

/** Asks which design to open, those that were opened last first; empty where none was chosen. */
export async function chooseDesign(
  service: IDesignService,
  recent: readonly RecentDesign[],
): Promise<string> {
  await service.find(true);
  const found = (service.projects ?? []).map(({ root, name, path }) => ({ root, name, path }));
  const paths = new Map(found.map(({ root, path }) => [root, path]));
  const designs = [...recent.map((one) => ({ ...one, path: paths.get(one.root) })), ...found];
  const byRoot = new Map(designs.toReversed().map((design) => [design.root, design]));
  const ordered = [...byRoot.values()].toReversed();
  if (ordered.length === 0) {
    await showDialog({
      title: "Open a design",
      body:
        "There is no design below the folder that JupyterLab shows. A design is a folder that " +
        "holds specs/; start JupyterLab in a folder above it, or begin a new design.",
      buttons: [Dialog.okButton({ label: "Close" })],
    });
    return "";
  }
  const items = ordered.map(({ name, path, root }) =>
    name === path ? name : `${name} — ${path || root}`,
  );
  const { button, value } = await InputDialog.getItem({
    title: "Open a design",
    label: "Designs, most recent first",
    items,
    okLabel: "Open",
  });
  return button.accept && value !== null ? (ordered[items.indexOf(value)]?.root ?? "") : "";
}
