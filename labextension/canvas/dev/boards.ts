import type { Board, Card, Link, PaletteEntry } from "../src/protocol";

/** Made-up boards for looking at the canvas without Python. */

const NONE = { errors: 0, warnings: 0, infos: 0 };

export function card(part: Partial<Card> & Pick<Card, "id" | "title">): Card {
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
    outputs: [{ name: "next", label: "", declared: true }],
    inside: [],
    badges: [],
    problems: NONE,
    opens: "",
    fixed: false,
    shape: "card",
    ...part,
  };
}

export function link(part: Partial<Link> & Pick<Link, "source" | "target">): Link {
  const output = part.output ?? "";
  return {
    id: `${part.source} ${output} ${part.target}`,
    output,
    label: output === "next" ? "" : output,
    events: [],
    style: "solid",
    kind: "connection",
    both_ways: false,
    fixed: false,
    ...part,
  };
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

const domains = ["catalogue", "lending", "members", "notices"];
const crumbs = domains.map((at) => ({ at, title: at[0]?.toUpperCase() + at.slice(1) }));

export function board(
  part: Partial<Board> & Pick<Board, "at" | "title" | "cards" | "links">,
): Board {
  const [domain, flow] = part.at.split("/");
  const breadcrumb = [{ title: "System", at: "" }];
  if (domain) {
    breadcrumb.push({
      title: crumbs.find((one) => one.at === domain)?.title ?? domain,
      at: domain,
    });
  }
  if (flow) {
    breadcrumb.push({ title: part.title, at: part.at });
  }
  return {
    rev: 1,
    project: "library",
    level: flow ? "flow" : domain ? "domain" : "system",
    subtitle: "",
    direction: "right",
    breadcrumb,
    can_go_back: false,
    frames: [],
    problems: NONE,
    palette: flow ? palette : [],
    domains: crumbs,
    status: { state: "saved", message: "", unsaved: [], undo: "", redo: "", conflicts: [] },
    empty: "",
    ...part,
  };
}

const map: Partial<Card> = {
  kind: "domain",
  type: "domain",
  type_title: "Domain",
  category: "domain",
  icon: "▣",
  outputs: [],
  fixed: true,
  width: 260,
  height: 120,
};

export const system = board({
  at: "",
  title: "Branch library",
  subtitle: "Lends books in three branches.",
  problems: { errors: 1, warnings: 3, infos: 0 },
  cards: [
    card({
      ...map,
      id: "catalogue",
      title: "Catalogue",
      summary: "Titles, copies and where they stand.",
      x: 0,
      y: 0,
      opens: "catalogue",
      badges: [{ text: "4 flows", title: "4 flows", tone: "neutral" }],
    }),
    card({
      ...map,
      id: "lending",
      title: "Lending",
      summary: "Loans, returns, reservations and what is overdue.",
      x: 420,
      y: 0,
      opens: "lending",
      problems: { errors: 1, warnings: 2, infos: 0 },
      badges: [
        { text: "7 flows", title: "7 flows", tone: "neutral" },
        { text: "2 stale", title: "2 flows changed since their code was written", tone: "warn" },
      ],
    }),
    card({
      ...map,
      id: "members",
      title: "Members",
      summary: "Who may borrow, and under which conditions.",
      x: 0,
      y: 260,
      opens: "members",
      badges: [{ text: "3 flows", title: "3 flows", tone: "neutral" }],
    }),
    card({
      ...map,
      id: "notices",
      title: "Notices",
      summary: "Mail and messages to members.",
      x: 420,
      y: 260,
      opens: "notices",
      problems: { errors: 0, warnings: 1, infos: 0 },
      badges: [
        { text: "2 flows", title: "2 flows", tone: "neutral" },
        { text: "agent", title: "One flow is an agent", tone: "accent" },
      ],
    }),
  ],
  links: [
    link({
      source: "catalogue",
      target: "lending",
      events: ["copy.added", "copy.withdrawn", "title.changed"],
      fixed: true,
    }),
    link({
      source: "lending",
      target: "notices",
      events: ["loan.overdue", "reservation.ready"],
      fixed: true,
    }),
    link({ source: "members", target: "lending", events: ["member.blocked"], fixed: true }),
    link({ source: "members", target: "notices", events: ["member.registered"], fixed: true }),
    link({ source: "lending", target: "catalogue", events: ["copy.lost"], fixed: true }),
  ],
});

const flowCard: Partial<Card> = {
  kind: "flow",
  type: "traditional",
  type_title: "Flow",
  category: "domain",
  icon: "▣",
  outputs: [],
  fixed: true,
  width: 240,
  height: 104,
};
const portal: Partial<Card> = {
  kind: "portal",
  type: "portal",
  type_title: "Portal",
  category: "portal",
  icon: "⇥",
  outputs: [],
  fixed: true,
  width: 180,
  height: 64,
  shape: "portal",
};

export const lending = board({
  at: "lending",
  title: "Lending",
  subtitle: "Loans, returns, reservations and what is overdue.",
  cards: [
    card({
      ...flowCard,
      id: "borrow-book",
      title: "Borrow a book",
      summary: "POST /loans",
      x: 0,
      y: 0,
      opens: "lending/borrow-book",
      badges: [{ text: "8 nodes", title: "8 nodes", tone: "neutral" }],
    }),
    card({
      ...flowCard,
      id: "return-book",
      title: "Return a book",
      summary: "POST /loans/{id}/return",
      x: 0,
      y: 180,
      opens: "lending/return-book",
      problems: { errors: 1, warnings: 0, infos: 0 },
    }),
    card({
      ...flowCard,
      id: "remind",
      title: "Remind of overdue loans",
      summary: "every day at 06:00",
      x: 360,
      y: 0,
      opens: "lending/remind",
      category: "agent-flow",
      icon: "⊛",
      badges: [{ text: "agent", title: "An agent flow", tone: "accent" }],
    }),
    card({ ...portal, id: "portal:notices", title: "Notices", x: 720, y: 20, opens: "notices" }),
    card({
      ...portal,
      id: "portal:catalogue",
      title: "Catalogue",
      x: 720,
      y: 200,
      opens: "catalogue",
    }),
  ],
  links: [
    link({ source: "remind", target: "portal:notices", events: ["loan.overdue"], fixed: true }),
    link({
      source: "return-book",
      target: "portal:notices",
      events: ["reservation.ready"],
      fixed: true,
    }),
    link({
      source: "return-book",
      target: "portal:catalogue",
      events: ["copy.lost", "copy.returned"],
      fixed: true,
      style: "dashed",
    }),
  ],
});

export const borrow = board({
  at: "lending/borrow-book",
  title: "Borrow a book",
  can_go_back: true,
  problems: { errors: 1, warnings: 1, infos: 0 },
  cards: [
    card({
      id: "trigger",
      title: "Loan requested",
      type: "trigger",
      type_title: "Trigger",
      icon: "⬡",
      summary: "POST /loans",
      x: 0,
      y: 120,
      has_input: false,
      fixed: true,
    }),
    card({
      id: "check_input",
      title: "Check the request",
      type: "input",
      type_title: "Input",
      icon: "▱",
      summary: "3 fields",
      x: 320,
      y: 120,
      outputs: [
        { name: "valid", label: "valid", declared: true },
        { name: "invalid", label: "invalid", declared: true },
      ],
    }),
    card({
      id: "may_borrow",
      title: "May the member borrow?",
      type: "decision",
      type_title: "Decision",
      category: "logic",
      icon: "◇",
      summary: "member.status == 'active'",
      shape: "decision",
      x: 640,
      y: 60,
      outputs: [
        { name: "true", label: "Yes", declared: true },
        { name: "false", label: "No", declared: true },
      ],
    }),
    card({
      id: "store_loan",
      title: "Store the loan",
      type: "data_store",
      type_title: "Data store",
      category: "data",
      icon: "▥",
      summary: "create Loan",
      x: 960,
      y: 0,
      problems: { errors: 1, warnings: 0, infos: 0 },
      outputs: [
        { name: "success", label: "success", declared: true },
        { name: "failure", label: "failure", declared: true },
      ],
    }),
    card({
      id: "announce",
      title: "Tell the others",
      type: "event",
      type_title: "Event",
      category: "data",
      icon: "▷",
      summary: "loan.started",
      x: 1280,
      y: -60,
      outputs: [{ name: "done", label: "", declared: true }],
    }),
    card({
      id: "lent",
      title: "Lent",
      type: "terminal",
      type_title: "Terminal",
      icon: "◉",
      summary: "201",
      shape: "terminal",
      x: 1600,
      y: -60,
      width: 160,
      height: 56,
      outputs: [],
    }),
    card({
      id: "refused",
      title: "Refused",
      type: "terminal",
      type_title: "Terminal",
      icon: "◉",
      summary: "403 MEMBER_BLOCKED",
      shape: "terminal",
      x: 1280,
      y: 120,
      width: 200,
      height: 56,
      outputs: [],
      problems: { errors: 0, warnings: 1, infos: 0 },
    }),
    card({
      id: "bad_request",
      title: "Bad request",
      type: "terminal",
      type_title: "Terminal",
      icon: "◉",
      summary: "422",
      shape: "terminal",
      x: 640,
      y: 220,
      width: 160,
      height: 56,
      outputs: [],
    }),
    card({
      id: "history",
      title: "Look up the history of the member and of the copy",
      type: "sub_flow",
      type_title: "Sub-flow",
      category: "integration",
      icon: "▢",
      summary: "members/history",
      x: 1280,
      y: 240,
      opens: "lending/return-book",
      outputs: [
        { name: "success", label: "success", declared: true },
        { name: "retry", label: "retry", declared: false },
      ],
    }),
    card({
      id: "gone",
      kind: "missing",
      type: "missing",
      type_title: "Missing",
      category: "missing",
      icon: "?",
      title: "notify_branch",
      summary: "no node has this id",
      x: 1640,
      y: 250,
      width: 180,
      height: 56,
      outputs: [],
      fixed: true,
    }),
  ],
  links: [
    link({
      source: "trigger",
      output: "next",
      target: "check_input",
      style: "dashed",
      fixed: true,
    }),
    link({ source: "check_input", output: "valid", target: "may_borrow" }),
    link({ source: "check_input", output: "invalid", target: "bad_request" }),
    link({ source: "may_borrow", output: "true", target: "store_loan", label: "Yes" }),
    link({ source: "may_borrow", output: "false", target: "refused", label: "No" }),
    link({ source: "store_loan", output: "success", target: "announce" }),
    link({ source: "store_loan", output: "failure", target: "refused" }),
    link({ source: "announce", output: "done", target: "lent", label: "" }),
    link({ source: "history", output: "success", target: "gone" }),
    link({ source: "history", output: "retry", target: "may_borrow" }),
  ],
});

export const empty = board({
  at: "lending/return-book",
  title: "Return a book",
  cards: [],
  links: [],
  empty: "This flow has no nodes yet. Drag one from the palette.",
});

/** A sheet that stands upright, as agents' sheets do. */
export const upright = board({
  at: "notices/answer",
  title: "Answer a question",
  direction: "down",
  cards: [
    card({
      id: "trigger",
      title: "Question asked",
      type: "trigger",
      type_title: "Trigger",
      icon: "⬡",
      summary: "POST /questions",
      x: 0,
      y: 0,
      has_input: false,
      fixed: true,
    }),
    card({
      id: "guard",
      title: "Is it a fair question?",
      type: "guardrail",
      type_title: "Guardrail",
      category: "agent",
      icon: "⊘",
      summary: "input, 2 checks",
      x: 20,
      y: 160,
      outputs: [
        { name: "pass", label: "pass", declared: true },
        { name: "block", label: "block", declared: true },
      ],
    }),
    card({
      id: "loop",
      title: "Look for an answer",
      type: "agent_loop",
      type_title: "Agent loop",
      category: "agent",
      icon: "↻",
      summary: "a language model with 3 tools, at most 8 rounds",
      x: -40,
      y: 340,
      width: 320,
      height: 200,
      outputs: [
        { name: "answer", label: "answer", declared: true },
        { name: "ask_librarian", label: "ask_librarian", declared: true },
        { name: "error", label: "error", declared: true },
      ],
    }),
    card({
      id: "answered",
      title: "Answered",
      type: "terminal",
      type_title: "Terminal",
      icon: "◉",
      summary: "200",
      shape: "terminal",
      x: -200,
      y: 680,
      outputs: [],
    }),
    card({
      id: "gate",
      title: "A librarian answers",
      type: "human_gate",
      type_title: "Human gate",
      category: "agent",
      icon: "◐",
      summary: "2 ways, 300 s",
      x: 80,
      y: 680,
      outputs: [
        { name: "answered", label: "answered", declared: true },
        { name: "timeout", label: "timeout", declared: true },
      ],
    }),
    card({
      id: "failed",
      title: "Failed",
      type: "terminal",
      type_title: "Terminal",
      icon: "◉",
      summary: "500",
      shape: "terminal",
      x: 380,
      y: 680,
      outputs: [],
    }),
  ],
  links: [
    link({ source: "trigger", output: "next", target: "guard" }),
    link({ source: "guard", output: "pass", target: "loop" }),
    link({ source: "guard", output: "block", target: "failed" }),
    link({ source: "loop", output: "answer", target: "answered" }),
    link({ source: "loop", output: "ask_librarian", target: "gate" }),
    link({ source: "loop", output: "error", target: "failed" }),
    link({ source: "gate", output: "answered", target: "loop" }),
    link({ source: "gate", output: "timeout", target: "failed" }),
  ],
});

/** A flow as large as any that people should make, for measuring. */
export function large(nodes: number): Board {
  const columns = Math.ceil(Math.sqrt(nodes * 2));
  const cards: Card[] = [];
  const links: Link[] = [];
  for (let i = 0; i < nodes; i++) {
    const [column, row] = [i % columns, Math.floor(i / columns)];
    const outputs = ["success", "failure"].map((name) => ({ name, label: name, declared: true }));
    cards.push(
      card({
        id: `n${i}`,
        title: `Step ${i}`,
        summary: `does thing ${i}`,
        x: column * 320,
        y: row * 140,
        outputs,
        category: ["flow", "logic", "data", "agent"][i % 4] ?? "flow",
      }),
    );
    if (column < columns - 1 && i + 1 < nodes) {
      links.push(link({ source: `n${i}`, output: "success", target: `n${i + 1}` }));
    }
    if (i + columns + 1 < nodes && i % 5 === 0) {
      links.push(link({ source: `n${i}`, output: "failure", target: `n${i + columns + 1}` }));
    }
  }
  return board({ at: "lending/large", title: "Large", cards, links });
}
