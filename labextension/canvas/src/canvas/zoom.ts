import { type ReactFlowState, useReactFlow, useStoreApi } from "@xyflow/react";
import { useCallback } from "react";
import { DETAILED, growth } from "./viewport";

/** Below this zoom a card has no room beside its title. */
const FAR = 0.5;
/** Below this zoom a card of a large board has no room for its title either. */
const TINY = 0.25;

/** Tells the drawing, as it zooms, how large words and lines must be to keep their size.
 *
 * This goes past React: hundreds of cards need no new rendering for it.
 */
export function useSemanticZoom() {
  const flow = useReactFlow();
  const store = useStoreApi();
  return useCallback(
    (element: HTMLDivElement | null) => {
      if (!element) {
        return;
      }
      let shown = 0;
      const adapt = ({ transform: [, , zoom] }: ReactFlowState) => {
        if (zoom !== shown) {
          shown = zoom;
          element.style.setProperty("--ddd-grow", growth(zoom).toFixed(2));
          element.toggleAttribute("data-tiny", zoom < TINY);
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
        element.removeEventListener("wheel", onWheel, { capture: true });
      };
    },
    [flow, store],
  );
}
