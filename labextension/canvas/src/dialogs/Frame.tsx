import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef } from "react";
import { useId } from "../ids";
import { ToolButton } from "../panels/ToolButton";
import { useSession } from "../state/session";

const FOCUSABLE = "button, input, select, textarea, [tabindex='0']";

/** Puts the focus into the first field of a dialog, or on its first button. */
export function focusDialog(dialog: HTMLElement | null): void {
  const first = dialog?.querySelector<HTMLElement>(
    ".ddd-dialog-body :is(input, select, textarea, button)",
  );
  (dialog?.querySelector<HTMLElement>("[data-first]") ?? first ?? dialog)?.focus({
    preventScroll: true,
  });
}

/** A dialog over the widget; the focus stays inside and goes back to where it came from. */
export function Frame({
  title,
  wide = false,
  children,
}: {
  title: string;
  wide?: boolean;
  children: ReactNode;
}) {
  const session = useSession();
  const frame = useRef<HTMLDivElement>(null);
  const heading = useId();
  // At once: what is typed next belongs to the dialog.
  useLayoutEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    const { current: own } = frame;
    focusDialog(own);
    return () => {
      const { activeElement } = document;
      // What was done may have put it where it belongs already.
      if (own?.contains(activeElement) || activeElement === document.body) {
        (before?.isConnected ? before : session.root)?.focus({ preventScroll: true });
      }
    };
  }, [session]);
  const onKeyDown = (event: KeyboardEvent) => {
    submitByEnter(event);
    if (event.key !== "Tab" || !frame.current) {
      return;
    }
    const stops = [...frame.current.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(
      (element) => !element.hasAttribute("disabled"),
    );
    const last = event.shiftKey ? stops[0] : stops.at(-1);
    if (document.activeElement === last || document.activeElement === frame.current) {
      event.preventDefault();
      (event.shiftKey ? stops.at(-1) : stops[0])?.focus();
    }
  };
  return (
    <div className="ddd-veil">
      <div
        aria-labelledby={heading}
        aria-modal="true"
        className={wide ? "ddd-dialog ddd-dialog-wide" : "ddd-dialog"}
        onKeyDown={onKeyDown}
        ref={frame}
        role="dialog"
        tabIndex={-1}
      >
        <div className="ddd-dialog-head">
          <h2 id={heading}>{title}</h2>
          <ToolButton icon="close" label="Close" onPress={() => session.dialog(null)} />
        </div>
        <div className="ddd-dialog-body">{children}</div>
      </div>
    </div>
  );
}

/** Enter in a field sends the form off. Browsers do that, too, but not inside JupyterLab. */
function submitByEnter(event: KeyboardEvent): void {
  const field = event.target as HTMLElement;
  if (event.key === "Enter" && !event.nativeEvent.isComposing && field.matches("form input")) {
    event.preventDefault();
    (field as HTMLInputElement).form?.requestSubmit();
  }
}
