// Generated from ddd_lab/lab/protocol/panel.py by scripts/generate_protocol.py: run `make schema`.

export const VERSION = "0.1.0";
export type Field = "name" | "folder" | "kit" | "stack" | "git";

export type FlowState =
  | "in_sync"
  | "layout_only"
  | "spec_ahead"
  | "code_ahead"
  | "diverged"
  | "pending";

export type GhostKind = "added" | "changed" | "removed";
export type GitArea = "staged" | "changed" | "untracked" | "conflicts";

export type GraphKind =
  | "event"
  | "call"
  | "schema"
  | "contract"
  | "agent"
  | "orchestrator"
  | "handoff";

export type Head = "filled" | "open" | "hollow" | "diamond" | "bar";
export type ItemState = "waiting" | "running" | "done" | "failed" | "skipped";
export type MarkedBy = "staleness" | "problems" | "tests";

export type NoticeId =
  | "no_git"
  | "no_repository"
  | "bare"
  | "broken"
  | "other_owner"
  | "refused"
  | "no_commits"
  | "detached"
  | "merge"
  | "rebase"
  | "cherry_pick"
  | "revert"
  | "bisect"
  | "conflicts"
  | "no_author"
  | "no_upstream"
  | "upstream_gone"
  | "no_remote"
  | "locked"
  | "read_only"
  | "submodule"
  | "worktree"
  | "unsaved";

export type PromptKind = "implement" | "fix" | "migrate";
export type QueueAction = "start" | "pause" | "resume" | "skip" | "clear";
export type QueueState = "empty" | "running" | "paused" | "done";
export type RunState = "prompt_ready" | "running" | "waiting" | "done" | "failed" | "stopped";
export type StepEnd = "" | "again" | "cycle" | "missing" | "unconsumed" | "depth";
export type Stroke = "solid" | "double" | "dashed" | "dotted" | "dash-dot";
export type TestStatus = "passed" | "failed" | "error" | "skipped";
export type Tone = "good" | "warn" | "bad";

/** Why something was not done, and what to do about it; ``trust`` where that is to trust it. */
export type Refusal = { message: string; trust: TrustQuestion | null };
/** A project that was found. */
export type ProjectBrief = { name: string; path: string; root: string };
/** The projects below the server's root, by path, and the version of the server's part. */
export type Projects = { version: string; projects: ProjectBrief[] };
/** Where a design lies, and whether a kernel may be started for it. */
export type DesignFolder = { root: string; path: string | null; shadow: string };
/** The canvas as the browser loads it: a module and its style sheet. */
export type CanvasFiles = { js: string; css: string };
/** What JupyterLab shows when it opens. */
export type Opening = { design: string; path: string; code: string[] };

/** A flow, and how it stands to its code. */
export type FlowLine = {
  key: string;
  name: string;
  domain: string;
  agent: boolean;
  state: FlowState;
  stale: boolean;
  words: string[];
  files: string[];
  implemented_at: string;
  tests: TestCounts | null;
  run: string;
};

/** A schema that the mapping names, and how it stands. */
export type SchemaLine = { key: string; state: FlowState; stale: boolean; words: string[] };

/** A run in a list. ``why`` says in words why it stands so. */
export type RunBrief = {
  id: string;
  title: string;
  flows: string[];
  schemas: string[];
  kind: PromptKind;
  mode: "new" | "update";
  state: RunState;
  why: string;
  created_at: string;
  turns: number;
  begun: boolean;
  alive: boolean;
  confirmed: boolean;
  terminal: string;
};

/** Whether Claude Code can be started here; ``advice`` says what to do if not. */
export type ClaudeProgram = { found: boolean; command: string; advice: string; asks: string };

/** Everything that the panel shows of a project; ``rev`` changes when anything of it does. */
export type ProjectState = {
  rev: string;
  root: string;
  name: string;
  flows: FlowLine[];
  schemas: SchemaLine[];
  runs: RunBrief[];
  queue: Queue;
  claude: ClaudeProgram;
  testing: string[];
  trusted: boolean;
  problems: string[];
  git: string;
};

/** A project. */
export type RootNamed = { root: string };
/** A project to trust, and what proves that this is what the person was shown. */
export type TrustWanted = { root: string; fingerprint: string };
/** A project to show, with what is known of it: nothing is answered where that still holds. */
export type StateWanted = { root: string; rev: string; wait: boolean };
/** A flow of a project, ``domain/flow``; all of them where it is empty. */
export type FlowNamed = { root: string; flow: string };
/** A flow whose tests are to run; ``run`` keeps the result, else the last one confirmed. */
export type TestsWanted = { root: string; flow: string; run: string };
/** Flows to implement, whose failing tests to fix, or (``schemas``) data to migrate. */
export type PromptWanted = { root: string; kind: PromptKind; flows: string[]; schemas: string[] };

/** A prompt to be looked at, edited and run. */
export type PromptView = {
  kind: PromptKind;
  mode: "new" | "update";
  flows: string[];
  schemas: string[];
  text: string;
  tokens: number;
  files: string[];
};

