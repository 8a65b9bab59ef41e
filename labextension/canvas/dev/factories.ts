import type { Badge, Board, Card, Link, PaletteEntry } from "../src/protocol";

/** What made-up boards are put together from. */

const NONE = { errors: 0, warnings: 0, infos: 0, todo: 0 };

type Port = Omit<Card["outputs"][number], "offset">;
type MadeCard = Partial<Omit<Card, "outputs">> & Pick<Card, "id" | "title"> & { outputs?: Port[] };

export function card({
  outputs = [{ name: "next", label: "", declared: true }],
  ...part
}: MadeCard): Card {
  const height = part.height ?? 72;
  return {
    kind: "node",
    type: "process",
    type_title: "Process",
    category: "flow",
    icon: "▭",
    summary: "",
    about: "",
    x: 0,
    y: 0,
    width: 220,
    height: 72,
    placed: true,
    has_input: true,
    outputs: spread(outputs, height),
    inside: [],
    badges: [],
    tags: [],
    problems: NONE,
    opens: "",
    fixed: false,
    container: false,
    shape: "card",
    ghost: null,
    ...part,
  };
}

/** Ports evenly along a side. */
function spread(ports: readonly Port[], length: number): Card["outputs"] {
  return ports.map((port, index) => ({
    ...port,
    offset: (length * (index + 1)) / (ports.length + 1),
  }));
}

export function badge(
  text: string,
  title = text,
  tone: Badge["tone"] = "neutral",
  offers: Badge["offers"] = "",
): Badge {
  return { text, title, tone, offers };
}

export function link(part: Partial<Link> & Pick<Link, "source" | "target">): Link {
  const output = part.output ?? "";
  return {
    id: `${part.source} ${output} ${part.target}`,
    output,
    label: output === "next" ? "" : output,
    printed: printedOn(part),
    hint: "",
    events: [],
    kind: "connection",
    stroke: "solid",
    head: "filled",
    both_ways: false,
    fixed: false,
    points: [],
    label_place: null,
    ghost: null,
    ...part,
  };
}

/** Events, else what no port says already. */
function printedOn({ events = [], output, label = "" }: Partial<Link>): string {
  return events.length > 1 ? `${events.length} events` : (events[0] ?? (output ? "" : label));
}

const palette: PaletteEntry[] = [
  ["input", "Input", "flow", "▱", "What comes in, with its validation."],
  ["process", "Process", "flow", "▭", "A step of work that the flow does itself."],
  ["terminal", "Terminal", "flow", "◉", "An end of the flow with what it answers."],
  ["decision", "Decision", "logic", "◇", "Which way to go on."],
  ["loop", "Loop", "logic", "↺", "The same for each item."],
  ["parallel", "Parallel", "logic", "═", "Several things at once."],
  ["data_store", "Data store", "data", "▥", "Read or write records."],
  ["event", "Event", "data", "▷", "Say that something happened."],
  ["service_call", "Service call", "integration", "◫", "Ask another system."],
  ["sub_flow", "Sub-flow", "integration", "▢", "Run another flow."],
  ["llm_call", "LLM call", "agent", "◆", "Ask a language model once."],
].map(
  ([type, title, category, icon, help]) => ({ type, title, category, icon, help }) as PaletteEntry,
);

/** How nodes look that the palette does not have. */
const others = [
  ["trigger", "Trigger", "flow", "⬡"],
  ["guardrail", "Guardrail", "agent", "⊘"],
  ["agent_loop", "Agent loop", "agent", "↻"],
  ["human_gate", "Human gate", "agent", "◐"],
].map(([type, title, category, icon]) => ({ type, title, category, icon }) as PaletteEntry);

/** A node with the look of its type. */
export function node(
  type: string,
  id: string,
  title: string,
  [x, y]: readonly [number, number],
  part: Omit<MadeCard, "id" | "title"> = {},
): Card {
  const look = [...palette, ...others].find((entry) => entry.type === type);
  const { title: type_title = type, category = "flow", icon = "▭" } = look ?? {};
  const end: Partial<MadeCard> = type === "terminal" ? { shape: "terminal", outputs: [] } : {};
  return card({ id, title, type, type_title, category, icon, x, y, ...end, ...part });
}

/** Outputs that are called what their labels say. */
export function ports(...names: string[]): Port[] {
  return names.map((name) => ({ name, label: name, declared: true }));
}

const domains = ["catalogue", "lending", "members", "notices"];
const crumbs = domains.map((at) => ({ at, title: at[0]?.toUpperCase() + at.slice(1) }));

export function board(
  part: Partial<Board> & Pick<Board, "at" | "title" | "cards" | "links">,
): Board {
  const [domain, flow] = part.at.split("/");
  const breadcrumb = [{ title: "System Map", at: "" }];
  if (domain) {
    breadcrumb.push({
      title: crumbs.find((one) => one.at === domain)?.title ?? domain,
      at: domain,
    });
  }
  if (flow) {
    breadcrumb.push({ title: part.title, at: part.at });
  }
  const cards =
    part.direction === "down"
      ? part.cards.map((one) => ({ ...one, outputs: spread(one.outputs, one.width) }))
      : part.cards;
  return {
    rev: 1,
    project: "library",
    level: flow ? "flow" : domain ? "domain" : "system",
    subtitle: "",
    direction: "right",
    style: "automatic",
    apart: false,
    breadcrumb,
    can_go_back: false,
    frames: [],
    problems: NONE,
    palette: flow ? palette : [],
    domains: crumbs,
    status: {
      state: "saved",
      message: "",
      unsaved: [],
      undo: "",
      redo: "",
      conflicts: [],
      merging: [],
    },
    sync_status: null,
    empty: "",
    proposal: null,
    compared: null,
    lacks: {},
    ...part,
    cards,
  };
}
