import { type RefObject, useEffect, useLayoutEffect, useState } from "react";
import { walk } from "./walk";

/** How many of the tools fit into a bar, which never breaks into a second row.
 *
 * @param room Whatever changes what fits, as a text.
 */
export function useFolding(
  bar: RefObject<HTMLElement | null>,
  count: number,
  room: string,
): number {
  const [state, setState] = useState({ room, count, shown: count });
  const fresh = state.room === room && state.count === count;
  const shown = fresh ? state.shown : count;
  // Before anything is painted: one tool less, until they fit.
  useLayoutEffect(() => {
    const element = bar.current;
    const tooMany = element && element.scrollWidth > element.clientWidth && shown > 0;
    if (tooMany || !fresh) {
      setState({ room, count, shown: tooMany ? shown - 1 : shown });
    }
  });
  return shown;
}

/** One stop of the Tab key for all buttons of a bar; arrow keys go along them. */
export function useOneStop(bar: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = bar.current;
    if (!element) {
      return;
    }
    const buttons = () => [...element.querySelectorAll<HTMLElement>("button")];
    let current: HTMLElement | undefined;
    const arrange = () => {
      const all = buttons();
      current = current && all.includes(current) ? current : all[0];
      for (const button of all) {
        button.tabIndex = button === current ? 0 : -1;
      }
    };
    const onFocus = (event: FocusEvent) => {
      current = event.target as HTMLElement;
      arrange();
    };
    const onKeyDown = (event: KeyboardEvent) => {
      walk(event, buttons(), ["ArrowRight", "ArrowLeft"]);
    };
    const observer = new MutationObserver(arrange);
    arrange();
    element.addEventListener("focusin", onFocus);
    element.addEventListener("keydown", onKeyDown);
    observer.observe(element, { childList: true, subtree: true });
    return () => {
      element.removeEventListener("focusin", onFocus);
      element.removeEventListener("keydown", onKeyDown);
      observer.disconnect();
    };
  }, [bar]);
}
