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
  const box = document.querySelector(`#${PANEL} .jp-git-CommitBox`);
  const summary = box?.querySelector<HTMLInputElement>("input[type=text]") ?? null;
  if (summary === null) {
    return false;
  }
  const [first = "", ...rest] = message.split("\n");
  write(summary, first);
  const description = box?.querySelector("textarea") ?? null;
  if (description !== null) {
    write(description, rest.join("\n").trim());
  }
  return true;
}

/** Type a text into a field that React holds: only what comes through the setter is news to it. */
function write(field: HTMLInputElement | HTMLTextAreaElement, text: string): void {
  const { set } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value") ?? {};
  set?.call(field, text);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
