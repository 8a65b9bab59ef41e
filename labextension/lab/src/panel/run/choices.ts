import type { RunView } from "../../protocol";

/** Whether a file counts among those of a flow, as the person has said. */
export interface Change {
  readonly flow: string;
  readonly path: string;
  readonly on: boolean;
}

/** Whether a file counts among those of a flow. */
export interface Choice extends Change {
  /** What is special about it. */
  readonly mark: string;
}

/** What was changed before, and one change more. */
export function changed(before: readonly Change[], { flow, path, on }: Change): readonly Change[] {
  const others = before.filter((one) => one.flow !== flow || one.path !== path);
  return [...others, { flow, path, on }];
}

/** A choice for each file and flow of a run: as the person has changed it, or as it is proposed. */
export function choices(run: RunView, changes: readonly Change[]): Choice[] {
  const proposed = new Set(run.files.map((file) => file.path));
  return run.brief.flows.flatMap((flow) => {
    const own = changes.filter((change) => change.flow === flow);
    const chosen = new Map(own.map(({ path, on }) => [path, on]));
    const files = run.files.map((file) => ({
      flow,
      path: file.path,
      on: chosen.get(file.path) ?? file.flows.includes(flow),
      mark: markOf(file, run.brief.confirmed),
    }));
    const added = own
      .filter(({ path }) => !proposed.has(path))
      .map((change) => ({ ...change, mark: "added by you" }));
    return [...files, ...added];
  });
}

function markOf({ flows, known }: RunView["files"][number], confirmed: boolean): string {
  if (known) {
    return "known";
  }
  return confirmed && flows.length === 0 ? "not recorded" : "";
}

/** The files that are on, by flow; a flow without any is there, too. */
export function confirmed(
  flows: readonly string[],
  chosen: readonly Choice[],
): Record<string, string[]> {
  const files = (flow: string) => chosen.filter((one) => one.on && one.flow === flow);
  return Object.fromEntries(flows.map((flow) => [flow, files(flow).map(({ path }) => path)]));
}