/** A prompt as the person has left it, to be run. */
export type RunWanted = {
  root: string;
  kind: PromptKind;
  mode: "new" | "update";
  flows: string[];
  schemas: string[];
  text: string;
  files: string[];
};

/** A run of a project. */
export type RunNamed = { root: string; id: string };
/** Which files implement which flow. */
export type Confirmed = { root: string; id: string; files: Record<string, string[]> };

/** What came of running tests; ``problem`` says why there is no result, if so. */
export type TestReport = {
  flow: string;
  command: string[];
  passed: boolean;
  problem: string;
  duration_ms: number;
  tests: TestCase[];
};

/** One run, whole. */
export type RunView = {
  brief: RunBrief;
  prompt: string;
  message: string;
  notes: Notes;
  files: Proposal[];
  moved: string[];
  notices: string[];
  tests: TestReport[];
};

/** What moved between a flow's spec and its code; ``flow`` may be the name of a schema. */
export type Drift = { flow: string; state: FlowState; words: string[]; diff: string; seen: string };
/** A drift that is taken for in sync, and why; ``flow`` may be the name of a schema. */
export type Accepted = { root: string; flow: string; reason: string; seen: string };
/** What to do with the queue; ``prompts`` are those of a queue that starts, as looked at. */
export type QueueWanted = { root: string; action: QueueAction; prompts: PromptView[] };

/** One line of ``.ddd/events.jsonl``. */
export type EventLine = {
  at: string;
  who: string;
  what: string;
  flow: string;
  spec_hash: string;
  run: string;
};

/** The newest 100 events of a project. */
export type EventList = { events: EventLine[] };

/** A file of the design that differs from what Git has of it. */
export type GitFile = {
  path: string;
  name: string;
  area: GitArea;
  state: string;
  words: string[];
  flow: string;
  was: string;
};

/** A state of the repository that one should know of, with what to do. */
export type GitNotice = { id: NoticeId; text: string };
/** Why something cannot be done now; empty if it can. */
export type GitCannot = { write: string; commit: string; pull: string; push: string };

/** How a design stands in its repository; ``message`` is the one that is offered. */
export type GitState = {
  repository: boolean;
  headline: string;
  branch: string;
  commit: string;
  upstream: string;
  ahead: number;
  behind: number;
  files: GitFile[];
  notices: GitNotice[];
  cannot: GitCannot;
  message: string;
};

/** What a file said before it was discarded or restored, for having it back. */
export type GitDiscarded = { path: string; hash: string; left: string };
/** What was done, in words, how the design stands since, and what it takes to undo it. */
export type GitDone = { words: string; state: GitState; discarded: GitDiscarded[] };
/** Files of a design, by their paths. */
export type GitPaths = { root: string; paths: string[] };
/** A commit of what is staged. */
export type GitCommitWanted = { root: string; message: string; unsaved: string[] };
/** Files that are to say again what they said before. */
export type GitPutBackWanted = { root: string; discarded: GitDiscarded[] };
/** A flow, or a file by its path, that is to be as it was at a commit. */
export type GitRestoreWanted = { root: string; flow: string; commit: string };

/** A version of a file that was committed. */
export type GitVersion = {
  commit: string;
  at: string;
  author: string;
  subject: string;
  path: string;
  state: string;
  words: string[];
};

/** The versions of a file, newest first. */
export type GitHistory = { path: string; versions: GitVersion[] };
/** A place of a design: empty for the System Map, ``domain``, ``domain/flow`` or ``@flows``. */
export type PlaceNamed = { root: string; at: string };

/** Two versions to compare at a place. */
export type DesignDiffWanted = {
  root: string;
  at: string;
  old: string;
  new: string;
  theme: "light" | "dark";
  sides: boolean;
};

/** A difference in words. */
export type DesignChange = {
  kind: "added" | "changed" | "removed" | "other";
  subject: string;
  words: string[];
  card: string;
  edge: string;
  at: string;
};

/** How many cards and edges of a kind there are. */
export type MarkCount = { kind: GhostKind; cards: number; edges: number };

/** What differs between two versions at a place. */
export type DesignDiffView = {
  at: string;
  title: string;
  words: string;
  notice: string;
  counts: MarkCount[];
  changes: DesignChange[];
  pictures: string[];
};

/** A commit that touched a place; ``at`` is ISO 8601. */
export type VersionCommit = { commit: string; at: string; author: string; subject: string };
/** What a place can be compared with; ``notice`` says why there is nothing. */
export type DesignVersions = { commits: VersionCommit[]; branches: string[]; notice: string };
/** A design to show as a tree, with what is known of it. */
export type TreeWanted = { root: string; rev: string; wait: boolean };
/** A place of a design: ``path`` is its file, empty where it has none. */
export type TreeRow = { key: string; name: string; path: string; errors: number; warnings: number };

/** A flow, and how it stands to its code. */
export type TreeFlow = {
  key: string;
  name: string;
  path: string;
  errors: number;
  warnings: number;
  agent: boolean;
  state: FlowState;
  stale: boolean;
  tests: TestCounts | null;
  running: boolean;
};

