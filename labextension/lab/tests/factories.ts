import type {
  FlowLine,
  ProjectBrief,
  ProjectState,
  PromptView,
  RunBrief,
  Tree,
  TreeFlow,
} from "../src/protocol";

export function flow(part: Partial<FlowLine> = {}): FlowLine {
  return {
    key: "users/register",
    name: "Register",
    domain: "users",
    agent: false,
    state: "pending",
    stale: false,
    words: [],
    files: [],
    implemented_at: "",
    tests: null,
    run: "",
    ...part,
  };
}

export function run(part: Partial<RunBrief> = {}): RunBrief {
  return {
    id: "20260101-120000-register",
    title: "users/register",
    flows: ["users/register"],
    schemas: [],
    kind: "implement",
    mode: "new",
    state: "running",
    why: "Claude Code is at work",
    created_at: "2026-01-01T12:00:00Z",
    turns: 0,
    begun: true,
    alive: true,
    confirmed: false,
    terminal: "1",
    ...part,
  };
}

export function prompt(part: Partial<PromptView> = {}): PromptView {
  return {
    kind: "implement",
    mode: "new",
    flows: ["users/register"],
    schemas: [],
    text: "Do it well.",
    tokens: 4,
    files: [],
    ...part,
  };
}

/** A project below the server's folder, by its path there. */
export function project(path: string): ProjectBrief {
  return { name: path, path, root: `/home/${path}` };
}

export function state(part: Partial<ProjectState> = {}): ProjectState {
  return {
    rev: "1",
    root: "/home/shop",
    name: "Shop",
    git: "",
    flows: [flow()],
    schemas: [],
    runs: [],
    queue: { state: "empty", why: "", items: [] },
    claude: { found: true, command: "claude", advice: "", asks: "It asks you." },
    testing: [],
    trusted: false,
    problems: [],
    ...part,
  };
}

export function treeFlow(key: string, part: Partial<TreeFlow> = {}): TreeFlow {
  return {
    key,
    name: key,
    path: `specs/${key}.yaml`,
    errors: 0,
    warnings: 0,
    agent: false,
    state: "in_sync",
    stale: false,
    tests: null,
    running: false,
    ...part,
  };
}

/** A design with the domains of some flows, and with schemas. */
export function tree(flows: readonly TreeFlow[], schemas: readonly string[] = []): Tree {
  const row = { path: "", errors: 0, warnings: 0 };
  const domains = [...new Set(flows.map(({ key }) => key.split("/")[0] ?? ""))];
  return {
    rev: "1",
    root: "/home/shop",
    name: "Shop",
    domains: domains.map((key) => ({ ...row, key, name: key })),
    flows: [...flows],
    schemas: schemas.map((key) => ({ ...row, key, name: key, stale: false })),
    errors: 0,
    warnings: 0,
    checked: true,
    troubles: [],
  };
}
