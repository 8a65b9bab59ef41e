import type { JupyterFrontEnd } from "@jupyterlab/application";
import { type ICommandPalette, type Toolbar, ToolbarButton } from "@jupyterlab/apputils";
import { FLOW, ROOT, schema, textOf } from "../commands/arguments";
import { rootOf } from "../commands/root";
import { addOffers } from "../page/offers";
import { notify, notifyFailure } from "../service/notify";
import type { IDesignService } from "../service/tokens";
import * as jupyterlabGit from "./jupyterlabGit";
import type { GitShell } from "./model";
import type { IGitPanel } from "./tokens";

const CATEGORY = "DDD Lab";
const DESIGN_DIFF = "ddd-lab-design-diff";
/** Files that may be of a design; the server knows whether they are. */
const MAYBE_SPEC = /(^|\/)(specs\/.+\.ya?ml|ddd-project\.json)$/i;

/** The commands of the Git panel. */
export function addGitCommands(
  app: JupyterFrontEnd,
  service: IDesignService,
  panel: IGitPanel,
  palette: ICommandPalette | null,
): void {
  const { commands } = app;
  commands.addCommand("ddd-lab:toggle-git", {
    label: "Show or Hide the Design's Versions (Git)",
    caption: "What is changed, staged and committed, in words",
    describedBy: { args: schema({ root: ROOT }) },
    execute: async (args) => {
      const root = textOf(args, "root", ROOT);
      await (root === undefined || root === service.root ? panel.toggle() : panel.open(root));
    },
  });
  commands.addCommand("ddd-lab:show-history", {
    label: "Show the History of a Flow",
    caption: "The versions of a flow in words, and the way back to each",
    describedBy: { args: schema({ root: ROOT, flow: FLOW }) },
    execute: async (args) =>
      await panel.showHistory(await rootOf(args, service), textOf(args, "flow", FLOW) ?? ""),
  });
  addOffers(() => [
    { label: "Commit…", act: ({ root }) => void panel.open(root) },
    { label: "History", act: ({ root, at }) => void panel.showHistory(root, at) },
  ]);
  palette?.addItem({ command: "ddd-lab:toggle-git", category: CATEGORY });
  palette?.addItem({ command: "ddd-lab:show-history", category: CATEGORY });
}

/** What there is beside jupyterlab-git's own panel. */
export function addToJupyterlabGit(
  app: JupyterFrontEnd,
  service: IDesignService,
  shell: GitShell,
  palette: ICommandPalette | null,
): void {
  jupyterlabGit.onTextDiff(app, (diff, toolbar) => void addDesignDiff(diff, toolbar));
  app.commands.addCommand("ddd-lab:offer-commit-message", {
    label: "Offer the Commit Message",
    caption: "Put what is staged of the design, in words, into the commit box of the Git panel",
    describedBy: { args: schema({ root: ROOT }) },
    execute: async (args) => {
      const root = await rootOf(args, service);
      const { message, headline, repository } = await service.requests.ask("git", { root });
      if (message === "") {
        notify(repository ? "Nothing of the design is staged" : headline);
        return;
      }
      jupyterlabGit.show(app);
      if (!jupyterlabGit.writeMessage(message)) {
        notify("Show the changes of the Git panel first");
      }
    },
  });
  palette?.addItem({ command: "ddd-lab:offer-commit-message", category: CATEGORY });

  /** Offer the picture of the same two versions beside their text. */
  async function addDesignDiff(diff: jupyterlabGit.TextDiff, toolbar: Toolbar): Promise<void> {
    const file = app.serviceManager.contents.localPath(diff.path);
    const place = MAYBE_SPEC.test(file)
      ? await service.requests.ask("locate", { file }).catch(() => null)
      : null;
    const { showDifference } = shell;
    if (place === null || showDifference === undefined || toolbar.isDisposed) {
      return;
    }
    if ([...toolbar.names()].includes(DESIGN_DIFF)) {
      return; // the tab was open
    }
    const versions = { old: diff.old, new: diff.new };
    const button = new ToolbarButton({
      label: "Design diff",
      tooltip: "Show both versions as a picture",
      onClick: () => {
        notifyFailure(showDifference(place.root, place.at, versions));
      },
    });
    toolbar.insertItem(0, DESIGN_DIFF, button);
  }
}
