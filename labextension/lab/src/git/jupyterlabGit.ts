import type { JupyterFrontEnd } from "@jupyterlab/application";
import type { MainAreaWidget } from "@jupyterlab/apputils";
import { PathExt } from "@jupyterlab/coreutils";
import { Toolbar } from "@jupyterlab/ui-components";
import type { ReadonlyPartialJSONObject } from "@lumino/coreutils";
import { NOTHING, STAGED } from "../diff/tokens";

/** The panel of jupyterlab-git, by the id of its widget, and the plugin that adds it. */
const PANEL = "jp-git-sessions";
const PLUGIN = "@jupyterlab/git:plugin";
/** Its command that opens a text diff; every way to one leads through it. */
const SHOW_DIFF = "git:show-diff";
/** Our revisions by its sources of a text: numbers for what is no commit, and none at all. */
const REVISIONS: Readonly<Record<string, string>> = { 0: "", 1: STAGED, undefined: NOTHING };

/** Two versions of a file, which it shows as text in a tab. */
export interface TextDiff {
  /** Path of the file, as the server's files have it. */
  readonly path: string;
  /** Git revisions as the tab of two versions takes them. */
  readonly old: string;
  readonly new: string;
}

/** What its command is called with, as far as we know it: any of it may be gone one day. */
interface DiffModel {
  readonly filename?: unknown;
  readonly repositoryPath?: unknown;
  readonly reference?: { readonly source?: unknown };
  readonly challenger?: { readonly source?: unknown };
}

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
  const widgets = (["left", "right"] as const).flatMap((area) => [...app.shell.widgets(area)]);
  return widgets.some(({ id }) => id === PANEL);
}

/** Tells of each text diff that it opens, with the toolbar of its tab. */
export function onTextDiff(
  { commands }: JupyterFrontEnd,
  tell: (diff: TextDiff, toolbar: Toolbar) => void,
): void {
  commands.commandExecuted.connect((_, { id, args, result }) => {
    const diff = id === SHOW_DIFF ? textDiffOf(args) : null;
    if (diff !== null) {
      const opened = (tab: Partial<MainAreaWidget> | null) => {
        if (tab?.toolbar instanceof Toolbar) {
          tell(diff, tab.toolbar);
        }
      };
      result.then(opened).catch(() => undefined); // it says itself what is wrong
    }
  });
}

function textDiffOf(args: ReadonlyPartialJSONObject): TextDiff | null {
  const { filename, repositoryPath, reference, challenger } = (args.model ?? {}) as DiffModel;
  const [before, after] = [reference, challenger].map((side) =>
    side === undefined ? null : (REVISIONS[String(side.source)] ?? side.source),
  );
  if (typeof filename !== "string" || typeof before !== "string" || typeof after !== "string") {
    return null;
  }
  const folder = typeof repositoryPath === "string" ? repositoryPath : "";
  return { path: PathExt.join(folder, filename), old: before, new: after };
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
