import type { FlowLine } from "../../protocol";

export type Group = "pending" | "stale" | "implemented";

export const GROUPS: readonly { readonly group: Group; readonly title: string }[] = [
  { group: "stale", title: "Stale" },
  { group: "pending", title: "Pending" },
  { group: "implemented", title: "Implemented" },
];

const STANDINGS: Record<FlowLine["state"], string> = {
  pending: "no code yet",
  in_sync: "in sync",
  layout_only: "in sync; only its layout moved",
  spec_ahead: "the spec moved",
  code_ahead: "the code moved",
  diverged: "spec and code both moved",
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
export function standing(flow: Pick<FlowLine, "state">): string {
  return STANDINGS[flow.state];
}

export function matches(flow: FlowLine, filter: string): boolean {
  const wanted = filter.trim().toLowerCase();
  return `${flow.key} ${flow.name}`.toLowerCase().includes(wanted);
}
