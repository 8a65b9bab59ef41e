// Generated from ddd_lab/canvas/commands by scripts/generate_protocol.py: run `make schema`.

import type {
  ActionView,
  AssistantMode,
  AssistantState,
  Badge,
  ChosenStyle,
  Conversation,
  Designs,
  Head,
  ModelView,
  ProblemView,
  Stroke,
  ThreadView,
} from "./messages";

/** What the browser asks for; validated like an API call. */
export type Command = {
  id: number;
  op: keyof Operations;
  args: Operations[keyof Operations]["args"];
  at: string | null;
};

/** What is known before a model is asked. */
export type ActionFacts = { subject: string; facts: string; missing: string; offer: ActionOffer };

/** Exactly what would be sent. */
export type SentView = {
  blocks: SentBlock[];
  left_out: SentBlock[];
  tokens: number;
  how: "exact" | "calibrated" | "estimate";
  cap: number;
  model: string;
  why: string;
  price: string;
};

/** The id of a card or an edge, as it is now. */
export type NamedCard = { id: string };
/** It was done, and there is nothing else to say. */
export type Done = Record<string, never>;
/** A text to show or to take away. */
export type TextResult = { text: string };
/** A question that was asked: its conversation, and the ids of both turns. */
export type Asked = { thread: ThreadView; question: string; answer: string };
/** Which lines of the file would change, or what is wrong with the edited lines and where. */
export type NodeCheck = { diff: string; problem: string; line: number; column: number };
/** A place that was made or changed; empty where there is none any more. */
export type NamedPlace = { at: string };
/** The ids of cards that were added. */
export type NamedCards = { ids: string[] };
/** Every event that a domain or a node names, by name. */
export type EventList = { events: EventEnds[] };
/** What replacing would change. */
export type Matches = { changes: TextChange[]; total: number; kept: number; seen: string };
/** What the fix that was carried out is called. */
export type AppliedFix = { title: string };
/** What the fixes that were carried out are called. */
export type AppliedFixes = { titles: string[] };
/** What the fixes of problems are called, by the problems' keys. */
export type FixTitles = { fixes: Record<string, string[]> };
/** The version of Python's part, and what a model can be asked to do. */
export type Welcome = { version: string; actions: ActionView[] };
/** The actions of a target, and the models that could be asked instead. */
export type ActionOffers = { actions: ActionOffer[]; models: ModelView[] };

/** What the spec panel shows of one card, or of one line (kind ``link``). */
export type Inspection = {
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
};

/** What is remembered. */
export type MemoryView = {
  summary: string;
  source: "derived" | "model" | "file";
  written: string;
  moved: string[];
  overview: string;
  flows: FlowStatusView[];
  decisions: DecisionView[];
  dependencies: DependenciesView | null;
};

/** All signs of maps and sheets, and what they mean; a badge's title is what it means. */
export type Legend = { cards: CardSign[]; lines: LineSign[]; badges: Badge[] };
/** All places of a file. */
export type MergePlaces = { places: MergePlace[] };
/** Names that begin as was typed. */
export type NameOffers = { names: NameOffer[] };
/** The lines of a node, and where in the file they are. */
export type NodeLines = { text: string; path: string; line: number };
/** What a change of the design would do to the files. */
export type Plan = { files: FileChange[] };
/** The lines that saving would change. */
export type Preview = { diff: string; places: string[] };
/** What a fix is called, and the lines that it would change. */
export type FixPreview = { title: string; diff: string };
/** The flows that a template would make, and a picture of the first. */
export type TemplatePreview = { flows: FlowTitle[]; svg: string };
/** All problems of the project, worst first. */
export type ProblemList = { problems: ProblemView[] };

/** A prompt, and the commands for a terminal: to implement the flows, to accept the first. */
export type PromptResult = {
  text: string;
  files: string[];
  command: string;
  accept: string;
  drifts: Drift[];
};

