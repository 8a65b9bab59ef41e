import type { Link } from "../protocol";

export type Stroke = "solid" | "double" | "dashed" | "dotted" | "dash-dot";
export type Head = "filled" | "open" | "hollow" | "diamond" | "bar";

/** How lines of a kind are drawn, and what they say: shape before colour. */
export interface Look {
  readonly stroke: Stroke;
  readonly head: Head;
  readonly words: string;
}

const LOOKS: Record<Link["kind"], Look> = {
  connection: { stroke: "solid", head: "filled", words: "Connection" },
  event: { stroke: "solid", head: "open", words: "Event" },
  sub_flow: { stroke: "solid", head: "hollow", words: "Calls as a sub-flow" },
  orchestrator: { stroke: "double", head: "filled", words: "Leads the agent" },
  handoff: { stroke: "dashed", head: "open", words: "Hands over" },
  route: { stroke: "solid", head: "diamond", words: "Routes to" },
  fallback: { stroke: "dashed", head: "hollow", words: "Falls back to" },
  experiment: { stroke: "dash-dot", head: "diamond", words: "Tries on a share of the requests" },
  group: { stroke: "dotted", head: "open", words: "Has as a member of its team" },
  shared_schema: { stroke: "dotted", head: "open", words: "Shares a schema" },
  gate: { stroke: "dashed", head: "bar", words: "Escalates to a person" },
};

export function lookOf(link: Link): Look {
  const look = LOOKS[link.kind];
  // An implicit or dangling line of a sheet is dashed whatever it stands for.
  return link.style === "dashed" && look.stroke === "solid" ? { ...look, stroke: "dashed" } : look;
}

/** What a line is, said in full; nothing where its ends and outputs say it all. */
export function inWords(link: Link): string {
  if (link.kind === "connection") {
    return "";
  }
  const { words } = LOOKS[link.kind];
  const said = link.events.join(", ") || link.label.replace(/^\S*[⇄⊛]\s*/u, "");
  const ways = link.both_ways ? ", and back" : "";
  return `${words}${ways}${said ? `: ${said}` : ""}`;
}
