import type { Guide } from "../canvas/snapping";
import type { Operation, WidgetModel } from "../connection";
import type { ActionView, ModelView, Notice, ProblemView } from "../protocol";
import type { Sheet } from "./sheet";
import type { OpenSheet } from "./tabs";
import type { CardField, Filter, InlineAction, Place, Point, PromptKind, Target } from "./types";

export type Dialog =
  | { kind: "new-flow"; domain: string; template?: boolean }
  | { kind: "new-domain" }
  | { kind: "rename"; at: string; title: string }
  | { kind: "duplicate-flow"; at: string; title: string }
  | { kind: "move-flow"; at: string; title: string }
  | { kind: "delete"; at: string; title: string }
  | { kind: "wire"; source: string; target: string }
  | { kind: "unwire"; link: string }
  | { kind: "replace" }
  | { kind: "connect"; card: string; output: string }
  | { kind: "nest"; cards: readonly string[] }
  | { kind: "jump" }
  | { kind: "changes"; committed?: boolean }
  | { kind: "save-first"; flows: readonly string[]; what: PromptKind }
  | { kind: "implement"; flows: readonly string[]; what: PromptKind }
  | { kind: "keys" }
  | { kind: "conflict"; path: string }
  | { kind: "merge"; path: string };

/** Which panels are open; null leaves it to the width and the kind of board. */
export interface Panels {
  readonly palette: boolean | null;
  readonly outline: boolean;
  readonly spec: boolean | null;
  readonly problems: boolean;
  readonly minimap: boolean;
  /** Whether the assistant shares the right dock with the spec. */
  readonly assistant: boolean;
  /** Which of both is in front in a wide widget. */
  readonly front: "spec" | "assistant";
  /** In a narrow widget one dock holds all side panels, one at a time. */
  readonly tab: "spec" | "palette" | "outline" | "assistant";
  /** Width of the spec panel in pixels. */
  readonly width: number;
}

/** Edited lines of a node that are not applied yet, and what they were before. */
export interface Draft {
  readonly base: string;
  readonly text: string;
}

/** A context menu: where on the widget, and what it is about. */
export interface OpenMenu {
  readonly at: Point;
  readonly target: Target;
  /** The model that was chosen for what a model does; its actions are all that is offered then. */
  readonly model?: string;
  /** The models of which one is being chosen. */
  readonly models?: readonly ModelView[];
}

export interface Note extends Notice {
  readonly key: number;
}

/** Everything that a view knows: what Python sent, and what people do with it just now. */
export interface State {
  readonly sheet: Sheet | null;
  /** An answer is overdue. */
  readonly silent: boolean;
  /** Why there is no board. */
  readonly failure: string;
  /** The version of DDD Lab that the kernel runs; empty until it has said it. */
  readonly kernelVersion: string;
  readonly selected: ReadonlySet<string>;
  readonly selectedLinks: ReadonlySet<string>;
  /** Where cards stand while they are dragged, and until Python has answered. */
  readonly moved: ReadonlyMap<string, Point>;
  /** With what the dragged cards are level. */
  readonly guides: readonly Guide[];
  /** Sheets that were opened in this view. */
  readonly tabs: readonly OpenSheet[];
  /** The container that would take what is being dragged; empty where none would. */
  readonly over: string;
  /** The line that would take it. */
  readonly overLink: string;
  /** The card whose label or text is edited in its place. */
  readonly writing: string;
  /** What was typed before the caret was there. */
  readonly ahead: string;
  /** The card or line that the pointer rests on. */
  readonly hovered: string;
  /** The card that the keyboard is on. */
  readonly focused: string;
  /** The search of node types that is open: where on the widget, and what for. */
  readonly searching: { readonly at: Point; readonly place: Place } | null;
  readonly problems: readonly ProblemView[] | null;
  readonly notes: readonly Note[];
  /** What is read out next by a screen reader. */
  readonly announcement: string;
  /** Operations in flight, with their number. */
  readonly running: ReadonlyMap<Operation, number>;
  /** Why the last call of an operation was refused, shown beside its button. */
  readonly refused: ReadonlyMap<Operation, string>;
  /** Node type that the next click on the canvas places. */
  readonly placing: string;
  readonly dialog: Dialog | null;
  /** Edited lines that are not applied yet, by place and node. */
  readonly drafts: ReadonlyMap<string, Draft>;
  /** The context menu that is open, and what it is about. */
  readonly menu: OpenMenu | null;
  /** What a model is asked to do beside its target. */
  readonly inline: InlineAction | null;
  /** What a model can be asked to do. */
  readonly assists: readonly ActionView[];
  /** What of the board is shown clearly; null for all of it. */
  readonly filter: Filter | null;
  readonly panels: Panels;
  /** How large the board is shown, in percent. */
  readonly zoom: number;
  /** Width of the widget in pixels. */
  readonly width: number;
}

