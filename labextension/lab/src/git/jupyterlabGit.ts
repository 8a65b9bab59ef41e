import type { JupyterFrontEnd } from "@jupyterlab/application";

/** The panel of jupyterlab-git, by the id of its widget, and the plugin that adds it. */
const PANEL = "jp-git-sessions";
const PLUGIN = "@jupyterlab/git:plugin";

/** Whether jupyterlab-git is installed. */
export function isInstalled(app: JupyterFrontEnd): boolean {
  return app.listPlugins().includes(PLUGIN);
}

/**
 * Whether jupyterlab-git shows its panel: then ours would be the second one.
 *
 * Its token cannot be had without its package, so that this looks for what it has added.
 */
export async function isShown(app: JupyterFrontEnd): Promise<boolean> {
  await app.activatePlugin(PLUGIN).catch(() => undefined); // it says itself what is wrong
  return [...app.shell.widgets("left")].some(({ id }) => id === PANEL);
}

export function show({ shell }: JupyterFrontEnd): void {
  shell.activateById(PANEL);
}

/** Puts a message into its commit box; false where there is none. */
export function writeMessage(message: string): boolean {
  const box = document.querySelector(`#${PANEL} .jp-git-CommitBox textarea:not([readonly])`);
  if (!(box instanceof HTMLTextAreaElement)) {
    return false;
  }
  // React holds the field: only what comes through the setter of its class is news to it.
  const { set } = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value") ?? {};
  set?.call(box, message);
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.focus();
  return true;
}