/** The label of the step that was undone or redone. */
export type TakenStep = { label: string };
/** What names a flow or a domain, and the titles of the flows that are in the domain. */
export type ReferenceList = { references: ReferenceView[]; flows: string[] };
/** How many texts were replaced. */
export type Replaced = { count: number };
/** What a change had to leave out, in words. */
export type Dropped = { dropped: string[] };
/** The folder that the project is in. */
export type ProjectFolder = { root: string };
/** Paths of the files that were written. */
export type Written = { written: string[] };
/** What was found for some words, best first. */
export type SearchMatches = { matches: SearchMatchView[] };
/** The id of a node and its lines, as they are now. */
export type EditedNode = { id: string; text: string };
/** What those of some flows that there are, are called. */
export type SheetTitles = { titles: Record<string, string> };
/** The lines that differ from the last commit, or why that cannot be told. */
export type SinceCommit = { diff: string; message: string };
/** The starter templates. */
export type TemplateList = { templates: TemplateView[] };
/** Conversations, the latest first. */
export type ThreadList = { threads: ThreadView[] };
/** What an action would take here. */
export type ActionOffer = { id: string; unfit: string; model: string; why: string; price: string };
/** A sort of card: its icon, the category that gives its colour, and what it is. */
export type CardSign = { icon: string; category: string; words: string };

/** A decision; ``gone`` is what it is about and no longer exists. */
export type DecisionView = {
  id: string;
  date: string;
  title: string;
  decision: string;
  rationale: string;
  affected: string[];
  gone: string[];
  here: boolean;
};

/** What the open flow needs, and who needs it. */
export type DependenciesView = {
  depends_on: PlaceLink[];
  depended_on_by: PlaceLink[];
  schemas: string[];
  events_in: string[];
  events_out: string[];
};

/** What moved between a flow and its code; ``unknown`` says why there is no ``diff``. */
export type Drift = { flow: string; title: string; words: string[]; diff: string; unknown: string };
/** An event, and the domains that publish and consume it. */
export type EventEnds = { name: string; publishers: string[]; consumers: string[] };
/** What was found, with the text around it. */
export type Excerpt = { before: string; found: string; after: string };

/** What would happen to one file. */
export type FileChange = {
  path: string;
  change: "new" | "changed" | "moved" | "gone";
  former: string;
  diff: string;
};

/** How a flow and its code stand. */
export type FlowStatusView = {
  at: string;
  title: string;
  status: "stale" | "pending" | "implemented";
  changes: string[];
};

/** A flow and what it is called. */
export type FlowTitle = { at: string; title: string };
/** A sort of line: how it is drawn, and what it is. */
export type LineSign = { stroke: Stroke; head: Head; words: string };

/** The lines of the versions of what both sides changed; ``base`` is null where unknown. */
export type MergePlace = {
  words: string;
  line: number;
  base: string | null;
  current: string;
  incoming: string;
};

/** A name that a question can mention; ``text`` is what is written for it. */
export type NameOffer = { text: string; title: string; kind: string };
/** Something that a template asks for. */
export type ParameterView = { name: string; title: string; help: string; default: string };
/** A place, and what people call it. */
export type PlaceLink = { at: string; title: string };
/** Where a flow names another flow or a domain. */
export type ReferenceView = { at: string; title: string; card: string; what: string };

/** Something that was found: its board and card, and what it is. */
export type SearchMatchView = {
  at: string;
  card: string;
  kind: string;
  icon: string;
  text: Excerpt;
  what: string;
  title: string;
  path: string;
  field: string[];
};

/** A part of what is sent. */
export type SentBlock = {
  id: string;
  title: string;
  text: string;
  tokens: number;
  how: "exact" | "calibrated" | "estimate";
  cut: string;
  reason: string;
  pinned: boolean;
  fixed: boolean;
};

/** A starter template; ``several`` where it makes more than one flow. */
export type TemplateView = {
  id: string;
  title: string;
  category: string;
  help: string;
  several: boolean;
  parameters: ParameterView[];
};

/** What replacing would change in one text, shown around where it differs first. */
export type TextChange = {
  at: string;
  card: string;
  title: string;
  what: string;
  before: string;
  after: string;
};

