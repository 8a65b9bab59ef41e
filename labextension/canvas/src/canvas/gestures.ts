import {
  type Connection,
  type EdgeChange,
  type NodeChange,
  type OnConnectEnd,
  useReactFlow,
} from "@xyflow/react";
import { type DragEvent, type MouseEvent, useMemo, useState } from "react";
import { addNote, NEW_NOTE, NOTE, nestedInWords } from "../state/containment";
import { addNode, connect, moveCards, NEW_CARD } from "../state/editing";
import { beside, carried, containerAt, destinations, settled, within } from "../state/frames";
import { type Session, useSession } from "../state/session";
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
    const onConnectEnd: OnConnectEnd = (_event, { isValid, fromNode }) => {
      setConnecting(false);
      if (!isValid && fromNode) {
        session.announce("Not connected. Drop the line on a card.");
      }
    };
    const pointed = ({ clientX, clientY }: { clientX: number; clientY: number }) =>
      flow.screenToFlowPosition({ x: clientX, y: clientY });
    const place = (type: string, event: { clientX: number; clientY: number }) => {
      const at = pointed(event);
      session.store.set({ over: "" });
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
          session.turnToSpec();
        },
        onNodeDoubleClick: (_event: MouseEvent, node: CardNode) => {
          if (!session.open(node.id)) {
            session.focusPanel();
          }
        },
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
        onConnectStart: () => setConnecting(true),
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
      onDragLeave: () => session.store.set({ over: "" }),
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

/** Places a node where the pointer is, in the container that lies there. */
function placeNode(session: Session, type: string, at: Point): void {
  const sheet = session.sheet();
  const into = sheet ? containerAt(sheet, at) : "";
  const corner = { x: at.x - NEW_CARD.width / 2, y: at.y - NEW_CARD.height / 2 };
  const container = sheet?.cards.get(into);
  const place =
    sheet && container && within(at, container) ? beside(sheet, container, NEW_CARD) : corner;
  void addNode(session, type, place, undefined, into);
}

/** Marks the container that would take what is held over a point. */
function hover(session: Session, at: Point): void {
  const sheet = session.sheet();
  const over = sheet ? containerAt(sheet, at) : "";
  if (over !== session.store.get().over) {
    session.store.set({ over });
  }
}

/** Sends where cards were let go; those that a hand only shook go back to their places. */
function dropped(session: Session, dragged: readonly CardNode[], zoom: number): void {
  const { sheet, moved } = session.store.get();
  session.store.set({ over: "" });
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
  const into = destinations(sheet, places);
  void moveCards(session, settled(sheet, places, into), into).then((done) => {
    const [home] = into.values();
    if (done && home !== undefined) {
      session.announce(nestedInWords(session.sheet(), home));
    }
  });
}
