import {
  type Connection,
  type EdgeChange,
  MiniMap,
  type NodeChange,
  type OnConnectEnd,
  Panel,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStore,
  useStoreApi,
  type Viewport,
} from "@xyflow/react";
import {
  type DragEvent,
  type PointerEvent,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import type { Card } from "../protocol";
import { addNode, connect, moveCards, NEW_CARD } from "../state/editing";
import { type Point, useSession, useView } from "../state/session";
import type { Sheet } from "../state/sheet";
import { CardNode } from "./CardNode";
import {
  type CardNode as CardNodeType,
  cardNodes,
  type LinkEdge as LinkEdgeType,
  linkEdges,
} from "./elements";
import { type Ground, GroundContext, PLAIN_BELOW } from "./ground";
import { LinkEdge } from "./LinkEdge";
import { PALETTE_MIME } from "./mime";
import { type Plan, planOf } from "./plan";
import { fitting, leastZoom, opening as openingView, visible } from "./viewport";

/** Pixels on the screen that a hand moves while it clicks. */
const SHAKE = 3;

/** A line dropped on its own card was not meant. */
const apart = ({ source, target }: { source: string; target: string }) => source !== target;

const nodeTypes = { card: CardNode };
const edgeTypes = { link: LinkEdge };

/** The sheet as a drawing: React Flow, with the store as the only source of what is drawn. */
export function Canvas({ sheet }: { sheet: Sheet }) {
  const frame = useRef<HTMLDivElement>(null);
  const { at } = sheet.head;
  const [room, setRoom] = useState<{ at: string; width: number; height: number } | null>(null);
  // Panels come and go with the kind of board, so every board asks anew how large the canvas is.
  useLayoutEffect(() => {
    const box = frame.current?.getBoundingClientRect();
    setRoom({ at, width: box?.width || 800, height: box?.height || 500 });
  }, [at]);
  return (
    <div className="ddd-frame" ref={frame}>
      {room?.at === at ? (
        <ReactFlowProvider key={at}>
          <Drawing sheet={sheet} size={room} />
        </ReactFlowProvider>
      ) : null}
    </div>
  );
}

function Drawing({ sheet, size }: { sheet: Sheet; size: { width: number; height: number } }) {
  const session = useSession();
  const flow = useReactFlow<CardNodeType, LinkEdgeType>();
  const api = useStoreApi();
  const selected = useView((state) => state.selected);
  const selectedLinks = useView((state) => state.selectedLinks);
  const moved = useView((state) => state.moved);
  const placing = useView((state) => state.placing);
  const minimap = useView((state) => state.panels.minimap);
  const [focused, setFocused] = useState(false);
  const [shift, setShift] = useState(false);
  const [connecting, setConnecting] = useState(false);

  const drawn = useRef<{ nodes: CardNodeType[]; edges: LinkEdgeType[] }>({ nodes: [], edges: [] });
  const nodes = useMemo(() => {
    drawn.current.nodes = cardNodes(drawn.current.nodes, sheet, selected, moved);
    return drawn.current.nodes;
  }, [sheet, selected, moved]);
  const edges = useMemo(() => {
    drawn.current.edges = linkEdges(drawn.current.edges, sheet, selectedLinks);
    return drawn.current.edges;
  }, [sheet, selectedLinks]);
  const plain = useStore((state) => state.transform[2] < PLAIN_BELOW);
  const ground = useGround(sheet, plain);
  // Only what the sheet looked like when it was opened counts: afterwards people move about.
  const [opening] = useState<Viewport>(
    () => session.memory.viewports.get(sheet.head.at) ?? openingView(sheet, size),
  );
  const least = useMemo(() => leastZoom(sheet, size), [sheet, size]);

  useEffect(() => {
    session.reveal = (id) => {
      const node = flow.getNode(id);
      if (node && !visible(node, api.getState())) {
        const { width = 0, height = 0, position } = node;
        void flow.setCenter(position.x + width / 2, position.y + height / 2, {
          zoom: Math.max(flow.getZoom(), 0.7),
        });
      }
    };
    session.fit = () => void flow.setViewport(fitting(session.sheet() ?? sheet, api.getState()));
    session.zoom = (factor) => void flow.zoomTo(flow.getZoom() * factor);
    session.center = () => {
      const { width, height, transform } = api.getState();
      return {
        x: (width / 2 - transform[0]) / transform[2],
        y: (height / 2 - transform[1]) / transform[2],
      };
    };
  }, [session, flow, api, sheet]);

  const onNodesChange = useCallback(
    (changes: NodeChange<CardNodeType>[]) => {
      const places: [string, Point][] = [];
      const { selected, selectedLinks } = session.store.get();
      const now = new Set(selected);
      let touched = false;
      for (const change of changes) {
        if (change.type === "position" && change.position && change.dragging !== false) {
          places.push([change.id, change.position]);
        } else if (change.type === "select") {
          touched = true;
          change.selected ? now.add(change.id) : now.delete(change.id);
        }
      }
      if (places.length > 0) {
        session.store.set(({ moved }) => ({ moved: new Map([...moved, ...places]) }));
      }
      if (touched) {
        session.select(now, selectedLinks);
      }
    },
    [session],
  );
  const onEdgesChange = useCallback(
    (changes: EdgeChange<LinkEdgeType>[]) => {
      const { selected, selectedLinks } = session.store.get();
      const now = new Set(selectedLinks);
      for (const change of changes) {
        if (change.type === "select") {
          change.selected ? now.add(change.id) : now.delete(change.id);
        }
      }
      session.select(selected, now);
    },
    [session],
  );
  const onDragStop = useCallback(
    (_event: unknown, _node: unknown, dragged: CardNodeType[]) => {
      const { sheet, moved } = session.store.get();
      const places = new Map<string, Point>();
      const still = new Map(moved);
      for (const { id, position } of dragged) {
        const card = sheet?.cards.get(id);
        const far = card ? Math.hypot(card.x - position.x, card.y - position.y) : 0;
        if (far * flow.getZoom() >= SHAKE) {
          places.set(id, position);
        } else {
          still.delete(id);
        }
      }
      session.store.set({ moved: still });
      void moveCards(session, places);
    },
    [session, flow],
  );
  const onConnect = useCallback(
    ({ source, sourceHandle, target }: Connection) => {
      void connect(session, source, sourceHandle ?? "", target);
    },
    [session],
  );
  const onConnectEnd = useCallback<OnConnectEnd>(
    (_event, { isValid, fromNode }) => {
      setConnecting(false);
      if (!isValid && fromNode) {
        session.announce("Not connected: let go over a card.");
      }
    },
    [session],
  );
  const place = useCallback(
    (type: string, event: { clientX: number; clientY: number }) => {
      const { x, y } = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
      // The pointer holds the card by its middle.
      void addNode(session, type, { x: x - NEW_CARD.width / 2, y: y - NEW_CARD.height / 2 });
    },
    [session, flow],
  );
  const onDrop = (event: DragEvent) => {
    const type = event.dataTransfer.getData(PALETTE_MIME);
    if (type) {
      event.preventDefault();
      place(type, event);
    }
  };

  return (
    <GroundContext value={ground}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: watches focus and modifier keys for the canvas inside */}
      <div
        className="ddd-drawing"
        data-connecting={connecting || undefined}
        data-plain={plain || undefined}
        data-placing={placing || undefined}
        onBlur={(event) => setFocused(event.currentTarget.contains(event.relatedTarget))}
        onDragOver={(event) => {
          if (event.dataTransfer.types.includes(PALETTE_MIME)) {
            event.preventDefault();
            event.dataTransfer.dropEffect = "copy";
          }
        }}
        onDrop={onDrop}
        onFocus={(event) => {
          setFocused(true);
          // Who comes to a card with the keyboard means that card.
          const card = event.target.matches(".react-flow__node:focus-visible")
            ? event.target.dataset.cardId
            : undefined;
          if (card !== undefined && session.store.get().selected.size < 2) {
            session.select([card]);
          }
        }}
        onPointerDownCapture={(event: PointerEvent) => {
          const several = event.shiftKey || event.ctrlKey || event.metaKey;
          api.setState({ multiSelectionActive: several });
          setFocused(true);
        }}
        onPointerMove={(event) => setShift(event.shiftKey)}
        ref={useZoomWithMeta()}
      >
        <ReactFlow<CardNodeType, LinkEdgeType>
          aria-label={`Canvas: ${sheet.head.title}`}
          connectionRadius={24}
          defaultViewport={opening}
          deleteKeyCode={null}
          disableKeyboardA11y
          edges={edges}
          edgeTypes={edgeTypes}
          elevateNodesOnSelect
          maxZoom={2}
          minZoom={least}
          multiSelectionKeyCode={null}
          nodeDragThreshold={0}
          nodes={nodes}
          nodeTypes={nodeTypes}
          onConnect={onConnect}
          isValidConnection={apart}
          onConnectEnd={onConnectEnd}
          onConnectStart={() => setConnecting(true)}
          onEdgesChange={onEdgesChange}
          onlyRenderVisibleElements
          onMoveEnd={(_event, viewport) => session.memory.viewports.set(sheet.head.at, viewport)}
          onNodeDoubleClick={(_event, node) => {
            if (!session.open(node.id)) {
              session.focusPanel();
            }
          }}
          onNodeDragStop={onDragStop}
          onNodesChange={onNodesChange}
          onPaneClick={(event) => {
            if (placing) {
              place(placing, event);
            } else {
              session.select([]);
              session.root?.focus({ preventScroll: true });
            }
          }}
          onSelectionDragStop={(event, dragged) => onDragStop(event, null, dragged)}
          panActivationKeyCode={null}
          panOnDrag={!shift}
          panOnScroll={focused}
          preventScrolling={focused}
          selectionKeyCode={null}
          selectionOnDrag={shift}
          zoomActivationKeyCode={null}
          zoomOnDoubleClick={false}
          zoomOnScroll={false}
        >
          {minimap ? (
            <MiniMap
              ariaLabel="Overview of the board"
              nodeClassName={(node) => `ddd-mini-${(node as CardNodeType).data.card.category}`}
              pannable
              position="bottom-left"
            />
          ) : null}
          {placing ? (
            <Panel className="ddd-hint" position="top-center">
              Click where the new node goes. Esc to leave it.
            </Panel>
          ) : null}
        </ReactFlow>
      </div>
    </GroundContext>
  );
}

