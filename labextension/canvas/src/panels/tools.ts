import { selection } from "../state/actions";
import { placeHere, searchTypes } from "../state/adding";
import { arranging, arrangingAll, directions } from "../state/arranging";
import { designActions } from "../state/design";
import { filters } from "../state/filter";
import { toggleFullScreen } from "../state/fullScreen";
import { implement, implementingActions, pageActions } from "../state/implementing";
import { exporting } from "../state/pictures";
import type { Session } from "../state/session";
import type { Head } from "../state/sheet";
import { type Panels, SPEC_SHOWN } from "../state/state";
import { type Action, action } from "../state/types";
import type { IconName } from "./Icon";
import { type Layout, toggleAssistant } from "./layout";

/** What a button of the toolbar is. */
export interface Tool {
  readonly label: string;
  readonly title?: string;
  readonly icon?: IconName;
  /** The label is printed. */
  readonly text?: boolean;
  readonly disabled?: boolean;
  readonly pressed?: boolean;
  /** A space stands before it. */
  readonly apart?: boolean;
  /** Which of several goes into the menu first where the bar is short of room: the highest. */
  readonly rank: number;
  /** What it does, or the actions of the menu that it opens. */
  readonly does: (() => void) | { readonly menu: () => readonly Action[] };
}

/** The tools for a board, from left to right. */
export function toolsFor(session: Session, head: Head, panels: Panels, layout: Layout): Tool[] {
  const { status, level, at } = head;
  const flow: Tool[] =
    level === "flow"
      ? [
          {
            label: "Implement",
            title:
              head.lacks.implementing ??
              "Implement: let Claude Code write or update the code of this flow",
            icon: "play",
            text: true,
            disabled: status.state === "readonly" || "implementing" in head.lacks,
            rank: 3,
            does: () => void implement(session, [at]),
          },
        ]
      : [];
  return [
    { ...mainTool(session, head), text: true, rank: 2 },
    {
      label: "Design",
      title: "Change this board, and the design as a whole",
      text: true,
      rank: 4,
      does: { menu: () => designOf(session) },
    },
    ...flow,
    step(session, "undo", status.undo),
    step(session, "redo", status.redo),
    ...viewTools(session, panels),
    {
      label: "Filter",
      title: "Highlight agents, stale flows, cards with problems, or one event",
      icon: "filter",
      apart: true,
      rank: 9,
      does: { menu: () => filters(session) },
    },
    {
      label: "Arrange",
      title: "Arrange: direction, align, distribute, snap, tidy",
      icon: "align-left",
      rank: 8,
      does: { menu: () => arrangeOf(session) },
    },
    {
      label: "Export",
      title: "Export this board as a picture",
      icon: "download",
      rank: 10,
      does: { menu: () => exporting(session) },
    },
    ...panelTools(session, head, panels, layout),
  ];
}

/** What a board is for: domains on the System Map, flows on a Domain Map, nodes on a sheet. */
function mainTool(
  session: Session,
  { level, palette }: Head,
): Pick<Tool, "label" | "does" | "disabled"> {
  switch (level) {
    case "system":
      return { label: "New domain", does: () => session.dialog({ kind: "new-domain" }) };
    case "domain":
      return {
        label: "New flow",
        does: () => session.dialog({ kind: "new-flow", domain: "" }),
      };
    default:
      return {
        label: "Add node",
        ...(palette.length === 0 ? { disabled: true } : {}),
        does: () => searchTypes(session, placeHere(session) ?? { kind: "free", at: null }),
      };
  }
}