/** An action and its target, with what the person says beside it. */
export type ChosenAction = {
  at: string;
  node?: string;
  output?: string;
  to?: string;
  model?: string;
  action: string;
  text?: string;
};

/** A node to place, and where: connected from a card or inside a line, and in a container. */
export type NewNode = {
  type: string;
  x: number;
  y: number;
  connect_from?: string | null;
  output?: string | null;
  link?: string | null;
  into?: string | null;
};

/** A note to put on the sheet. */
export type NewNote = { x: number; y: number; text?: string };

/** Cards, and what of them is brought into line. */
export type Aligned = {
  cards: readonly string[];
  side: "left" | "center" | "right" | "top" | "middle" | "bottom";
};

/** What a person says to an answer that asked whether it may go on. */
export type Allowing = { id: string; allowed: boolean };
/** Whether a suggestion may do what it asked for. */
export type DesignLeave = { allowed: boolean };
/** A proposal. */
export type ProposalId = { id: string };
/** Base of all arguments; no argument at all by itself. */
export type Arguments = Record<string, never>;
/** The plan of an answer, by the id of its turn, and the flows that are taken. */
export type PlanApproval = { id: string; places: readonly string[] };
/** A conversation, and whether lists leave it out. */
export type Archiving = { id: string; archived: boolean };

/** A question as it stands in the input. */
export type Asking = {
  text: string;
  cards?: readonly string[];
  thread?: string;
  model?: string;
  pinned?: readonly string[];
  dropped?: readonly string[];
};

/** How far the assistant may go in a conversation; the empty one has not begun. */
export type ModeChoice = { mode: AssistantMode; thread?: string };
/** What a person wants, answers, or would have different. */
export type DesignWords = { text?: string };
/** What may be spent in a period, in US dollars; 0 for no limit. */
export type BudgetLimit = { limit: number };
/** An answer. */
export type TurnId = { id: string };
/** A node, and what its lines are to be. */
export type NodeText = { id: string; text: string };
/** A revision to compare with; none where it is empty. */
export type Comparing = { revision: string };
/** Which version of a file in conflict stays. */
export type Choice = { path: string; keep: "mine" | "theirs" };
/** A line from an output of a card to another card; without an output, from the first free. */
export type NewLink = { source: string; output?: string | null; target: string };
/** A conversation; the empty id is the latest one of the place shown. */
export type ThreadId = { id?: string; new?: boolean };
/** Cards, by id. */
export type Chosen = { cards: readonly string[] };
/** A domain to delete, and whether its flows go with it. */
export type DeadDomain = { domain: string; with_flows?: boolean };
/** A place. */
export type At = { at: string };
/** Where the lines of a sheet are to lead; ``automatic`` takes what shows most. */
export type ChosenDirection = { style: ChosenStyle };
/** Files whose changes are discarded, as the person who was asked has said. */
export type Discarding = { paths: readonly string[] };
/** Lines, by id. */
export type LinkIds = { links: readonly string[] };
/** Cards, and the direction in which their gaps become equal. */
export type Distributed = { cards: readonly string[]; way: "horizontally" | "vertically" };
/** A step that is left undone, and why. */
export type DroppedStep = { key: string; reason?: string };
/** A flow, and what its copy is called. */
export type FlowCopy = { at: string; name?: string };
/** What kind of picture is wanted. */
export type BoardExport = { format: "svg" | "mermaid"; theme?: "light" | "dark" };

/** What to find and what to put there. */
export type Pattern = {
  pattern: string;
  replacement?: string;
  regex?: boolean;
  case?: boolean;
  ids?: boolean;
  scope?: string;
};

/** A fix of a problem, by its place in the list of them. */
export type OneFix = { key: string; index?: number };
/** Problems, by key; all of them where left out. */
export type Problems = { keys?: readonly string[] | null };
/** A container, and whether it is to be folded. */
export type Folding = { card: string; folded: boolean };
/** The version of the canvas in the page, and its size, for which boards are laid out. */
export type Greeting = { version: string; size?: Size | null };

