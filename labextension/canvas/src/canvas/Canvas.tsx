import {
  MiniMap,
  Panel,
  ReactFlow,
  ReactFlowProvider,
  SelectionMode,
  useStoreApi,
} from "@xyflow/react";
import { type FocusEvent, useEffect, useLayoutEffect, useRef, useState } from "react";
import { useId } from "../ids";
import { useSession, useView } from "../state/session";
import type { Sheet } from "../state/sheet";
import { BoardContext } from "./BoardContext";
import { CardNode } from "./CardNode";
import { useCamera } from "./camera";
import { useDrawn } from "./drawn";
import type { CardNode as CardNodeType, LinkEdge as LinkEdgeType } from "./elements";
import { Frames } from "./Frames";
import { Guides } from "./Guides";
import type { Size } from "./geometry";
import { useGestures } from "./gestures";
import { Labels } from "./Labels";
import { LinkEdge } from "./LinkEdge";
import { Nearby } from "./Nearby";
import { OffscreenMarkers } from "./OffscreenMarkers";
import { useSemanticZoom } from "./zoom";

const nodeTypes = { card: CardNode };
const edgeTypes = { link: LinkEdge };

/** React Flow listens for keys on the whole page; the widget has its own, inside its focus. */
const NO_KEYS = {
  deleteKeyCode: null,
  disableKeyboardA11y: true,
  multiSelectionKeyCode: null,
  panActivationKeyCode: null,
  selectionKeyCode: null,
  zoomActivationKeyCode: null,
};

/** The sheet as a drawing: React Flow, with the store as the only source of what is drawn. */
export function Canvas({ sheet }: { sheet: Sheet }) {
  const frame = useRef<HTMLDivElement>(null);
  const { at } = sheet.head;
  const [room, setRoom] = useState<(Size & { at: string }) | null>(null);
  // Panels come and go with the kind of board, so every board asks anew how large the canvas is.
  useLayoutEffect(() => {
    const box = frame.current?.getBoundingClientRect();
    setRoom({ at, width: box?.width || 800, height: box?.height || 500 });
  }, [at]);
  return (
    <div className="ddd-frame" ref={frame}>
      {room?.at === at ? (
        // A sheet that could not be read and now can is looked at for the first time.
        <ReactFlowProvider key={`${at} ${sheet.head.status.state === "readonly"}`}>
          <Drawing sheet={sheet} size={room} />
        </ReactFlowProvider>
      ) : null}
    </div>
  );
}

function Drawing({ sheet, size }: { sheet: Sheet; size: Size }) {
  const id = useId();
  const api = useStoreApi();
  const { nodes, edges, board } = useDrawn(sheet);
  const { canvas, connecting, onDragLeave, onDragOver, onDrop } = useGestures();
  const camera = useCamera(sheet, size);
  const drawing = useSemanticZoom();
  const focus = useFocus();
  const session = useSession();
  const placing = useView((state) => state.placing);
  const minimap = useView((state) => state.panels.minimap);
  const [shift, setShift] = useShift();
  useLayoutEffect(() => {
    // It stays a link, as React Flow asks, but is no stop on the way to the cards.
    const link = session.root?.querySelector<HTMLElement>(".react-flow__attribution a");
    link?.setAttribute("tabindex", "-1");
  }, [session]);
  return (
    <BoardContext value={board}>
      <Labels sheet={sheet}>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: watches focus and modifier keys for the canvas inside */}
        <div
          className="ddd-drawing"
          data-connecting={connecting || undefined}
          data-drawing={session.prefix}
          data-placing={placing || undefined}
          data-plain={board.plain || undefined}
          onBlur={focus.onBlur}
          onDragLeave={onDragLeave}
          onDragOver={onDragOver}
          onDrop={onDrop}
          onFocus={focus.onFocus}
          onPointerDownCapture={(event) => {
            const several = event.shiftKey || event.ctrlKey || event.metaKey;
            api.setState({ multiSelectionActive: several });
            focus.onPress();
          }}
          onPointerLeave={() => {
            session.pointer = null;
          }}
          onPointerMove={(event) => {
            setShift(event.shiftKey);
            session.snapping = !event.altKey;
            session.pointer = { x: event.clientX, y: event.clientY };
          }}
          ref={drawing}
        >
          <ReactFlow<CardNodeType, LinkEdgeType>
            id={id}
            {...NO_KEYS}
            {...camera}
            {...canvas}
            aria-label={`Canvas: ${sheet.head.title}`}
            connectionRadius={24}
            edges={edges}
            edgeTypes={edgeTypes}
            maxZoom={2}
            nodeDragThreshold={0}
            nodes={nodes}
            nodeTypes={nodeTypes}
            onlyRenderVisibleElements
            panOnDrag={!shift}
            panOnScroll={focus.inside}
            preventScrolling={focus.inside}
            selectionMode={SelectionMode.Partial}
            selectionOnDrag={shift}
            zoomOnDoubleClick={false}
            zoomOnScroll={false}
          >
            <Guides />
            <Frames sheet={sheet} />
            <Nearby sheet={sheet} />
            <OffscreenMarkers sheet={sheet} />
            {minimap ? (
              <MiniMap ariaLabel="Overview of the board" pannable position="bottom-left" />
            ) : null}
            {placing ? (
              <Panel className="ddd-hint" position="top-center">
                Click where the card goes. Esc cancels.
              </Panel>
            ) : null}
          </ReactFlow>
        </div>
      </Labels>
    </BoardContext>
  );
}

/** Whether Shift is held, also where the focus is elsewhere and the pointer does not move. */
function useShift() {
  const [shift, setShift] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => setShift(event.shiftKey);
    window.addEventListener("keydown", onKey, true);
    window.addEventListener("keyup", onKey, true);
    return () => {
      window.removeEventListener("keydown", onKey, true);
      window.removeEventListener("keyup", onKey, true);
    };
  }, []);
  return [shift, setShift] as const;
}

/** Whether the canvas has the focus; without it the wheel belongs to the notebook. */
function useFocus() {
  const session = useSession();
  const [inside, setInside] = useState(false);
  return {
    inside,
    onPress: () => setInside(true),
    onBlur: (event: FocusEvent) => {
      setInside(event.currentTarget.contains(event.relatedTarget));
      session.store.set({ focused: "" });
    },
    onFocus: (event: FocusEvent<HTMLElement>) => {
      setInside(true);
      // Who comes to a card with the keyboard means that card.
      const { target } = event;
      const card = target.matches(".react-flow__node:focus-visible") ? target.dataset.cardId : "";
      session.store.set({ focused: card ?? "" });
      if (card && session.selection.follows()) {
        session.selection.set([card]);
      }
    },
  };
}
