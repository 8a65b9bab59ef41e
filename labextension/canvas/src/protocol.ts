// Generated from ddd_lab/canvas/protocol/messages.py and ddd_lab/canvas/commands by scripts/generate_protocol.py: run `make schema`.

export const VERSION = "0.1.0";
export const SMALLEST_NOTE = 40;
export const LARGEST_NOTE = 4000;

export const HEADS = ["filled", "open", "hollow", "diamond", "bar"] as const;
export type Head = (typeof HEADS)[number];

export const STROKES = ["solid", "double", "dashed", "dotted", "dash-dot"] as const;
export type Stroke = (typeof STROKES)[number];

export const LINK_KINDS = [
  "connection",
  "event",
  "sub_flow",
  "handoff",
  "orchestrator",
  "group",
  "route",
  "fallback",
  "experiment",
  "shared_schema",
  "gate",
] as const;
export type LinkKind = (typeof LINK_KINDS)[number];

export const SEVERITIES = ["error", "warning", "info"] as const;
export type Severity = (typeof SEVERITIES)[number];

export const LEVELS = ["system", "domain", "flow"] as const;
export type Level = (typeof LEVELS)[number];

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

/** What the browser asks for; validated like an API call. */
export interface Command {
  id: number;
  op: keyof Operations;
  args: Operations[keyof Operations]["args"];
  at: string | null;
}

/** Why a command was not carried out, in words for the person who asked. */
export interface Failure {
  message: string;
  detail: string;
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
  offset: number;
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
  container: boolean;
  shape: "card" | "terminal" | "decision" | "portal";
}

/** Where the label of a link stands: its middle, and how wide it may be, in pixels. */
export interface LabelPlace {
  x: number;
  y: number;
  width: number;
}

/** A line on a board. */
export interface Link {
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
  level: Level;
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
  cards: Record<string, Partial<Card>>;
  links: Record<string, Partial<Link>>;
  gone_cards: string[];
  gone_links: string[];
  board: Partial<Board>;
  checked: boolean;
}

