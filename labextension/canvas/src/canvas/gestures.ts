import {
  type Connection,
  type EdgeChange,
  type NodeChange,
  type OnConnectEnd,
  useReactFlow,
} from "@xyflow/react";
import { type DragEvent, type MouseEvent, useMemo, useState } from "react";
import { addTo, endsFlow, lineAt, linesOf, searchTypes } from "../state/adding";
import { addNote, NEW_NOTE, NOTE, nestedInWords } from "../state/containment";
import { connect, moveCards, takesCards, write, writeAtLine } from "../state/editing";
import { carried, containerAt, destinations, settled } from "../state/frames";
import { type Session, useSession } from "../state/session";
import type { Sheet } from "../state/sheet";
import type { Point } from "../state/types";
import type { CardNode, LinkEdge } from "./elements";
import { clearGuides, snapDragged } from "./Guides";
import { PALETTE_MIME } from "./mime";

/** Pixels on the screen that a hand moves while it clicks. */
const SHAKE = 3;

/** What the mouse does on the canvas, as commands. */
export function useGestures() {
  const session = useSession();
  const flow = useReactFlow<CardNode, LinkEdge>();
  const [connecting, setConnecting] = useState(false);
  const handlers = useMemo(() => {
    const onConnectEnd: OnConnectEnd = (event, { isValid, fromNode, fromHandle }) => {
      const isStopped = session.stopDrawing === null;
      session.stopDrawing = null;
      setConnecting(false);
      if (isValid || !fromNode) {
        return;
      }
      const pointer = "clientX" in event ? event : event.changedTouches[0];
      const isInVoid = (event.target as Element).closest?.(".react-flow__pane");
      if (pointer && isInVoid && !isStopped && takesCards(session.sheet())) {
        const root = session.root?.getBoundingClientRect();
        searchTypes(
          session,
          { kind: "after", card: fromNode.id, output: fromHandle?.id ?? "", at: pointed(pointer) },
          { x: pointer.clientX - (root?.left ?? 0), y: pointer.clientY - (root?.top ?? 0) },
        );
      } else {
        session.announce("Not connected. Drop the line on a card.");
      }
    };
    const pointed = ({ clientX, clientY }: { clientX: number; clientY: number }) =>
      flow.screenToFlowPosition({ x: clientX, y: clientY });
    const place = (type: string, event: { clientX: number; clientY: number }) => {
      const at = pointed(event);
      session.store.set(NOTHING_OVER);
      // The pointer holds the card by its middle.
      if (type === NOTE) {
        void addNote(session, { x: at.x - NEW_NOTE.width / 2, y: at.y - NEW_NOTE.height / 2 });
      } else {
        placeNode(session, type, at);
      }
    };
    return {
      canvas: {
        onNodesChange: (changes: NodeChange<CardNode>[]) => nodesChanged(session, changes),
        onEdgesChange: (changes: EdgeChange<LinkEdge>[]) => edgesChanged(session, changes),
        onNodeDragStop: (_event: unknown, _node: unknown, dragged: CardNode[]) =>
          dropped(session, dragged, flow.getZoom()),
        onSelectionDragStop: (_event: unknown, dragged: CardNode[]) =>
          dropped(session, dragged, flow.getZoom()),
        onNodeClick: (event: MouseEvent, node: CardNode) => {
          // Of several selected cards a plain click chooses one.
          if (!(event.shiftKey || event.ctrlKey || event.metaKey)) {
            session.selection.set([node.id]);
          }
        },
        onNodeDoubleClick: (event: MouseEvent, node: CardNode) => {
          // A word in a field is chosen by that.
          if (!(event.target as Element).closest("input, textarea") && !session.open(node.id)) {
            edit(session, node.id);
          }
        },
        onEdgeDoubleClick: (_event: unknown, { id }: LinkEdge) => writeAtLine(session, id),
        ...hovering(session),
        onPaneClick: (event: MouseEvent) => {
          const { placing } = session.store.get();
          if (placing) {
            place(placing, event);
          } else {
            session.selection.set([]);
            session.root?.focus({ preventScroll: true });
          }
        },
        onConnect: ({ source, sourceHandle, target }: Connection) => {
          if (session.sheet()?.head.level === "flow") {
            void connect(session, source, sourceHandle ?? "", target);
          } else {
            session.dialog({ kind: "wire", source, target });
          }
        },
        onConnectStart: () => {
          setConnecting(true);
          session.stopDrawing = stopDrawing(session);
        },
        onConnectEnd,
        isValidConnection: apart,
      },
      onDragOver: (event: DragEvent) => {
        if (event.dataTransfer.types.includes(PALETTE_MIME)) {
          event.preventDefault();
          event.dataTransfer.dropEffect = "copy";
          hover(session, pointed(event));
        }
      },
      onDragLeave: () => session.store.set(NOTHING_OVER),
      onDrop: (event: DragEvent) => {
        const type = event.dataTransfer.getData(PALETTE_MIME);
        if (type) {
          event.preventDefault();
          place(type, event);
        }
      },
    };
  }, [session, flow]);
  return { ...handlers, connecting };
}

const NOTHING_OVER = { over: "", overLink: "" };

/** Milliseconds that a pointer rests before it means what it is on. */
const REST = 250;