/** What an action is done to, and the model that shall do it; empty for the usual one. */
export type ActionTarget = {
  at: string;
  node?: string;
  output?: string;
  to?: string;
  model?: string;
};

/** A card that was put at a place on a line. */
export type Insertion = { id: string; link: string; x: number; y: number };
/** A card; the empty id is the flow of the sheet itself. */
export type CardId = { id: string };

/** A decision as a form has it; the empty id is a new one. */
export type DecisionFields = {
  id?: string;
  title: string;
  decision?: string;
  rationale?: string;
  affected?: string;
  thread?: string;
};

/** Cards that were selected. */
export type LeftCards = { cards: readonly string[] };
/** A file in which a merge has left conflict markers. */
export type MergedFile = { path: string };
/** Cards and where they were put. */
export type Movement = { moves: readonly NewPlace[] };
/** A flow, and the domain that it shall belong to. */
export type FlowMove = { at: string; domain: string };
/** A list item inside the data of a card or an edge, and the index that it is to have. */
export type ItemMove = { id: string; path: readonly (string | number)[]; to: number };
/** The beginning of a name. */
export type Beginning = { text: string };
/** Cards, and the container to put them into; the empty id is the sheet itself. */
export type Nesting = { cards: readonly string[]; into: string };
/** What a new domain needs. */
export type NewDomain = { name: string; description?: string };

/** What a new flow needs; with a template the name may be empty. */
export type NewFlow = {
  name: string;
  domain: string;
  new_domain?: string;
  type?: "traditional" | "agent";
  template?: string;
  parameters?: Record<string, string>;
};

/** A text that holds nodes, and where the top left corner of the whole goes. */
export type Pasted = { text: string; x?: number | null; y?: number | null };
/** A change of the design, and its arguments. */
export type Planned = { change: DesignChange; args: Operations[DesignChange]["args"] };
/** A file, or all of them. */
export type OneFile = { path?: string | null };

/** A template and what it is used for, and the colours of the page that shows it. */
export type TemplateUse = {
  template: string;
  name?: string;
  domain: string;
  new_domain?: string;
  parameters?: Record<string, string>;
  theme?: "light" | "dark";
};

/** Flows to implement, or whose failing tests to fix. */
export type PromptFor = { flows: readonly string[]; kind?: "implement" | "fix" };
/** A line, and the output to leave from or the card to lead to, where they are others. */
export type NewEnds = { id: string; output?: string | null; target?: string | null };
/** Cards and lines, by id. */
export type Removal = { cards?: readonly string[]; links?: readonly string[] };
/** A decision. */
export type DecisionId = { id: string };
/** A card and its new id. */
export type NewId = { id: string; to: string };
/** A domain and its new name. */
export type DomainName = { domain: string; name: string };
/** A flow and its new name. */
export type FlowName = { at: string; name: string };

/** A key of a map in the data of a card or an edge, its new name, and its new value if any. */
export type KeyName = {
  id: string;
  path: readonly (string | number)[];
  to: string;
  value?: unknown;
};

/** A conversation and its new title. */
export type ThreadTitle = { id: string; title: string };

/** The same, with the changes that were chosen among those that ``seen`` stands for. */
export type Replacing = {
  pattern: string;
  replacement?: string;
  regex?: boolean;
  case?: boolean;
  ids?: boolean;
  scope?: string;
  only: readonly number[];
  seen: string;
};

/** How large the area is in which boards are drawn, in pixels, without bars and panels. */
export type Size = { width: number; height: number };

/** A version for each place of such a file; to stage it is to save it, too. */
export type MergeChoices = {
  path: string;
  choices: readonly ("base" | "current" | "incoming")[];
  stage: boolean;
};

