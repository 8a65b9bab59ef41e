import * as React from "react";

/** Height of a row in pixels. */
export const ROW = 26;
/** Rows that are drawn beyond the upper and the lower edge. */
const BEYOND = 6;

interface Part {
  readonly frame: React.RefObject<HTMLDivElement>;
  /** The rows that are drawn: from the first up to, and without, the last. */
  readonly first: number;
  readonly last: number;
  /** Rows that fit on the screen. */
  readonly page: number;
  readonly onScroll: () => void;
}

/** Which of many rows are drawn, so that the active one is among them and in view. */
export function useWindow(count: number, active: number): Part {
  const frame = React.useRef<HTMLDivElement>(null);
  const [{ top, height }, setBox] = React.useState({ top: 0, height: 800 });
  const measure = React.useCallback(() => {
    const node = frame.current;
    if (node !== null) {
      setBox({ top: node.scrollTop, height: node.clientHeight });
    }
  }, []);
  React.useLayoutEffect(() => {
    const watcher = new ResizeObserver(measure);
    watcher.observe(frame.current as Element);
    return () => watcher.disconnect();
  }, [measure]);
  React.useLayoutEffect(() => {
    const node = frame.current;
    if (node !== null && active * ROW < node.scrollTop) {
      node.scrollTop = active * ROW;
    } else if (node !== null && (active + 1) * ROW > node.scrollTop + node.clientHeight) {
      node.scrollTop = (active + 1) * ROW - node.clientHeight;
    }
    measure();
  }, [active, measure]);
  const first = Math.max(0, Math.min(Math.floor(top / ROW) - BEYOND, count - 1));
  const last = Math.min(count, Math.ceil((top + height) / ROW) + BEYOND);
  return { frame, first, last, page: Math.max(1, Math.floor(height / ROW) - 1), onScroll: measure };
}
