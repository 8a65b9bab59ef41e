import * as React from "react";

/**
 * Keeps the focus in the panel when what had it is gone: a button that led elsewhere, a form that
 * was sent off.
 *
 * @param frame the panel.
 * @param heir what takes the focus then, as a selector within the panel.
 */
export function useKeptFocus(frame: React.RefObject<HTMLElement>, heir: string): void {
  const inside = React.useRef(false);
  React.useEffect(() => {
    const node = frame.current;
    const enter = () => {
      inside.current = true;
    };
    const leave = ({ target, relatedTarget }: FocusEvent) => {
      // Told apart a moment later: an element that is gone was taken, one that is there was left.
      window.setTimeout(() => {
        const taken = relatedTarget === null && !(target as Node).isConnected;
        inside.current = taken || node?.contains(document.activeElement) === true;
      });
    };
    node?.addEventListener("focusin", enter);
    node?.addEventListener("focusout", leave);
    return () => {
      node?.removeEventListener("focusin", enter);
      node?.removeEventListener("focusout", leave);
    };
  }, [frame]);
  React.useEffect(() => {
    if (inside.current && document.activeElement === document.body) {
      frame.current?.querySelector<HTMLElement>(heir)?.focus();
    }
  });
}