/** A flow, or a file by its path, that is to be as it was at a commit. */
export type VersionWanted = { flow: string; commit: string };
/** The file of a plan. */
export type PlanPath = { path: string };
/** A card and its new type. */
export type NewType = { id: string; type: string };
/** A module that is loaded when it is first needed. */
export type Script = { name: "assistant" | "conflicts" | "editor" };
/** Words to look for. */
export type Query = { text: string };
/** A path inside the data of a card or an edge, and what to set there. */
export type Setting = { id: string; path: readonly (string | number)[]; value: unknown };
/** Places that may be there or not. */
export type Positions = { at: readonly string[] };
/** An answer that proposed something. */
export type AnswerId = { id: string };
/** Cards, by id; all of the board if left out. */
export type ChosenOrAll = { cards?: readonly string[] | null };
/** Words to look for in conversations; those of all places, or of the place shown. */
export type ThreadSearch = { words?: string; everywhere?: boolean; archived?: boolean };
/** A change of a proposal, and whether it is taken. */
export type Tick = { id: string; item: string; ticked: boolean };
/** A path inside the data of a card or an edge. */
export type Unsetting = { id: string; path: readonly (string | number)[] };
/** An event's way; a domain means all its flows. */
export type Unwire = { source: string; target: string; event: string };

/** An event and its way; ends are ``domain`` or ``domain/flow``. */
export type NewEventLink = {
  source: string;
  target: string;
  event: string;
  description?: string;
  add_nodes?: boolean;
};

/** Where a card was put, and into which container; the empty id is the sheet itself. */
export type NewPlace = { id: string; x: number; y: number; into?: string | null };

