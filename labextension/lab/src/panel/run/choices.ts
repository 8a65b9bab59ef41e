import type { RunView } from "../../wire";

/** Whether a file counts among those of a flow. */
export interface Choice {
  readonly flow: string;
  readonly path: string;
  readonly on: boolean;
  /** What is special about it. */
  readonly mark: string;
}

/** A choice for each file and flow of a run; on where the server proposes it. */
export function choices(run: RunView): Choice[] {
  return run.brief.flows.flatMap((flow) =>
    run.files.map((file) => ({
      flow,
      path: file.path,
      on: file.flows.includes(flow),
      mark: file.known ? "known" : "",
    })),
  );
}

/** The files that are on, by flow; a flow without any is there, too. */
export function confirmed(chosen: readonly Choice[]): Record<string, string[]> {
  const files: Record<string, string[]> = {};
  for (const { flow, path, on } of chosen) {
    files[flow] ??= [];
    if (on) {
      files[flow].push(path);
    }
  }
  return files;
}
