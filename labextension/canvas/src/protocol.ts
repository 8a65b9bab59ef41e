// Generated from ddd_lab/canvas/protocol/messages.py by scripts/generate_protocol.py: run `make schema`.

/** What the browser asks for; validated like an API call. */
export interface Command {
  id: number;
  op: string;
  args: Record<string, unknown>;
  at: string | null;
}

/** What a person is asked before anything that a project names is run, word by word. */
export interface TrustView {
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
}

/** Why a command was not carried out, in words for the person who asked. */
export interface Failure {
  message: string;
  detail: string;
  trust: TrustView | null;
}

/** The answer to one command. */
export interface Reply {
  id: number;
  ok: boolean;
  result: Record<string, unknown>;
  error: Failure | null;
}

/** An output of a card. ``label`` is what to print beside it (empty: print nothing). */
export interface PortView {
  name: string;
  label: string;
  declared: boolean;
}

/** How many problems a card or a board has. */
export interface Counts {
  errors: number;
  warnings: number;
  infos: number;
}

/** A small mark on a card: ``text`` printed, ``title`` said in full, ``tone`` for its colour. */
export interface Badge {
  text: string;
  title: string;
  tone: "neutral" | "accent" | "good" | "warn" | "bad";
  offers: "" | "drift" | "fix";
}

/** A text in a row of a large card; a chip where it is framed. */
export interface InsideItem {
  text: string;
  mark: string;
  hint: string;
  x: number;
  width: number;
  framed: boolean;
}

/** A row inside a large card: ``y`` from where the rows begin, ``more`` rows had no room. */
export interface InsideRow {
  title: string;
  y: number;
  items: InsideItem[];
  more: number;
}

/** A box on a board. */
export interface Card {
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
  problems: Counts;
  opens: string;
  fixed: boolean;
  shape: "card" | "terminal" | "decision" | "portal";
}

/** A line on a board. */
export interface Link {
  id: string;
  source: string;
  output: string;
  target: string;
  label: string;
  events: string[];
  style: "solid" | "dashed";
  kind:
    | "connection"
    | "event"
    | "sub_flow"
    | "handoff"
    | "orchestrator"
    | "group"
    | "route"
    | "fallback"
    | "experiment"
    | "gate";
  both_ways: boolean;
  fixed: boolean;
}

/** A boundary behind the cards that belong together. */
export interface Frame {
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
}

/** One segment of the breadcrumb. */
export interface Crumb {
  title: string;
  at: string;
}

/** A node type that can be placed. */
export interface PaletteEntry {
  type: string;
  title: string;
  category: string;
  icon: string;
  help: string;
}

/** What is saved and what is not. */
export interface Status {
  state: "saved" | "unsaved" | "failed" | "conflict" | "readonly";
  message: string;
  unsaved: string[];
  undo: string;
  redo: string;
  conflicts: string[];
}

/** How a flow and its code stand to each other, where there is code. */
export interface StandingView {
  state: "in_sync" | "layout_only" | "spec_ahead" | "code_ahead" | "diverged" | "pending";
  stale: boolean;
  title: string;
  words: string[];
  more: number;
  failed: number;
}

/** One sheet: everything that the canvas needs to draw it. */
export interface Board {
  rev: number;
  at: string;
  project: string;
  level: "system" | "domain" | "flow";
  title: string;
  subtitle: string;
  direction: "right" | "down";
  breadcrumb: Crumb[];
  can_go_back: boolean;
  cards: Card[];
  links: Link[];
  frames: Frame[];
  problems: Counts;
  palette: PaletteEntry[];
  domains: Crumb[];
  status: Status;
  standing: StandingView | null;
  empty: string;
}

/** What changed since revision ``since``; a browser at another revision asks for the board. */
export interface Patch {
  since: number;
  rev: number;
  cards: Record<string, Record<string, unknown>>;
  links: Record<string, Record<string, unknown>>;
  gone_cards: string[];
  gone_links: string[];
  board: Record<string, unknown>;
  checked: boolean;
}

/** One problem in the list; ``at`` and ``card`` are where a click leads. */
export interface ProblemView {
  severity: "error" | "warning" | "info";
  rule: string;
  message: string;
  path: string;
  line: number;
  column: number;
  at: string;
  card: string;
  key: string;
  fixes: string[];
}

/** All problems of the project, worst first. */
export interface ProblemList {
  problems: ProblemView[];
}

/** What the spec panel shows of one card, or of one line (kind ``link``). */
export interface Inspection {
  id: string;
  kind: string;
  type: string;
  type_title: string;
  help: string;
  card_schema: Record<string, unknown>;
  data: Record<string, unknown>;
  required: string[];
  kept: Record<string, string>;
  suggestions: Record<string, string[]>;
  problems: ProblemView[];
  yaml: string;
  path: string;
  line: number;
  readonly: string;
}

/** Something that happened without being asked for: announced politely, shown for a while. */
export interface Notice {
  tone: "info" | "good" | "bad";
  text: string;
}