/** What the browser can ask for: the arguments and the result of each. */
export interface Operations {
  action_facts: { args: ChosenAction; result: ActionFacts };
  action_sent: { args: ChosenAction; result: SentView };
  add: { args: NewNode; result: NamedCard };
  add_note: { args: NewNote; result: NamedCard };
  align: { args: Aligned; result: Done };
  allow_answer: { args: Allowing; result: Done };
  allow_design: { args: DesignLeave; result: Done };
  apply_proposal: { args: ProposalId; result: TextResult };
  approve_gate: { args: Arguments; result: TextResult };
  approve_plan: { args: PlanApproval; result: TextResult };
  archive_thread: { args: Archiving; result: ThreadView };
  ask: { args: Asking; result: Asked };
  assist_mode: { args: ModeChoice; result: AssistantState };
  assistant: { args: Arguments; result: AssistantState };
  back: { args: Arguments; result: Done };
  begin_design: { args: DesignWords; result: Done };
  budget_limit: { args: BudgetLimit; result: AssistantState };
  cancel_answer: { args: TurnId; result: Done };
  check_node_yaml: { args: NodeText; result: NodeCheck };
  compare: { args: Comparing; result: Done };
  conflict: { args: Choice; result: Done };
  connect: { args: NewLink; result: Done };
  conversation: { args: ThreadId; result: Conversation };
  copy: { args: Chosen; result: TextResult };
  cut: { args: Chosen; result: TextResult };
  delete_domain: { args: DeadDomain; result: NamedPlace };
  delete_flow: { args: At; result: NamedPlace };
  design_sent: { args: DesignWords; result: SentView };
  designs: { args: Arguments; result: Designs };
  direction: { args: ChosenDirection; result: Done };
  discard_changes: { args: Discarding; result: Done };
  discard_proposal: { args: ProposalId; result: TextResult };
  disconnect: { args: LinkIds; result: Done };
  distribute: { args: Distributed; result: Done };
  drop_step: { args: DroppedStep; result: Done };
  duplicate: { args: Chosen; result: NamedCards };
  duplicate_flow: { args: FlowCopy; result: NamedPlace };
  events: { args: Arguments; result: EventList };
  export_picture: { args: BoardExport; result: TextResult };
  find: { args: Pattern; result: Matches };
  fix: { args: OneFix; result: AppliedFix };
  fix_all: { args: Arguments; result: AppliedFixes };
  fixes: { args: Problems; result: FixTitles };
  fold: { args: Folding; result: Done };
  go: { args: At; result: Done };
  hello: { args: Greeting; result: Welcome };
  inline_actions: { args: ActionTarget; result: ActionOffers };
  insert: { args: Insertion; result: Done };
  inspect: { args: CardId; result: Inspection };
  inspect_link: { args: CardId; result: Inspection };
  keep_decision: { args: DecisionFields; result: MemoryView };
  leave: { args: LeftCards; result: Done };
  leave_design: { args: Arguments; result: Done };
  legend: { args: Arguments; result: Legend };
  memory: { args: Arguments; result: MemoryView };
  merge_places: { args: MergedFile; result: MergePlaces };
  move: { args: Movement; result: Done };
  move_flow: { args: FlowMove; result: NamedPlace };
  move_item: { args: ItemMove; result: Done };
  move_link_item: { args: ItemMove; result: Done };
  names: { args: Beginning; result: NameOffers };
  nest: { args: Nesting; result: Done };
  new_domain: { args: NewDomain; result: NamedPlace };
  new_flow: { args: NewFlow; result: NamedPlace };
  node_yaml: { args: CardId; result: NodeLines };
  open_sample: { args: Arguments; result: Done };
  paste: { args: Pasted; result: NamedCards };
  plan: { args: Planned; result: Plan };
  preview: { args: OneFile; result: Preview };
  preview_fix: { args: OneFix; result: FixPreview };
  preview_template: { args: TemplateUse; result: TemplatePreview };
  previous_gate: { args: Arguments; result: Done };
  problems: { args: Arguments; result: ProblemList };
  prompt: { args: PromptFor; result: PromptResult };
  redirect: { args: NewEnds; result: NamedCard };
  redo: { args: Arguments; result: TakenStep };
  references: { args: At; result: ReferenceList };
  refresh_memory: { args: Arguments; result: MemoryView };
  remove: { args: Removal; result: Done };
  remove_decision: { args: DecisionId; result: MemoryView };
  rename: { args: NewId; result: NamedCard };
  rename_domain: { args: DomainName; result: NamedPlace };
  rename_flow: { args: FlowName; result: NamedPlace };
  rename_key: { args: KeyName; result: Done };
  rename_link_key: { args: KeyName; result: Done };
  rename_thread: { args: ThreadTitle; result: ThreadView };
  replace: { args: Replacing; result: Replaced };
  resized: { args: Size; result: Done };
  resolve_merge: { args: MergeChoices; result: Done };
  restore_version: { args: VersionWanted; result: Done };
  resume_design: { args: PlanPath; result: Done };
  retype: { args: NewType; result: Dropped };
  root: { args: Arguments; result: ProjectFolder };
  run_action: { args: ChosenAction; result: Asked };
  save: { args: Arguments; result: Written };
  script: { args: Script; result: TextResult };
  search: { args: Query; result: SearchMatches };
  sent: { args: Asking; result: SentView };
  set: { args: Setting; result: NamedCard };
  set_link: { args: Setting; result: Done };
  set_node_yaml: { args: NodeText; result: EditedNode };
  sheets: { args: Positions; result: SheetTitles };
  show_proposal: { args: AnswerId; result: Done };
  since_commit: { args: Arguments; result: SinceCommit };
  snap: { args: ChosenOrAll; result: Done };
  stop_design: { args: Arguments; result: Done };
  suggest_design: { args: DesignWords; result: Done };
  templates: { args: Arguments; result: TemplateList };
  threads: { args: ThreadSearch; result: ThreadList };
  tick_proposal: { args: Tick; result: Done };
  tidy: { args: ChosenOrAll; result: Done };
  undo: { args: Arguments; result: TakenStep };
  unfold_around: { args: CardId; result: Done };
  unset: { args: Unsetting; result: Done };
  unset_link: { args: Unsetting; result: Done };
  unwire_event: { args: Unwire; result: NamedPlace };
  up: { args: Arguments; result: Done };
  wire_event: { args: NewEventLink; result: NamedPlace };
}

/** Operations that can be planned before they are done. */
export type DesignChange =
  | "wire_event"
  | "unwire_event"
  | "new_flow"
  | "new_domain"
  | "rename_domain"
  | "delete_domain"
  | "rename_flow"
  | "duplicate_flow"
  | "move_flow"
  | "delete_flow";
