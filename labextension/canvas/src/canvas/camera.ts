import { useReactFlow, useStoreApi, type Viewport } from "@xyflow/react";
import { useCallback, useEffect, useMemo, useState } from "react";
import { type Session, useSession } from "../state/session";
import type { Sheet } from "../state/sheet";
import { sharedViewports } from "../state/state";
import type { CardNode, LinkEdge } from "./elements";
import type { Size } from "./geometry";
import { fitting, leastZoom, opening, showsAny, visible } from "./viewport";

/** Zoom at which a card that is brought into view can be read. */
const READABLE = 0.7;

/** Where the view stands when a board opens, and how the rest of the widget can move it. */
export function useCamera(sheet: Sheet, size: Size) {
  const session = useSession();
  const flow = useReactFlow<CardNode, LinkEdge>();
  const api = useStoreApi();
  const { at, project } = sheet.head;
  // Only what the sheet looked like when it was opened counts: afterwards people move about.
  const [defaultViewport] = useState<Viewport>(
    () => remembered(session, sheet, size) ?? opening(sheet, size),
  );
  const minZoom = useMemo(() => leastZoom(sheet, size), [sheet, size]);
  useEffect(() => {
    session.camera = {
      reveal: (id) => {
        const node = flow.getNode(id);
        if (node && !visible(node, api.getState())) {
          const { width = 0, height = 0, position } = node;
          const zoom = Math.max(flow.getZoom(), READABLE);
          void flow.setCenter(position.x + width / 2, position.y + height / 2, { zoom });
        }
      },
      fit: () => {
        const now = session.sheet();
        if (now) {
          void flow.setViewport(fitting(now, api.getState()));
        }
      },
      zoom: (factor) => void flow.zoomTo(flow.getZoom() * factor),
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
  }, [session, flow, api]);
  const onMoveEnd = useCallback(
    (_event: unknown, viewport: Viewport) => {
      session.memory.viewports.set(at, viewport);
      sharedViewports(project).set(at, viewport);
    },
    [session, at, project],
  );
  return { defaultViewport, minZoom, onMoveEnd };
}

/** Where the view of the sheet stood last, in this canvas or another one; unless it is empty now. */
function remembered(session: Session, sheet: Sheet, size: Size): Viewport | undefined {
  const { at, project } = sheet.head;
  const viewport = session.memory.viewports.get(at) ?? sharedViewports(project).get(at);
  return viewport && showsAny(sheet, viewport, size) ? viewport : undefined;
}

/** React Flow zooms with ctrl and the wheel; on a Mac people press the command key. */
export function useZoomWithMeta() {
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
