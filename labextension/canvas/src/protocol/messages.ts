// Generated from ddd_lab/canvas/protocol/messages.py by scripts/generate_protocol.py: run `make schema`.

export const VERSION = "0.1.0";
export const SMALLEST_NOTE = 40;
export const LARGEST_NOTE = 4000;
export type AssistantMode = "explore" | "ask" | "auto";
export type ChosenStyle = "automatic" | "right" | "down" | "wrapped";
export type GateStage = "understanding" | "structure" | "flows" | "finished";
export type Head = "filled" | "open" | "hollow" | "diamond" | "bar";
export type Level = "system" | "domain" | "flow";

export type LinkKind =
  | "connection"
  | "event"
  | "sub_flow"
  | "handoff"
  | "orchestrator"
  | "group"
  | "route"
  | "fallback"
  | "experiment"
  | "shared_schema"
  | "contract"
  | "gate";

export const SEVERITIES = ["error", "warning", "info"] as const;
export type Severity = (typeof SEVERITIES)[number];
export type Stroke = "solid" | "double" | "dashed" | "dotted" | "dash-dot";
export type Tag = "agent" | "stale";

export const FIELD_TYPES = [
  "string",
  "text",
  "number",
  "integer",
  "decimal",
  "boolean",
  "array",
  "object",
  "json",
  "uuid",
  "date",
  "datetime",
  "enum",
  "file",
] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

/** What differs on the board from an earlier version of the design. */
export type ComparedView = { name: string; words: string };

/** What a proposal would do to a card or an edge, or what became of it since a version. */
export type Ghost = {
  kind: "added" | "changed" | "removed";
  since: string;
  words: string[];
  items: string[];
  changes: FieldChange[];
  inside: number;
  problem: string;
};

/** A proposal: its items in the order of the answer, and what they come to. */
export type ProposalView = {
  id: string;
  complete: boolean;
  items: ProposalItem[];
  added: number;
  changed: number;
  removed: number;
  words: string;
  problems: string[];
};

/** Why a command was not carried out, in words for the person who asked. */
export type Failure = { message: string; detail: string };

/** The answer to one command. */
export type Reply = {
  id: number;
  ok: boolean;
  result: Record<string, unknown>;
  error: Failure | null;
};

/** An output of a card. ``label`` is what to print beside it (empty: print nothing). */
export type PortView = { name: string; label: string; declared: boolean; offset: number };
/** How many problems a card or a board has; ``todo`` are those of cards that are new. */
export type Counts = { errors: number; warnings: number; infos: number; todo: number };

/** A small mark on a card; pressing it leads to what it ``offers``. */
export type Badge = {
  text: string;
  title: string;
  tone: "neutral" | "accent" | "good" | "warn" | "bad";
  offers: "" | "drift" | "fix";
};

/** A text in a row of a large card; a chip where it is framed. */
export type InsideItem = {
  text: string;
  mark: string;
  hint: string;
  x: number;
  width: number;
  framed: boolean;
};

/** A row inside a large card: ``y`` from where the rows begin, ``more`` rows had no room. */
export type InsideRow = { title: string; y: number; items: InsideItem[]; more: number };

/** A box on a board. */
export type Card = {
  id: string;
  kind: "domain" | "flow" | "portal" | "event" | "node" | "note" | "gate" | "missing";
  type: string;
  type_title: string;
  category: string;
  icon: string;
  title: string;
  summary: string;
  about: string;
  x: number;
  y: number;
  width: number;
  height: number;
  placed: boolean;
  has_input: boolean;
  outputs: PortView[];
  inside: InsideRow[];
  badges: Badge[];
  tags: Tag[];
  problems: Counts;
  opens: string;
  fixed: boolean;
  container: boolean;
  shape: "card" | "terminal" | "decision" | "portal";
  ghost: Ghost | null;
};

/** Where the label of a link stands: its middle, and how wide it may be, in pixels. */
export type LabelPlace = { x: number; y: number; width: number };

/** An edge on a board. */
export type Link = {
  id: string;
  source: string;
  output: string;
  target: string;
  label: string;
  printed: string;
  hint: string;
  events: string[];
  kind: LinkKind;
  stroke: Stroke;
  head: Head;
  both_ways: boolean;
  fixed: boolean;
  points: [number, number][];
  label_place: LabelPlace | null;
  ghost: Ghost | null;
};

/** A boundary behind the cards that belong together. */
export type Frame = {
  id: string;
  kind: "container" | "body" | "team";
  title: string;
  card: string;
  cards: string[];
  x: number;
  y: number;
  width: number;
  height: number;
  chips: Badge[];
  note: string;
  folded: boolean;
  depth: number;
};

/** One segment of the breadcrumb. */
export type Crumb = { title: string; at: string };

/** A node type that can be placed; a flow ``ends`` at some. */
export type PaletteEntry = {
  type: string;
  title: string;
  category: string;
  icon: string;
  help: string;
  ends: boolean;
};

/** What is saved and what is not. */
export type Status = {
  state: "saved" | "unsaved" | "failed" | "conflict" | "readonly";
  message: string;
  unsaved: string[];
  undo: string;
  redo: string;
  conflicts: string[];
  merging: string[];
};

/** How a flow and its code stand to each other, where there is code. */
export type SyncStatusView = {
  state: "in_sync" | "layout_only" | "spec_ahead" | "code_ahead" | "diverged" | "pending";
  stale: boolean;
  title: string;
  words: string[];
  more: number;
  failed: number;
};