/** Tells what the pointer rests on; a button that is pressed means something else. */
function hovering(session: Session) {
  let timer = 0;
  const over = (event: MouseEvent, hovered: string) => {
    clearTimeout(timer);
    if (event.buttons === 0) {
      timer = window.setTimeout(() => session.store.set({ hovered }), REST);
    }
  };
  const out = () => {
    clearTimeout(timer);
    session.store.set({ hovered: "" });
  };
  return {
    onNodeMouseEnter: (event: MouseEvent, { id }: CardNode) => over(event, id),
    onNodeMouseLeave: out,
    onNodeDragStart: out,
    onEdgeMouseEnter: (event: MouseEvent, { id }: LinkEdge) => over(event, id),
    onEdgeMouseLeave: out,
  };
}

/** Lets go of the line that is being drawn: React Flow ends it as if it were dropped far away. */
function stopDrawing(session: Session): () => void {
  return () => {
    session.stopDrawing = null;
    for (const type of ["mousemove", "mouseup"]) {
      document.dispatchEvent(new MouseEvent(type, { clientX: -1e5, clientY: -1e5 }));
    }
    session.announce("No longer drawing a line.");
  };
}

/** Edits the label of a node or the text of a note in its place; other cards in the panel. */
function edit(session: Session, id: string): void {
  const { kind } = session.sheet()?.cards.get(id) ?? {};
  if (takesCards(session.sheet()) && (kind === "node" || kind === "note")) {
    write(session, id);
  } else {
    session.focusPanel();
  }
}

/** A line dropped on its own card was not meant. */
function apart({ source, target }: { source: string; target: string }): boolean {
  return source !== target;
}

function nodesChanged(session: Session, changes: readonly NodeChange<CardNode>[]): void {
  const places: [string, Point][] = [];
  const { selected, selectedLinks } = session.store.get();
  const now = new Set(selected);
  for (const change of changes) {
    if (change.type === "position" && change.position && change.dragging !== false) {
      places.push([change.id, change.position]);
    } else if (change.type === "select") {
      change.selected ? now.add(change.id) : now.delete(change.id);
    }
  }
  const sheet = session.sheet();
  if (places.length > 0 && sheet) {
    const here = new Map(snapDragged(session, places));
    const over = [...destinations(sheet, here).values()].find(Boolean) ?? "";
    session.store.set(({ moved }) => ({
      moved: new Map([...moved, ...carried(sheet, here)]),
      over,
      overLink: over ? "" : lineUnder(sheet, here),
    }));
  }
  session.selection.set(now, selectedLinks);
}

function edgesChanged(session: Session, changes: readonly EdgeChange<LinkEdge>[]): void {
  const { selected, selectedLinks } = session.store.get();
  const now = new Set(selectedLinks);
  for (const change of changes) {
    if (change.type === "select") {
      change.selected ? now.add(change.id) : now.delete(change.id);
    }
  }
  session.selection.set(selected, now);
}

/** The line that would take what is dragged: one card that has no lines yet. */
function lineUnder(sheet: Sheet, dragged: ReadonlyMap<string, Point>): string {
  const [[id, { x, y }] = ["", { x: 0, y: 0 }]] = dragged;
  const card = sheet.cards.get(id);
  const isLoose = card?.kind === "node" && card.has_input && card.outputs.length > 0;
  return dragged.size === 1 && isLoose && linesOf(sheet, id).length === 0
    ? lineAt(sheet, { x: x + card.width / 2, y: y + card.height / 2 }, id)
    : "";
}

/** Places a node where the pointer is: in the line or the container that is there. */
function placeNode(session: Session, type: string, at: Point): void {
  const sheet = session.sheet();
  const link = sheet && !endsFlow(sheet, type) ? lineAt(sheet, at) : "";
  void addTo(session, link ? { kind: "line", link, at } : { kind: "free", at }, type);
}

/** Marks the line or the container that would take what is held over a point. */
function hover(session: Session, at: Point): void {
  const sheet = session.sheet();
  const overLink = sheet ? lineAt(sheet, at) : "";
  const over = sheet && !overLink ? containerAt(sheet, at) : "";
  const now = session.store.get();
  if (over !== now.over || overLink !== now.overLink) {
    session.store.set({ over, overLink });
  }
}

/** Sends where cards were let go; those that a hand only shook go back to their places. */
function dropped(session: Session, dragged: readonly CardNode[], zoom: number): void {
  const { sheet, moved, overLink } = session.store.get();
  session.store.set(NOTHING_OVER);
  if (!sheet) {
    return;
  }
  const places = new Map<string, Point>();
  const still = new Map(moved);
  for (const { id, position } of dragged) {
    const card = sheet.cards.get(id);
    const far = card ? Math.hypot(card.x - position.x, card.y - position.y) : 0;
    if (far * zoom >= SHAKE) {
      // Where it is shown, which is where it snapped.
      places.set(id, moved.get(id) ?? position);
    } else {
      for (const along of carried(sheet, new Map([[id, position]])).keys()) {
        still.delete(along);
      }
    }
  }
  clearGuides(session);
  session.store.set({ moved: still });
  if (overLink && places.size === 1) {
    void insert(session, overLink, places);
    return;
  }
  const into = destinations(sheet, places);
  void moveCards(session, settled(sheet, places, into), into).then((done) => {
    const [home] = into.values();
    if (done && home !== undefined) {
      session.announce(nestedInWords(session.sheet(), home));
    }
  });
}

/** Puts a card into the line that it was let go on. */
async function insert(
  session: Session,
  line: string,
  places: ReadonlyMap<string, Point>,
): Promise<void> {
  for (const [id, { x, y }] of places) {
    const done = await session.gesture("insert", {
      id,
      link: line,
      x: Math.round(x),
      y: Math.round(y),
    });
    session.store.set(({ moved }) => ({
      moved: new Map([...moved].filter(([one]) => one !== id)),
    }));
    if (done) {
      session.announce("Put into the line.");
    }
  }
}