/** A schema; it is stale where code follows an older version. */
export type TreeSchema = {
  key: string;
  name: string;
  path: string;
  errors: number;
  warnings: number;
  stale: boolean;
};

/** A design as a tree; ``rev`` changes when anything of it does. */
export type Tree = {
  rev: string;
  root: string;
  name: string;
  domains: TreeRow[];
  flows: TreeFlow[];
  schemas: TreeSchema[];
  errors: number;
  warnings: number;
  checked: boolean;
  troubles: string[];
};

/** A file or folder, by its path below the server's folder. */
export type FileNamed = { file: string };
/** The design that a file or folder belongs to, and the place that it describes there. */
export type Located = { root: string; at: string };
/** A notebook, by its path below the server's folder. */
export type NotebookNamed = { path: string };
/** What is asked for: pictures in the colours of a theme. */
export type ChoicesWanted = { theme: "light" | "dark" };

/** What a design can begin with; ``map_svg`` is its System Map, empty where none is. */
export type KitView = {
  id: string;
  title: string;
  summary: string;
  is_sample: boolean;
  map_svg: string;
};

/** A language with its framework and tools. */
export type StackView = { id: string; title: string };
/** What a new design can be made of; ``no_git`` says why it cannot be under Git. */
export type NewDesignChoices = { kits: KitView[]; stacks: StackView[]; no_git: string };
/** A new design; ``root`` may be relative to the folder that the server shows. */
export type NewDesignNamed = { root: string; name: string };

/** A new design to begin; an empty stack is the kit's own, or the usual one. */
export type NewDesignWanted = {
  root: string;
  name: string;
  kit: string;
  stack: string;
  git: boolean;
};

/** What is wrong with a field, in words. */
export type FieldProblem = { field: Field; words: string };
/** Where a new design lies or will lie, and why it cannot. */
export type NewDesignState = { root: string; problems: FieldProblem[]; in_repository: boolean };

/** Something on the map, where it lies and how large it is. */
export type GraphArea = {
  id: string;
  name: string;
  x: number;
  y: number;
  width: number;
  height: number;
};

/** The frame of a domain; ``flows`` lie in it. */
export type GraphDomain = {
  id: string;
  name: string;
  x: number;
  y: number;
  width: number;
  height: number;
  flows: number;
};

/** A flow; its ``id`` is ``domain/flow``. */
export type GraphFlow = {
  id: string;
  name: string;
  x: number;
  y: number;
  width: number;
  height: number;
  domain: string;
  sort: "missing" | "orchestration" | "agent" | "flow";
  trigger: string;
};

/** All links of one kind from a flow to another, or to a schema. */
export type GraphLink = {
  source: string;
  target: string;
  kind: GraphKind;
  via: string[];
  points: number[];
};

/** How links of a kind are drawn, and what they are. */
export type GraphSign = { kind: GraphKind; stroke: Stroke; head: Head; words: string };

/** The map of all flows, laid out. */
export type FlowGraph = {
  root: string;
  name: string;
  domains: GraphDomain[];
  flows: GraphFlow[];
  schemas: GraphArea[];
  links: GraphLink[];
  signs: GraphSign[];
};

/** By what flows are to be coloured. */
export type MarksWanted = { root: string; by: MarkedBy };
/** What is to be said of a flow; ``text`` stands on its card. */
export type Mark = { tone: Tone; text: string };
/** The marks of flows by their keys; nothing is said of those that are not in it. */
export type FlowMarks = { by: MarkedBy; marks: Record<string, Mark> };
/** The flow to follow, and how many links at most; 0 for all. */
export type TraceWanted = { root: string; flow: string; depth: number };

/** One link of a trace; see :class:`ddd_lab.maps.trace.TraceStep`. */
export type FollowedLink = {
  depth: number;
  source: string;
  target: string;
  kind: GraphKind;
  via: string;
  end: StepEnd;
};

/** Where a flow leads. */
export type FlowTrace = { flow: string; flows: Record<string, number>; steps: FollowedLink[] };

/** What was said after an implementation. */
export type Notes = {
  found: boolean;
  deviations: string[];
  additions: string[];
  ambiguities: string[];
  schema_changes: string[];
  text: string;
};

/** A file that may belong to flows of a run. */
export type Proposal = { path: string; flows: string[]; known: boolean };
/** The whole queue. */
export type Queue = { state: QueueState; why: string; items: QueueItem[] };

/** One flow of the queue. */
export type QueueItem = {
  flow: string;
  state: ItemState;
  why: string;
  run: string;
  kind: PromptKind;
};

/** One test. */
export type TestCase = {
  name: string;
  status: TestStatus;
  duration_ms: number;
  message: string;
  detail: string;
};

/** What the tests of a flow said when they ran last. */
export type TestCounts = { passed: number; failed: number; skipped: number; problem: string };

/** What a person is asked, as it is shown. */
export type TrustQuestion = {
  title: string;
  words: string[];
  folder: string;
  commands: string[];
  settings: string[];
  added: string[];
  removed: string[];
  action: string;
  declined: string;
  fingerprint: string;
};