/** How lines run, found anew only when a card moved or lines came and went. */
function useGround(sheet: Sheet, plain: boolean): Ground {
  const kept = useRef<{ shape: string; links: Sheet["links"]; plan: Plan } | null>(null);
  const plan = useMemo(() => {
    const shape = [...sheet.cards.values()].map(shapeOf).join("\n");
    if (kept.current?.shape !== shape || kept.current.links !== sheet.links) {
      kept.current = { shape, links: sheet.links, plan: planOf(sheet) };
    }
    return kept.current.plan;
  }, [sheet]);
  const { direction } = sheet.head;
  return useMemo(() => ({ plan, direction, plain }), [plan, direction, plain]);
}

/** What of a card decides how lines run. */
function shapeOf({ id, x, y, width, height, outputs }: Card): string {
  return JSON.stringify([id, x, y, width, height, outputs]);
}

/** React Flow zooms with ctrl and the wheel; on a Mac people press the command key. */
function useZoomWithMeta() {
  const flow = useReactFlow();
  return useCallback(
    (element: HTMLDivElement | null) => {
      const onWheel = (event: WheelEvent) => {
        if (event.metaKey && !event.ctrlKey) {
          event.preventDefault();
          event.stopPropagation();
          void flow.zoomTo(flow.getZoom() * 2 ** (-event.deltaY * 0.005));
        }
      };
      element?.addEventListener("wheel", onWheel, { capture: true, passive: false });
      return () => element?.removeEventListener("wheel", onWheel, { capture: true });
    },
    [flow],
  );
}
