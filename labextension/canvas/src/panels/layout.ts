import type { Size } from "../canvas/geometry";
import { type Session, useView } from "../state/session";
import { type State, WIDE } from "../state/state";
import type { Awaited } from "../state/types";

export const LEAST_DOCK = 240;
/** A conversation in a narrower one could not be read. */
const LEAST_TO_TALK = 304;
const LEFT_DOCK = 196;
/** In a narrower widget the dock is closed until somebody opens it: the board needs the room. */
const ROOMY = 900;

export type Tab = State["panels"]["tab"];

export interface Layout {
  readonly wide: boolean;
  /** Tabs of the docks; null where a dock is closed. */
  readonly left: readonly Tab[] | null;
  readonly right: readonly Tab[] | null;
  readonly leftTab: Tab;
  readonly rightTab: Tab;
  /** Whether the outline stands in a dock. */
  readonly outline: boolean;
}

/** Which panels stand where, from what people opened, the width, and the kind of board. */
export function layoutOf(panels: State["panels"], width: number, hasPalette: boolean): Layout {
  if (width >= WIDE) {
    const palette = hasPalette && (panels.palette ?? true);
    const left: Tab[] = [
      ...(palette ? ["palette" as const] : []),
      ...(panels.outline ? ["outline" as const] : []),
    ];
    const leftTab =
      panels.outline && (panels.tab === "outline" || !palette) ? "outline" : "palette";
    const spec = panels.spec ?? hasPalette;
    const right: Tab[] = panels.assistant ? ["spec", "assistant"] : ["spec"];
    return {
      wide: true,
      left: left.length > 0 ? left : null,
      right: spec || panels.assistant ? right : null,
      leftTab,
      rightTab: panels.assistant ? panels.front : "spec",
      outline: left.length > 0 && leftTab === "outline",
    };
  }
  const open = panels.assistant || (panels.spec ?? (hasPalette && width >= ROOMY));
  const right: Tab[] = [
    "spec",
    ...(hasPalette ? ["palette" as const] : []),
    "outline",
    ...(panels.assistant ? ["assistant" as const] : []),
  ];
  const rightTab = right.includes(panels.tab) ? panels.tab : "spec";
  return {
    wide: false,
    left: null,
    right: open ? right : null,
    leftTab: "palette",
    rightTab,
    outline: open && rightTab === "outline",
  };
}

/** Whether the dock is a drawer: opened for what is selected, and closed again. */
export function isNarrow(width: number): boolean {
  return width < ROOMY;
}

/** Closes the dock of a narrow widget, and goes back to the board; false where there is none. */
export function closeDrawer(session: Session): boolean {
  const { panels, width, selected } = session.store.get();
  const [card] = selected;
  if (!isNarrow(width) || !(panels.spec || panels.assistant)) {
    return false;
  }
  // First, so that a field keeps what was typed into it.
  session.root?.focus({ preventScroll: true });
  session.panel({ spec: null, assistant: false });
  if (card !== undefined) {
    session.show(card);
  }
  return true;
}

/** How wide the right dock is in a widget of some width. */
export function dockWidth(panels: State["panels"], width: number): number {
  const share = width >= WIDE ? 0.5 : 0.36;
  const least = panels.assistant ? LEAST_TO_TALK : LEAST_DOCK;
  return Math.max(least, Math.min(panels.width, width * share));
}

/** Shows the assistant, or hides it where it is in front. */
export function toggleAssistant(session: Session): void {
  const lack = session.sheet()?.head.lacks.models;
  if (lack) {
    session.note({ tone: "info", text: lack });
  } else if (isInFront(session)) {
    session.root?.focus({ preventScroll: true });
    session.panel({ assistant: false, tab: "spec", front: "spec" });
    session.announce("The assistant is closed.");
  } else {
    showAssistant(session);
  }
}

/** Shows what the project remembers, or hides it where it is in front. */
export function toggleMemory(session: Session): void {
  if (isInFront(session)) {
    session.news?.memory();
  } else {
    showAssistant(session, "memory");
  }
}

/** Brings the assistant to the front, ready for a question or with what it remembers. */
export function showAssistant(session: Session, what: Awaited = "question"): void {
  if (isInFront(session)) {
    session.root?.querySelector<HTMLElement>(".ddd-question")?.focus();
    return;
  }
  session.awaits = what;
  session.panel({ assistant: true, tab: "assistant", front: "assistant" });
}

function isInFront(session: Session): boolean {
  const { panels, width, sheet } = session.store.get();
  const { rightTab, right } = layoutOf(panels, width, (sheet?.head.palette.length ?? 0) > 0);
  return right !== null && rightTab === "assistant";
}

/** Brings the assistant to the front, ready for a paragraph that becomes a design. */
export function showDesign(session: Session): void {
  showAssistant(session, "design");
}

/** Height of the bar above a board, in pixels. */
const BAR = 36;

/** How large the area is in which a board is drawn, in a widget of some size. */
export function canvasSize(panels: State["panels"], { width, height }: Size, at: string): Size {
  const { left, right } = layoutOf(panels, width, at.includes("/"));
  const docks = (left ? LEFT_DOCK : 0) + (right ? dockWidth(panels, width) : 0);
  return { width: Math.max(1, width - docks), height: Math.max(1, height - BAR) };
}

export function useLayout(): Layout {
  const panels = useView((state) => state.panels);
  const width = useView((state) => state.width);
  const hasPalette = useView((state) => (state.sheet?.head.palette.length ?? 0) > 0);
  return layoutOf(panels, width, hasPalette);
}
