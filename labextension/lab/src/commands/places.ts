import type { JupyterFrontEnd } from "@jupyterlab/application";
import { Clipboard } from "@jupyterlab/apputils";
import type { CommandRegistry } from "@lumino/commands";
import type { ReadonlyPartialJSONObject } from "@lumino/coreutils";
import type { Widget } from "@lumino/widgets";
import type { IDesignService } from "../service/tokens";
import {
  type ArgumentsSchema,
  AT,
  CHANGE,
  PATH,
  placeOf,
  ROOT,
  schema,
  TEXT,
  textOf,
} from "./arguments";
import { rootOf } from "./root";

/** What shows a design in a tab of its own. */
export const OPEN_DESIGN = "ddd-lab:open-design";
/** What the canvas is told to show: a dialog, or its problems. */
const SHOW = "ddd-lab:show";

interface Command {
  readonly label: string;
  readonly caption: string;
  readonly args: ArgumentsSchema;
  execute(args: ReadonlyPartialJSONObject): Promise<unknown>;
}

/** Commands about the places of a design; changes are made on the design's own canvas. */
export function placeCommands(
  app: JupyterFrontEnd,
  service: IDesignService,
): Readonly<Record<string, Command>> {
  const { commands } = app;
  return {
    "ddd-lab:open-spec": {
      label: "Open a Spec as Text",
      caption: "Open the YAML file of a flow, a domain or a schema in the editor",
      args: schema({ root: ROOT, path: PATH }, ["path"]),
      execute: async (args) => {
        const file = textOf(args, "path", PATH) ?? "";
        const path = service.serverPath(file, await rootOf(args, service));
        if (path === null) {
          throw new Error(`${file} lies outside the folder that JupyterLab shows`);
        }
        return await commands.execute("docmanager:open", { path });
      },
    },
    "ddd-lab:copy-reference": {
      label: "Copy a Reference",
      caption: "Copy the name by which specs, notebooks and commands know a place of the design",
      args: schema({ text: TEXT }, ["text"]),
      execute: async (args) => Clipboard.copyToSystem(textOf(args, "text", TEXT) ?? ""),
    },
    "ddd-lab:show-problems": {
      label: "Show the Problems of the Design",
      caption: "Open the design with the list of what is wrong",
      args: schema({ root: ROOT, at: AT }),
      execute: async (args) => {
        const at = placeOf(args);
        const place = { root: await rootOf(args, service), ...(at === undefined ? {} : { at }) };
        await tellCanvas(commands, place, { problems: true });
      },
    },
    "ddd-lab:resolve-merge": {
      label: "Choose the Versions of a Merged File",
      caption: "Open the design, and the dialog in which the conflicts of a merge are resolved",
      args: schema({ root: ROOT, path: PATH }, ["path"]),
      execute: async (args) => {
        const dialog = { kind: "merge", path: textOf(args, "path", PATH) };
        await tellCanvas(commands, { root: await rootOf(args, service) }, { dialog });
      },
    },
    "ddd-lab:change-place": {
      label: "Change a Place of the Design",
      caption: "Open the design, and the dialog that renames, moves, copies or deletes a place",
      args: schema({ root: ROOT, at: AT, what: CHANGE, title: TEXT }, ["what"]),
      execute: async (args) => {
        const at = placeOf(args) ?? "";
        const title = textOf(args, "title", TEXT) ?? at;
        const dialog = { kind: textOf(args, "what", CHANGE), at, title, domain: at };
        await tellCanvas(commands, { root: await rootOf(args, service) }, { dialog });
      },
    },
  };
}

/**
 * Carry a command out.
 *
 * @throws Error the plugin that has it is switched off, or what the command throws.
 */
export async function run(
  commands: CommandRegistry,
  command: string,
  args: ReadonlyPartialJSONObject,
): Promise<unknown> {
  if (!commands.hasCommand(command)) {
    const plugin = command === OPEN_DESIGN ? "ddd-lab:document" : "that has this command";
    throw new Error(`The plugin ${plugin} is switched off: ${command} cannot be carried out`);
  }
  return await commands.execute(command, args);
}

/** Open a design, and have its canvas show something. */
async function tellCanvas(
  commands: CommandRegistry,
  place: ReadonlyPartialJSONObject,
  detail: object,
): Promise<void> {
  const { node } = (await run(commands, OPEN_DESIGN, place)) as Widget;
  const canvas = await canvasIn(node);
  canvas.dispatchEvent(new CustomEvent(SHOW, { detail }));
}

/** The canvas of a tab, as soon as it is there. */
function canvasIn(node: HTMLElement): Promise<Element> {
  return new Promise((resolve) => {
    const look = () => {
      const canvas = node.querySelector(".ddd-root");
      if (canvas !== null) {
        observer.disconnect();
        resolve(canvas);
      }
    };
    const observer = new MutationObserver(look);
    observer.observe(node, { childList: true, subtree: true });
    look();
  });
}
