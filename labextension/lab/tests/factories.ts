import type { FlowLine, ProjectBrief, ProjectState, PromptView, RunBrief } from "../src/protocol";

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
    flows: [flow()],
    schemas: [],
    runs: [],
    queue: { state: "empty", why: "", items: [] },
    claude: { found: true, command: "claude", advice: "", asks: "It asks you." },
    testing: [],
    trusted: false,
    problems: [],
    git: "",
    ...part,
  };
}
