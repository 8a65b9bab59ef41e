import type { FlowLine } from "../../protocol";

export type Group = "pending" | "stale" | "implemented";

export const GROUPS: readonly { readonly group: Group; readonly title: string }[] = [
  { group: "stale", title: "Stale" },
  { group: "pending", title: "Pending" },
  { group: "implemented", title: "Implemented" },
];

const STATE_TEXTS: Record<FlowLine["state"], string> = {
  pending: "no code yet",
  in_sync: "in sync",
  layout_only: "in sync; only the layout has changed",
  spec_ahead: "the spec has changed",
  code_ahead: "the code has changed",
  diverged: "spec and code have both changed",
};

export function groupOf(flow: FlowLine): Group {
  if (flow.stale) {
    return "stale";
  }
  return flow.state === "pending" ? "pending" : "implemented";
}

/** Whether there is something to implement: what is in sync with its code needs nothing. */
export function isDue(flow: FlowLine): boolean {
  return groupOf(flow) !== "implemented";
}

/** The flows that are ticked and due, in the order in which they were ticked. */
export function chosenOf(flows: readonly FlowLine[], ticked: ReadonlySet<string>): string[] {
  const due = new Set(flows.filter(isDue).map((flow) => flow.key));
  return [...ticked].filter((key) => due.has(key));
}

/** How it stands to its code, in words. */
export function stateText(flow: Pick<FlowLine, "state">): string {
  return STATE_TEXTS[flow.state];
}

export function matches(flow: FlowLine, filter: string): boolean {
  const wanted = filter.trim().toLowerCase();
  return `${flow.key} ${flow.name}`.toLowerCase().includes(wanted);
}