/** One sheet: everything that the canvas needs to draw it. */
export type Board = {
  rev: number;
  at: string;
  project: string;
  level: Level;
  title: string;
  subtitle: string;
  direction: "right" | "down";
  style: ChosenStyle;
  apart: boolean;
  breadcrumb: Crumb[];
  can_go_back: boolean;
  cards: Card[];
  links: Link[];
  frames: Frame[];
  problems: Counts;
  palette: PaletteEntry[];
  domains: Crumb[];
  status: Status;
  sync_status: SyncStatusView | null;
  empty: string;
  proposal: ProposalView | null;
  compared: ComparedView | null;
  lacks: Record<string, string>;
};

/** One problem in the list; ``at``, ``card`` and ``field`` are where a click leads. */
export type ProblemView = {
  severity: Severity;
  rule: string;
  message: string;
  path: string;
  line: number;
  column: number;
  at: string;
  card: string;
  field: string[];
  title: string;
  todo: boolean;
  key: string;
  fixes: string[];
};

/** What changed since revision ``since``; a browser at another revision asks for the board. */
export type Patch = {
  since: number;
  rev: number;
  cards: Record<string, Partial<Card>>;
  links: Record<string, Partial<Link>>;
  gone_cards: string[];
  gone_links: string[];
  board: Partial<Board>;
  problem_list: ProblemView[] | null;
};

/** Something that happened without being asked for: announced politely, shown for a while. */
export type Notice = { tone: "info" | "good" | "bad"; text: string };

/** A model that can be chosen. */
export type ModelView = {
  id: string;
  label: string;
  group: string;
  price: string;
  free: boolean;
  health: "ready" | "unavailable" | "unknown";
  why: string;
};

/** An inline action: what a model can do for one node, connection, sheet or map. */
export type ActionView = {
  id: string;
  title: string;
  on: ("node" | "connection" | "sheet" | "domain" | "system")[];
  question: string;
  proposes: boolean;
};

/** What was spent, in US dollars. */
export type BudgetView = {
  session: number;
  period: number;
  unpriced: boolean;
  tokens: number;
  warning: number;
  limit: number;
  state: "fine" | "warning" | "limit";
  name: string;
  free: string;
};

/** What there is to ask with. */
export type AssistantState = {
  models: ModelView[];
  active: string;
  missing: string;
  mode: AssistantMode;
  modes: Record<string, AssistantMode>;
  budget: BudgetView;
  problems: string[];
};

/** Something that a model looked up: in words, and what it was given. */
export type LookupView = { title: string; result: string };
/** What a person is asked before an answer goes on; ``limit`` where a limit is reached. */
export type LeaveView = { reason: string; text: string };

/** Tokens of an answer; ``how`` says whether the server counted them. */
export type UsageView = {
  input: number;
  cached: number;
  output: number;
  how: "exact" | "estimate";
};

/** A decision that an answer ends with, as a person may have it written down. */
export type DecisionOfferView = {
  title: string;
  decision: string;
  rationale: string;
  affected: string;
};

/** What a change would do to one flow or domain; the empty place is the system. */
export type PlannedFlow = { at: string; words: string };

/** What one says in a conversation; an answer as far as it came. */
export type Turn = {
  id: string;
  role: "user" | "assistant" | "system";
  state: "running" | "done" | "cancelled" | "failed" | "replaced";
  text: string;
  thinking: string;
  note: string;
  model: string;
  why: string;
  usage: UsageView | null;
  cost: number | null;
  error: string;
  lookups: LookupView[];
  seconds: number;
  leave: LeaveView | null;
  proposal: "" | "pending" | "applied" | "discarded";
  again: boolean;
  changes: string[];
  remarks: string[];
  plan: PlannedFlow[];
  decision: DecisionOfferView | null;
};

/** How an answer went on: it is as said here, and its texts go on where they are cut off. */
export type TurnNews = {
  thread: string;
  turn: Turn;
  text_from: number;
  text: string;
  thinking_from: number;
  thinking: string;
};

/** A conversation in a list. */
export type ThreadView = {
  id: string;
  at: string;
  place: string;
  title: string;
  updated: string;
  messages: number;
  archived: boolean;
  excerpt: string;
};

/** A conversation of a place; without a ``thread`` it has not begun. */
export type Conversation = {
  at: string;
  place: string;
  thread: ThreadView | null;
  turns: Turn[];
  suggestions: string[];
};

/** A plan in a list. */
export type PlanLink = { path: string; title: string; stage: GateStage };

/** A step of a plan; its key is what it makes, or what it says. */
export type DesignStep = {
  key: string;
  text: string;
  mark: "open" | "working" | "done" | "dropped";
  reason: string;
};

/** A design at its present gate. */
export type DesignView = {
  title: string;
  path: string;
  stage: GateStage;
  wanted: string;
  definition: string;
  domain: string;
  steps: DesignStep[];
  questions: string[];
  answer: Turn | null;
  proposal: string;
};

/** The design that is open now; None where there is none. */
export type DesignNews = { design: DesignView | null };
/** Plans that can be gone on with, the newest first, and the design that is open. */
export type Designs = { plans: PlanLink[]; design: DesignView | null };
/** A setting before and after, as texts; empty where there is none. */
export type FieldChange = { field: string; before: string; after: string };
/**  */
export type JsonValue = Record<string, never>;

/** One thing that a proposal would do, to be taken or left. */
export type ProposalItem = {
  id: string;
  title: string;
  kind: "added" | "changed" | "removed";
  at: string;
  card: string;
  needs: string[];
  ticked: boolean;
  changes: FieldChange[];
  problems: string[];
  refused: string;
};
