import { type ReactFlowState, useReactFlow, useStoreApi } from "@xyflow/react";
import { useCallback } from "react";
import { useSession } from "../state/session";
import { DETAILED, growth } from "./viewport";

/** Below this zoom a card has no room beside its title. */
const FAR = 0.5;
/** Below this zoom a card has no room for its title either. */
const TINY = 0.15;
/** Below this zoom the rows of a large card have no room for their words. */
const BRIEF = 0.9;

/** Cards from which on words grow in steps while one zooms: each has the browser style all anew. */
const MANY = 300;
const STEP = 0.12;
/** Milliseconds without zooming after which they have their size. */
const REST = 120;

/** Tells the drawing, as it zooms, how large words and lines must be to keep their size.
 *
 * This goes past React: hundreds of cards need no new rendering for it.
 */
export function useSemanticZoom() {
  const session = useSession();
  const flow = useReactFlow();
  const store = useStoreApi();
  return useCallback(
    (element: HTMLDivElement | null) => {
      if (!element) {
        return;
      }
      let shown = 0;
      let grown = 0;
      let timer = 0;
      const grow = (by: number) => {
        grown = by;
        element.style.setProperty("--ddd-grow", by.toFixed(2));
      };
      const adapt = ({ transform: [, , zoom], nodeLookup }: ReactFlowState) => {
        if (zoom !== shown) {
          shown = zoom;
          const by = growth(zoom);
          if (Math.abs(Math.log(by / grown)) > (nodeLookup.size < MANY ? 0 : STEP)) {
            grow(by);
          }
          // Exactly, as soon as nobody zooms any more.
          clearTimeout(timer);
          timer = window.setTimeout(() => {
            session.store.set({ zoom: Math.round(zoom * 100) });
            if (by.toFixed(2) !== grown.toFixed(2)) {
              grow(by);
            }
          }, REST);
          element.toggleAttribute("data-tiny", zoom < TINY);
          element.toggleAttribute("data-brief", zoom < BRIEF);
          element.dataset.detail = zoom >= DETAILED ? "all" : zoom >= FAR ? "titles" : "far";
        }
      };
      adapt(store.getState());
      const unsubscribe = store.subscribe(adapt);
      const onWheel = (event: WheelEvent) => {
        // React Flow zooms with ctrl and the wheel; on a Mac people press the command key.
        if (event.metaKey && !event.ctrlKey) {
          event.preventDefault();
          event.stopPropagation();
          void flow.zoomTo(flow.getZoom() * 2 ** (-event.deltaY * 0.005));
        }
      };
      element.addEventListener("wheel", onWheel, { capture: true, passive: false });
      return () => {
        unsubscribe();
        clearTimeout(timer);
        element.removeEventListener("wheel", onWheel, { capture: true });
      };
    },
    [session, flow, store],
  );
}
