import { useReactFlow, useStore, useStoreApi, type Viewport } from "@xyflow/react";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { type Session, useSession } from "../state/session";
import type { Sheet } from "../state/sheet";
import { sharedViewports } from "../state/state";
import { FEW, PLAIN_BELOW } from "./BoardContext";
import type { CardNode, LinkEdge } from "./elements";
import type { Size } from "./geometry";
import { bounds, DETAILED, fitting, leastZoom, opening, showsAny, visible } from "./viewport";

/** Milliseconds that the view takes to go somewhere. */
const TRAVEL = 250;

/** Where the view stands when a board opens, and how the rest of the widget can move it. */
export function useCamera(sheet: Sheet, size: Size) {
  const session = useSession();
  const flow = useReactFlow<CardNode, LinkEdge>();
  const api = useStoreApi();
  const { at, project } = sheet.head;
  const [[known, defaultViewport]] = useState(() => {
    const last = remembered(session, sheet, size);
    return [last !== undefined, last ?? opening(sheet, size)] as const;
  });
  const follow = useFollowing(session, sheet, known);
  const minZoom = useMemo(() => leastZoom(sheet, size), [sheet, size]);
  useEffect(() => {
    session.camera = {
      reveal: (id, isReadable) => {
        const node = flow.getNode(id);
        const isLarge = (session.sheet()?.cards.size ?? 0) > FEW;
        const isSmall = isReadable && isLarge && flow.getZoom() < PLAIN_BELOW;
        if (node && (isSmall || !visible(node, api.getState()))) {
          follow.stop();
          const { width = 0, height = 0, position } = node;
          const zoom = Math.max(flow.getZoom(), DETAILED);
          const middle = { x: position.x + width / 2, y: position.y + height / 2 };
          void flow.setCenter(middle.x, middle.y, { zoom, ...travel(session.sheet()) });
        }
      },
      fit: () => {
        const now = session.sheet();
        if (now) {
          follow.fit();
          void flow.setViewport(fitting(now, api.getState()), travel(now));
        }
      },
      zoom: (factor) => {
        follow.stop();
        void flow.zoomTo(flow.getZoom() * factor, travel(session.sheet()));
      },
      center: () => {
        const { width, height, transform } = api.getState();
        const [x, y, zoom] = transform;
        return { x: (width / 2 - x) / zoom, y: (height / 2 - y) / zoom };
      },
      view: () => {
        const { width, height, transform } = api.getState();
        const [x, y, zoom] = transform;
        return { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom, zoom };
      },
      locate: (page) => flow.screenToFlowPosition(page),
    };
  }, [session, flow, api, follow]);
  const onMoveEnd = useCallback(
    (_event: unknown, viewport: Viewport) => {
      // A view that only follows the board is none that anybody chose.
      if (!follow.on()) {
        session.memory.viewports.set(at, viewport);
        sharedViewports(project).set(at, viewport);
      }
    },
    [session, at, project, follow],
  );
  const onMoveStart = useCallback(
    (event: unknown) => {
      // Without an event it is the canvas itself that moves the view.
      if (event) {
        follow.stop();
      }
    },
    [follow],
  );
  return { defaultViewport, minZoom, onMoveEnd, onMoveStart };
}

/** How long a move takes: no time for people who want no motion, and where it would not be smooth. */
function travel(sheet: Sheet | null): { duration: number } {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  return { duration: still || (sheet?.cards.size ?? 0) > FEW ? 0 : TRAVEL };
}

type Frame = (sheet: Sheet, size: Size) => Viewport;

/** Keeps the board in view until somebody moves the view: whatever size it has, and whatever arrives
 * before somebody works on the board.
 *
 * @param known The view stood somewhere before.
 */
function useFollowing(session: Session, sheet: Sheet, known: boolean) {
  const flow = useReactFlow();
  const frame = useRef<Frame | null>(known ? null : opening);
  const worked = useRef(false);
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const area = useMemo(() => JSON.stringify(bounds(sheet)), [sheet]);
  const latest = useRef(sheet);
  latest.current = sheet;
  const before = useRef({ width: 0, height: 0, area });
  useEffect(() => {
    const { current: last } = before;
    before.current = { width, height, area };
    const resized = width !== last.width || height !== last.height;
    if (frame.current && width > 0 && (resized || (area !== last.area && !worked.current))) {
      const viewport = frame.current(latest.current, { width, height });
      void flow.setViewport(viewport, last.width === 0 || resized ? {} : travel(latest.current));
    }
  }, [flow, width, height, area]);
  useEffect(() => {
    const { root } = session;
    const onWork = () => {
      worked.current = true;
    };
    root?.addEventListener("pointerdown", onWork, true);
    root?.addEventListener("keydown", onWork, true);
    return () => {
      root?.removeEventListener("pointerdown", onWork, true);
      root?.removeEventListener("keydown", onWork, true);
    };
  }, [session]);
  return useMemo(
    () => ({
      on: () => frame.current !== null,
      fit: () => {
        frame.current = fitting;
      },
      stop: () => {
        frame.current = null;
      },
    }),
    [],
  );
}

/** Where the view of the sheet stood last, in this canvas or another one; unless it is empty now. */
function remembered(session: Session, sheet: Sheet, size: Size): Viewport | undefined {
  const { at, project } = sheet.head;
  const viewport = session.memory.viewports.get(at) ?? sharedViewports(project).get(at);
  return viewport && showsAny(sheet, viewport, size) ? viewport : undefined;
}
