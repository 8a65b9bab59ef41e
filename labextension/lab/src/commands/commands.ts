import { Notification } from "@jupyterlab/apputils";
import type { ReadonlyPartialJSONObject } from "@lumino/coreutils";
import { words } from "../page/words";
import { countsOf } from "../panel/run/counts";
import type { IImplementationPanel } from "../panel/tokens";
import type { TestReport } from "../protocol";
import { notify } from "../service/notify";
import type { IDesignService } from "../service/tokens";
import {
  type ArgumentsSchema,
  FLOW,
  FLOWS,
  KIND,
  ROOT,
  RUN,
  schema,
  textOf,
  textsOf,
} from "./arguments";
import { rootOf } from "./root";

/** What commands work with. */
export interface Means {
  readonly service: IDesignService;
  /** Null where it is switched off; commands that need it are not there then. */
  readonly panel: IImplementationPanel | null;
}

interface Command {
  readonly id: string;
  readonly label: string;
  readonly caption: string;
  readonly args: ArgumentsSchema;
  readonly needsPanel?: true;
  execute(args: ReadonlyPartialJSONObject, means: Means): unknown;
}

/** Run tests and say what comes of it, whether the panel is to be seen or not. */
async function runTests(args: ReadonlyPartialJSONObject, means: Means): Promise<TestReport> {
  const { service } = means;
  const flow = textOf(args, "flow", FLOW) ?? "";
  const about = flow === "" ? "all tests" : `the tests of ${flow}`;
  const id = Notification.emit(`DDD Lab runs ${about}`, "in-progress", { autoClose: false });
  const tell = (message: string, passed: boolean) =>
    Notification.update({
      id,
      message,
      type: passed ? "success" : "error",
      autoClose: passed ? 10_000 : false,
    });
  try {
    const root = await rootOf(args, means.service);
    const report = await service.requests.act("tests", { root, flow, run: "" });
    tell(`${about}: ${report.problem || countsOf(report)}`, report.passed);
    await service.refresh();
    return report;
  } catch (error) {
    tell(words(error), false);
    throw error;
  }
}

/** The canvas that has the focus, else the first one that can be seen. */
function currentCanvas(): Element | undefined {
  const focused = document.activeElement?.closest(".ddd-root");
  const canvases = [...document.querySelectorAll<HTMLElement>(".ddd-root")];
  return focused ?? canvases.find((canvas) => canvas.offsetParent !== null);
}

export const COMMANDS: readonly Command[] = [
  {
    id: "ddd-lab:toggle-implementation",
    needsPanel: true,
    label: "Show or Hide the Implementation Panel",
    caption: "Prompts, runs of Claude Code, tests, and which code is stale",
    args: schema({ root: ROOT }),
    execute: (args, { panel, service }) => {
      const root = textOf(args, "root", ROOT);
      if (root === undefined || root === service.root) {
        return panel?.toggle();
      }
      return panel?.open(root);
    },
  },
  {
    id: "ddd-lab:toggle-assistant",
    label: "Show or Hide the Assistant of the Canvas",
    caption: "Ask a model about the design, or for changes",
    args: schema({}),
    execute: () => {
      const canvas = currentCanvas();
      if (!canvas) {
        notify("Open a design first, in a tab or with project.canvas() in a cell");
      }
      canvas?.dispatchEvent(new CustomEvent("ddd-lab:assistant"));
    },
  },
  {
    id: "ddd-lab:design-with-assistant",
    label: "Design from a Paragraph…",
    caption: "From a paragraph to a design, step by step, with the assistant of the canvas",
    args: schema({}),
    execute: () => {
      const canvas = currentCanvas();
      if (!canvas) {
        notify("Open a design first, in a tab or with project.canvas() in a cell");
      }
      canvas?.dispatchEvent(new CustomEvent("ddd-lab:design"));
    },
  },
  {
    id: "ddd-lab:implement",
    needsPanel: true,
    label: "Implement a Flow",
    caption: "Build the prompt for a flow and show it; nothing is run",
    args: schema({ root: ROOT, flows: FLOWS, kind: KIND }, ["flows"]),
    execute: async (args, means) =>
      means.panel?.build(await rootOf(args, means.service), {
        kind: textOf(args, "kind", KIND) === "fix" ? "fix" : "implement",
        flows: textsOf(args, "flows", FLOWS),
        schemas: [],
      }),
  },
  {
    id: "ddd-lab:show-drift",
    needsPanel: true,
    label: "Show What Has Changed in a Flow",
    caption: "What has changed in a flow or its code since the code was written",
    args: schema({ root: ROOT, flow: FLOW }, ["flow"]),
    execute: async (args, means) =>
      means.panel?.showDrift(await rootOf(args, means.service), textOf(args, "flow", FLOW) ?? ""),
  },
  {
    id: "ddd-lab:run-tests",
    label: "Run the Tests",
    caption: "Run the tests of one flow, or of the whole project, and show the results",
    args: schema({ root: ROOT, flow: FLOW }),
    execute: runTests,
  },
  {
    id: "ddd-lab:open-terminal",
    needsPanel: true,
    label: "Open the Terminal of a Run",
    caption: "Show the terminal of a run of Claude Code",
    args: schema({ root: ROOT, run: RUN }, ["run"]),
    execute: async (args, means) =>
      means.panel?.openTerminal({
        root: await rootOf(args, means.service),
        id: textOf(args, "run", RUN) ?? "",
      }),
  },
  {
    id: "ddd-lab:refresh",
    label: "Refresh the Project",
    caption: "Look for projects again, and refresh the current one",
    args: schema({}),
    execute: (_, { service }) => service.reload(),
  },
];