/** How the board is looked at. */
function viewTools(session: Session, { minimap }: Panels): Tool[] {
  const { zoom } = session.store.get();
  return [
    {
      label: "Search",
      title: "Find anything in the design (Ctrl+K)",
      icon: "search",
      apart: true,
      rank: 2,
      does: () => session.dialog({ kind: "jump" }),
    },
    {
      label: "Fit",
      title: "Show the whole board (F)",
      icon: "fit",
      rank: 1,
      does: () => session.camera.fit(),
    },
    { label: "Zoom out", icon: "minus", rank: 6, does: () => session.camera.zoom(0.8) },
    {
      label: `${zoom} %`,
      title: "Zoom to 100 %",
      text: true,
      rank: 8,
      does: () => session.camera.zoom(1 / session.camera.view().zoom),
    },
    { label: "Zoom in", icon: "plus", rank: 6, does: () => session.camera.zoom(1.25) },
    {
      label: "Overview",
      title: "A small map of the board",
      icon: "map",
      pressed: minimap,
      rank: 11,
      does: () => session.panel({ minimap: !minimap }),
    },
    {
      label: "Full screen",
      title: "Full screen, and back (Shift+F)",
      icon: "full",
      rank: 7,
      does: () => toggleFullScreen(session),
    },
  ];
}

/** Which panels stand beside the board, and help. */
function panelTools(session: Session, head: Head, panels: Panels, layout: Layout): Tool[] {
  const panel = (label: string, icon: IconName, open: boolean, change: Partial<Panels>): Tool => ({
    label,
    title: open ? `Hide: ${label}` : `Show: ${label}`,
    icon,
    pressed: open,
    rank: 1,
    does: () => session.panel(change),
  });
  const palette = layout.left?.includes("palette") ?? false;
  const outline = !panels.outline;
  return [
    ...(layout.wide && head.palette.length > 0
      ? [panel("Palette panel", "left", palette, { palette: !palette, tab: "palette" })]
      : []),
    ...(layout.wide
      ? [
          panel("Outline panel", "list", panels.outline, {
            outline,
            tab: outline ? "outline" : "palette",
          }),
        ]
      : []),
    specTool(session, layout),
    {
      label: "Assistant",
      title: head.lacks.models ?? "Ask a model about the design, or for changes (L)",
      disabled: "models" in head.lacks,
      icon: "chat",
      pressed: layout.right !== null && layout.rightTab === "assistant",
      rank: 1,
      does: () => toggleAssistant(session),
    },
    {
      label: "Keys",
      title: "What every key does and every sign means (?)",
      icon: "help",
      rank: 12,
      does: () => session.dialog({ kind: "keys" }),
    },
  ];
}

/** Shows and hides the dock with the spec; in a wide widget the assistant may be in front of it. */
function specTool(session: Session, { wide, right, rightTab }: Layout): Tool {
  const open = right !== null && (!wide || rightTab === "spec");
  const label = wide ? "Spec" : "Panels";
  return {
    label,
    title: open ? `Hide: ${label}` : `Show: ${label}`,
    icon: "right",
    pressed: open,
    rank: 1,
    does: () =>
      session.panel(open ? { spec: false, assistant: false } : wide ? SPEC_SHOWN : { spec: true }),
  };
}

function step(session: Session, op: "undo" | "redo", label: string): Tool {
  const name = op === "undo" ? "Undo" : "Redo";
  return {
    label: name,
    title: label ? `${name}: ${label}` : `Nothing to ${op}`,
    icon: op,
    disabled: !label,
    apart: op === "undo",
    rank: op === "undo" ? 2 : 3,
    does: () => void session.press(op),
  };
}

/** What can be done with the board and the design, whatever is selected. */
function designOf(session: Session): readonly Action[] {
  const target = selection(session);
  const board = target && { ...target, cards: [], links: [] };
  return board
    ? [
        ...implementingActions(session, board),
        ...designActions(session, board),
        ...pageActions(session),
      ]
    : [];
}

function arrangeOf(session: Session): readonly Action[] {
  const target = selection(session);
  return target
    ? [...directions(session), ...arranging(session, target), ...arrangingAll(session)]
    : [];
}

/** Tools for which there is no room, as entries of a menu. */
export function asActions(tools: readonly Tool[]): readonly Action[] {
  return tools.flatMap(({ label, title, disabled, does }) => {
    if (typeof does !== "function") {
      return does.menu();
    }
    const entry = action("view", label, label, does);
    return [disabled ? { ...entry, why: title ?? label } : entry];
  });
}