/** One problem in the list; ``at`` and ``card`` are where a click leads. */
export interface ProblemView {
  severity: Severity;
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

/** The id of a card or an edge, as it is now. */
export interface NamedCard {
  id: string;
}

/** It was done, and there is nothing else to say. */
export type Done = Record<string, never>;

/** Which lines of the file would change, or what is wrong with the edited lines and where. */
export interface NodeCheck {
  diff: string;
  problem: string;
  line: number;
  column: number;
}

/** A text to show or to take away. */
export interface TextResult {
  text: string;
}

/** A place that was made or changed; empty where there is none any more. */
export interface NamedPlace {
  at: string;
}

/** The ids of cards that were added. */
export interface NamedCards {
  ids: string[];
}

/** Every event that a domain names, by name. */
export interface EventList {
  events: EventEnds[];
}

/** What replacing would change. */
export interface Matches {
  changes: TextChange[];
  total: number;
  kept: number;
  seen: string;
}

/** What the fix that was carried out is called. */
export interface AppliedFix {
  title: string;
}

/** What the fixes that were carried out are called. */
export interface AppliedFixes {
  titles: string[];
}

/** What the fixes of problems are called, by the problems' keys. */
export interface FixTitles {
  fixes: Record<string, string[]>;
}

/** The version of Python's part. */
export interface Welcome {
  version: string;
}

/** What names a flow or a domain, and the titles of the flows that are in the domain. */
export interface MentionList {
  mentions: MentionView[];
  flows: string[];
}

/** The lines of a node, and where in the file they are. */
export interface NodeLines {
  text: string;
  path: string;
  line: number;
}

/** What a change of the design would do to the files. */
export interface Plan {
  files: FileChange[];
}

/** The lines that saving would change. */
export interface Preview {
  diff: string;
  places: string[];
}

/** What a fix is called, and the lines that it would change. */
export interface FixPreview {
  title: string;
  diff: string;
}

/** The flows that a template would make, and a picture of the first. */
export interface TemplatePreview {
  flows: FlowTitle[];
  svg: string;
}

/** A prompt, and the commands for a terminal: to implement the flows, to accept the first. */
export interface PromptResult {
  text: string;
  files: string[];
  command: string;
  accept: string;
  drifts: Drift[];
}

/** The label of the step that was undone or redone. */
export interface TakenStep {
  label: string;
}

/** How many texts were replaced. */
export interface Replaced {
  count: number;
}

/** The folder that the project is in. */
export interface ProjectFolder {
  root: string;
}

/** Paths of the files that were written. */
export interface Written {
  written: string[];
}

/** What was found for some words, best first. */
export interface SearchHits {
  hits: SearchHit[];
}

/** The id of a node and its lines, as they are now. */
export interface EditedNode {
  id: string;
  text: string;
}

/** What those of some flows that there are, are called. */
export interface SheetTitles {
  titles: Record<string, string>;
}

/** The starter templates. */
export interface TemplateList {
  templates: TemplateView[];
}

/** What moved between a flow and its code; ``unknown`` says why there is no ``diff``. */
export interface Drift {
  flow: string;
  title: string;
  words: string[];
  diff: string;
  unknown: string;
}

/** An event, and the domains that publish and consume it. */
export interface EventEnds {
  name: string;
  publishers: string[];
  consumers: string[];
}

/** What was found, with the text around it. */
export interface Excerpt {
  before: string;
  found: string;
  after: string;
}

/** What would happen to one file. */
export interface FileChange {
  path: string;
  change: "new" | "changed" | "moved" | "gone";
  former: string;
  diff: string;
}

/** A flow and what it is called. */
export interface FlowTitle {
  at: string;
  title: string;
}

/** Where a flow names another flow or a domain. */
export interface MentionView {
  at: string;
  title: string;
  card: string;
  what: string;
}

/** Something that a template asks for. */
export interface ParameterView {
  name: string;
  title: string;
  help: string;
  default: string;
}

/** Something that was found: its board and card, and what it is. */
export interface SearchHit {
  at: string;
  card: string;
  kind: string;
  icon: string;
  text: Excerpt;
  what: string;
  title: string;
  path: string;
  field: string[];
}

/** A starter template; ``several`` where it makes more than one flow. */
export interface TemplateView {
  id: string;
  title: string;
  category: string;
  help: string;
  several: boolean;
  parameters: ParameterView[];
}

/** What replacing would change in one text, shown around where it differs first. */
export interface TextChange {
  at: string;
  card: string;
  title: string;
  what: string;
  before: string;
  after: string;
}

/** A node to place, the card to connect it from, if any, and the container to put it into. */
export interface NewNode {
  type: string;
  x: number;
  y: number;
  connect_from?: string | null;
  output?: string | null;
  into?: string | null;
}

/** A note to put on the sheet. */
export interface NewNote {
  x: number;
  y: number;
  text?: string;
}

/** Cards, and what of them is brought into line. */
export interface Aligned {
  cards: readonly string[];
  side: "left" | "center" | "right" | "top" | "middle" | "bottom";
}

/** Base of all arguments; no argument at all by itself. */
export type Arguments = Record<string, never>;

/** A node, and what its lines are to be. */
export interface NodeText {
  id: string;
  text: string;
}

/** Which version of a file in conflict stays. */
export interface Choice {
  path: string;
  keep: "mine" | "theirs";
}

/** A line from an output of a card to another card; without an output, from the first free. */
export interface NewLink {
  source: string;
  output?: string | null;
  target: string;
}

/** Cards, by id. */
export interface Chosen {
  cards: readonly string[];
}

/** A domain to delete, and whether its flows go with it. */
export interface DeadDomain {
  domain: string;
  with_flows?: boolean;
}

/** A place. */
export interface At {
  at: string;
}

/** Lines, by id. */
export interface LinkIds {
  links: readonly string[];
}

/** Cards, and the direction in which their gaps become equal. */
export interface Distributed {
  cards: readonly string[];
  way: "horizontally" | "vertically";
}

/** A flow, and what its copy is called. */
export interface FlowCopy {
  at: string;
  name?: string;
}

/** What to find and what to put there. */
export interface Pattern {
  pattern: string;
  replacement?: string;
  regex?: boolean;
  case?: boolean;
  ids?: boolean;
  scope?: string;
}

/** A fix of a problem, by its place in the list of them. */
export interface OneFix {
  key: string;
  index?: number;
}

/** Problems, by key; all of them where left out. */
export interface Problems {
  keys?: readonly string[] | null;
}

/** A container, and whether it is to be folded. */
export interface Folding {
  card: string;
  folded: boolean;
}

/** The version of the canvas in the page. */
export interface Greeting {
  version: string;
}

/** A card; the empty id is the flow of the sheet itself. */
export interface CardId {
  id: string;
}

/** Cards and where they were put. */
export interface Movement {
  moves: readonly NewPlace[];
}

/** A flow, and the domain that it shall belong to. */
export interface FlowMove {
  at: string;
  domain: string;
}

/** A list item inside a card's or line's data, and the index that it is to have. */
export interface ItemMove {
  id: string;
  path: readonly (string | number)[];
  to: number;
}

/** Cards, and the container to put them into; the empty id is the sheet itself. */
export interface Nesting {
  cards: readonly string[];
  into: string;
}

/** What a new domain needs. */
export interface NewDomain {
  name: string;
  description?: string;
}

/** What a new flow needs; with a template the name may be empty. */
export interface NewFlow {
  name: string;
  domain: string;
  type?: "traditional" | "agent";
  template?: string;
  parameters?: Record<string, string>;
}

/** A text that holds nodes, and where the top left corner of the whole goes. */
export interface Pasted {
  text: string;
  x?: number | null;
  y?: number | null;
}

/** What kind of picture is wanted. */
export interface BoardExport {
  format: "svg" | "mermaid";
  theme?: "light" | "dark";
}

/** A change of the design, and its arguments. */
export interface Planned {
  change: DesignChange;
  args: Operations[DesignChange]["args"];
}

/** A file, or all of them. */
export interface OneFile {
  path?: string | null;
}

/** A template and what it is used for, and the colours of the page that shows it. */
export interface TemplateUse {
  template: string;
  name?: string;
  domain: string;
  parameters?: Record<string, string>;
  theme?: "light" | "dark";
}

/** Flows to implement, or whose failing tests to fix. */
export interface PromptFor {
  flows: readonly string[];
  kind?: "implement" | "fix";
}

/** A line, and the output to leave from or the card to lead to, where they are others. */
export interface NewEnds {
  id: string;
  output?: string | null;
  target?: string | null;
}

/** Cards and lines, by id. */
export interface Removal {
  cards?: readonly string[];
  links?: readonly string[];
}

/** A card and its new id. */
export interface NewId {
  id: string;
  to: string;
}

/** A domain and its new name. */
export interface DomainName {
  domain: string;
  name: string;
}

/** A flow and its new name. */
export interface FlowName {
  at: string;
  name: string;
}

/** A key of a map inside a card's or line's data, its new name, and its new value if any. */
export interface KeyName {
  id: string;
  path: readonly (string | number)[];
  to: string;
  value?: unknown;
}

/** The same, with the changes that were chosen among those that ``seen`` stands for. */
export interface Replacing {
  pattern: string;
  replacement?: string;
  regex?: boolean;
  case?: boolean;
  ids?: boolean;
  scope?: string;
  only: readonly number[];
  seen: string;
}

/** Words to look for. */
export interface Query {
  text: string;
}

/** A path inside a card's data, and what to set there. */
export interface Setting {
  id: string;
  path: readonly (string | number)[];
  value: unknown;
}

/** Places that may be there or not. */
export interface Positions {
  at: readonly string[];
}

/** Cards, by id; all of the board if left out. */
export interface ChosenOrAll {
  cards?: readonly string[] | null;
}

/** A path inside a card's data. */
export interface Unsetting {
  id: string;
  path: readonly (string | number)[];
}

/** An event's way; a domain means all its flows. */
export interface Unwire {
  source: string;
  target: string;
  event: string;
}

/** An event and its way; ends are ``domain`` or ``domain/flow``. */
export interface NewEventLink {
  source: string;
  target: string;
  event: string;
  description?: string;
  add_nodes?: boolean;
}

/** Where a card was put, and into which container; the empty id is the sheet itself. */
export interface NewPlace {
  id: string;
  x: number;
  y: number;
  into?: string | null;
}

/** What the browser can ask for: the arguments and the result of every operation. */
export interface Operations {
  add: { args: NewNode; result: NamedCard };
  add_note: { args: NewNote; result: NamedCard };
  align: { args: Aligned; result: Done };
  back: { args: Arguments; result: Done };
  check_node_yaml: { args: NodeText; result: NodeCheck };
  conflict: { args: Choice; result: Done };
  connect: { args: NewLink; result: Done };
  copy: { args: Chosen; result: TextResult };
  cut: { args: Chosen; result: TextResult };
  delete_domain: { args: DeadDomain; result: NamedPlace };
  delete_flow: { args: At; result: NamedPlace };
  disconnect: { args: LinkIds; result: Done };
  distribute: { args: Distributed; result: Done };
  duplicate: { args: Chosen; result: NamedCards };
  duplicate_flow: { args: FlowCopy; result: NamedPlace };
  events: { args: Arguments; result: EventList };
  find: { args: Pattern; result: Matches };
  fix: { args: OneFix; result: AppliedFix };
  fix_all: { args: Arguments; result: AppliedFixes };
  fixes: { args: Problems; result: FixTitles };
  fold: { args: Folding; result: Done };
  go: { args: At; result: Done };
  hello: { args: Greeting; result: Welcome };
  inspect: { args: CardId; result: Inspection };
  inspect_link: { args: CardId; result: Inspection };
  mentions: { args: At; result: MentionList };
  move: { args: Movement; result: Done };
  move_flow: { args: FlowMove; result: NamedPlace };
  move_item: { args: ItemMove; result: Done };
  move_link_item: { args: ItemMove; result: Done };
  nest: { args: Nesting; result: Done };
  new_domain: { args: NewDomain; result: NamedPlace };
  new_flow: { args: NewFlow; result: NamedPlace };
  node_yaml: { args: CardId; result: NodeLines };
  paste: { args: Pasted; result: NamedCards };
  picture: { args: BoardExport; result: TextResult };
  plan: { args: Planned; result: Plan };
  preview: { args: OneFile; result: Preview };
  preview_fix: { args: OneFix; result: FixPreview };
  preview_template: { args: TemplateUse; result: TemplatePreview };
  problems: { args: Arguments; result: ProblemList };
  prompt: { args: PromptFor; result: PromptResult };
  redirect: { args: NewEnds; result: NamedCard };
  redo: { args: Arguments; result: TakenStep };
  remove: { args: Removal; result: Done };
  rename: { args: NewId; result: NamedCard };
  rename_domain: { args: DomainName; result: NamedPlace };
  rename_flow: { args: FlowName; result: NamedPlace };
  rename_key: { args: KeyName; result: Done };
  rename_link_key: { args: KeyName; result: Done };
  replace: { args: Replacing; result: Replaced };
  root: { args: Arguments; result: ProjectFolder };
  save: { args: Arguments; result: Written };
  search: { args: Query; result: SearchHits };
  set: { args: Setting; result: NamedCard };
  set_link: { args: Setting; result: Done };
  set_node_yaml: { args: NodeText; result: EditedNode };
  sheets: { args: Positions; result: SheetTitles };
  snap: { args: ChosenOrAll; result: Done };
  templates: { args: Arguments; result: TemplateList };
  tidy: { args: ChosenOrAll; result: Done };
  undo: { args: Arguments; result: TakenStep };
  unfold_around: { args: CardId; result: Done };
  unset: { args: Unsetting; result: Done };
  unset_link: { args: Unsetting; result: Done };
  unwire: { args: Unwire; result: NamedPlace };
  up: { args: Arguments; result: Done };
  wire: { args: NewEventLink; result: NamedPlace };
}

/** Operations that can be planned before they are done. */
export type DesignChange =
  | "wire"
  | "unwire"
  | "new_flow"
  | "new_domain"
  | "rename_domain"
  | "delete_domain"
  | "rename_flow"
  | "duplicate_flow"
  | "move_flow"
  | "delete_flow";