const NOTHING: ReadonlySet<string> = new Set();
/** A view in which nothing is selected. */
export const UNSELECTED = { selected: NOTHING, selectedLinks: NOTHING } as const;
/** Seconds that a harmless notice stays. */
export const NOTICE_SECONDS = 8;
export const NOWHERE_YET: CardField = { card: "", field: [] };
export const NOWHERE: ReadonlyMap<string, Point> = new Map();
const CLOSED: Panels = {
  palette: null,
  outline: false,
  spec: null,
  problems: false,
  minimap: false,
  assistant: false,
  front: "spec",
  tab: "spec",
  width: 320,
};

/** What brings the spec panel to the front. */
export const SPEC_SHOWN = { spec: true, tab: "spec", front: "spec" } as const;

/** What outlives a view: a notebook drops and rebuilds views as people scroll. */
export interface Memory {
  panels: Panels;
  drafts: ReadonlyMap<string, Draft>;
  tabs: readonly OpenSheet[];
  /** Pixels; 0 until somebody has chosen a height. */
  height: number;
  readonly viewports: Viewports;
}

/** Where the view stood, by place. */
type Viewports = Map<string, { x: number; y: number; zoom: number }>;

const memories = new WeakMap<WidgetModel, Memory>();

export function memoryOf(host: WidgetModel): Memory {
  let memory = memories.get(host);
  if (!memory) {
    memory = nothingKnown();
    memories.set(host, memory);
  }
  return memory;
}

function nothingKnown(): Memory {
  return { panels: CLOSED, drafts: new Map(), tabs: [], height: 0, viewports: new Map() };
}

/** What a view knows before Python has sent anything. */
export function initialState({ panels, drafts, tabs }: Memory = nothingKnown()): State {
  return {
    sheet: null,
    silent: false,
    failure: "",
    kernelVersion: "",
    ...UNSELECTED,
    moved: NOWHERE,
    guides: [],
    tabs,
    over: "",
    overLink: "",
    writing: "",
    ahead: "",
    hovered: "",
    focused: "",
    searching: null,
    problems: null,
    notes: [],
    announcement: "",
    running: new Map(),
    refused: new Map(),
    placing: "",
    dialog: null,
    drafts,
    menu: null,
    inline: null,
    assists: [],
    filter: null,
    panels,
    zoom: 100,
    width: 0,
  };
}

const SHARED = Symbol.for("ddd-lab.viewports");

/** Where the views of a project stood last, whichever canvas it was: a cell that runs again makes a
 * new canvas, with a copy of this module of its own, and people expect to find their place.
 */
export function sharedViewports(project: string): Viewports {
  const page = globalThis as { [SHARED]?: Map<string, Viewports> };
  page[SHARED] ??= new Map();
  const viewports = page[SHARED].get(project) ?? new Map();
  page[SHARED].set(project, viewports);
  return viewports;
}

/** How the view of the board can be moved. */
export interface Camera {
  /** Brings a card into view; `isReadable` asks for a size in which it can be read. */
  reveal(card: string, isReadable?: boolean): void;
  /** Shows the whole board. */
  fit(): void;
  zoom(factor: number): void;
  /** What is in the middle of the view. */
  center(): Point;
  /** What of the board is in view, and how large it is shown. */
  view(): Point & { width: number; height: number; zoom: number };
  /** What is at a point of the page. */
  locate(page: Point): Point;
}

/** The camera of a view that has no canvas yet. */
export const STILL: Camera = {
  reveal: () => {},
  fit: () => {},
  zoom: () => {},
  center: () => ({ x: 0, y: 0 }),
  view: () => ({ x: 0, y: 0, width: 0, height: 0, zoom: 1 }),
  locate: (page) => page,
};

/** From this width on, the palette and the spec panel stand on either side of the canvas. */
export const WIDE = 1080;
