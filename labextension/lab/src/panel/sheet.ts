import type { RunBrief } from "../protocol";
import type { Draft } from "./drafts";
import type { Change } from "./run/choices";

export type Tab = "flows" | "prompt" | "run" | "history";

/** What the panel remembers of one project while another is looked at. */
export interface Sheet {
  tab: Tab;
  /** Prompts that were built and neither run nor put away. */
  drafts: readonly Draft[];
  /** Prompts that were edited and put away, by key: they come back when they are built again. */
  kept: ReadonlyMap<string, Draft>;
  /** The run that is looked at; empty for none. */
  run: string;
  /** Why something that was asked for from elsewhere has failed; empty where nothing has. */
  failure: string;
  /** The flow whose drift was asked for from elsewhere, until another tab is looked at. */
  drift: { readonly flow: string } | null;
  /** Flows that are ticked. */
  ticked: ReadonlySet<string>;
  /** What the person has changed in what was proposed for a run and is not recorded, by its id. */
  changes: ReadonlyMap<string, readonly Change[]>;
  /** How each run stood when it was last seen; null before the server has answered. */
  states: ReadonlyMap<string, string> | null;
}

export function newSheet(): Sheet {
  return {
    tab: "flows",
    drafts: [],
    kept: new Map(),
    run: "",
    failure: "",
    drift: null,
    ticked: new Set(),
    changes: new Map(),
    states: null,
  };
}

/** Take note of how runs stand; returns what is to be said of those that stand otherwise now. */
export function notice(sheet: Sheet, runs: readonly RunBrief[]): string[] {
  const before = sheet.states;
  sheet.states = new Map(runs.map((run) => [run.id, run.state]));
  if (before === null) {
    pickUp(sheet, runs);
    return [];
  }
  return runs
    .filter((run) => before.get(run.id) !== run.state && (before.has(run.id) || run.alive))
    .map((run) => `${run.title}: ${run.why}`);
}

/** What was going on before the page was loaded goes on in it. */
function pickUp(sheet: Sheet, runs: readonly RunBrief[]): void {
  const going = runs.find((run) => run.alive);
  sheet.run ||= (going ?? runs[0])?.id ?? "";
  if (going !== undefined && sheet.tab === "flows") {
    sheet.tab = "run";
  }
}
