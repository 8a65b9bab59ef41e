import { Notification } from "@jupyterlab/apputils";
import type { ReadonlyPartialJSONObject } from "@lumino/coreutils";
import { countsOf } from "../panel/run/counts";
import type { IImplementationPanel } from "../panel/tokens";
import { words } from "../service/requests";
import type { IDesignService } from "../service/tokens";
import type { TestReport } from "../wire";
import { type ArgumentsSchema, FLOWS, KIND, RUN, schema, TEXT, textOf, textsOf } from "./arguments";

/** What commands work with. */
export interface Means {
  readonly service: IDesignService;
  readonly panel: IImplementationPanel;
}

interface Command {
  readonly id: string;
  readonly label: string;
  readonly caption: string;
  readonly args: ArgumentsSchema;
  execute(args: ReadonlyPartialJSONObject, means: Means): unknown;
}

/** The root that was given, or that of the current project. */
function rootOf(args: ReadonlyPartialJSONObject, { service }: Means): string {
  return textOf(args, "root", TEXT) ?? service.root;
}

/** Run tests and say what comes of it, whether the panel is to be seen or not. */
async function runTests({ service }: Means, root: string, flow = ""): Promise<TestReport> {
  const about = flow === "" ? "all tests" : `the tests of ${flow}`;
  const running = service.requests.tests({ root, flow, run: "" });
  const told = running.then((report) => `${about}: ${report.problem || countsOf(report)}`);
  Notification.promise(told, {
    pending: { message: `DDD Lab runs ${about}` },
    success: { message: String, options: { autoClose: 10_000 } },
    error: { message: words },
  });
  const report = await running;
  await service.refresh();
  return report;
}

export const COMMANDS: readonly Command[] = [
  {
    id: "ddd-lab:toggle-implementation",
    label: "Show or Hide the Implementation Panel",
    caption: "Prompts, runs of Claude Code, tests, and which code is stale",
    args: schema({ root: TEXT }),
    execute: (args, { panel, service }) => {
      const root = textOf(args, "root", TEXT);
      if (root === undefined || root === service.root) {
        return panel.toggle();
      }
      return panel.open(root);
    },
  },
  {
    id: "ddd-lab:implement",
    label: "Implement a Flow",
    caption: "Build the prompt for a flow and show it; nothing is run",
    args: schema({ root: TEXT, flows: FLOWS, kind: KIND }, ["root", "flows"]),
    execute: (args, means) =>
      means.panel.build(rootOf(args, means), {
        kind: textOf(args, "kind", KIND) === "fix" ? "fix" : "implement",
        flows: textsOf(args, "flows", FLOWS),
        schemas: [],
      }),
  },
  {
    id: "ddd-lab:run-tests",
    label: "Run the Tests",
    caption: "Run the tests of one flow, or of the whole project, and say what comes of it",
    args: schema({ root: TEXT, flow: TEXT }),
    execute: (args, means) => runTests(means, rootOf(args, means), textOf(args, "flow", TEXT)),
  },
  {
    id: "ddd-lab:open-terminal",
    label: "Open the Terminal of a Run",
    caption: "Show the terminal that a run of Claude Code goes on in",
    args: schema({ root: TEXT, run: RUN }, ["root", "run"]),
    execute: (args, means) =>
      means.panel.openTerminal({
        root: rootOf(args, means),
        id: textOf(args, "run", RUN) ?? "",
      }),
  },
  {
    id: "ddd-lab:refresh",
    label: "Look at the Project Again",
    caption: "Look for projects again, and how the current one stands",
    args: schema({}),
    execute: (_, { service }) => service.reload(),
  },
];
