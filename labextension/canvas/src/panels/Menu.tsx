import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { useId } from "../ids";
import { useSession } from "../state/session";
import type { Action, Point } from "../state/types";
import { Icon, type IconName } from "./Icon";
import { walk } from "./walk";

const ITEMS = "[role^=menuitem]";

/** A button that opens a menu below itself. */
export function MenuButton({
  label,
  icon,
  title = label,
  actions,
}: {
  label: string;
  icon?: IconName;
  title?: string;
  /** Asked for when the menu opens. */
  actions: () => readonly Action[];
}) {
  const session = useSession();
  const button = useRef<HTMLButtonElement>(null);
  const [at, setAt] = useState<Point | null>(null);
  const open = () => {
    const box = button.current?.getBoundingClientRect();
    const root = session.root?.getBoundingClientRect();
    if (box && root) {
      setAt({ x: box.left - root.left, y: box.bottom - root.top + 2 });
    }
  };
  return (
    <>
      <button
        aria-expanded={at !== null}
        aria-haspopup="menu"
        aria-label={icon ? label : undefined}
        className="ddd-button ddd-quiet-button"
        onClick={() => (at ? setAt(null) : open())}
        ref={button}
        title={title}
        type="button"
      >
        {icon ? <Icon name={icon} /> : label}
        {icon ? null : <Icon name="down" />}
      </button>
      {at ? <Menu actions={actions()} at={at} label={label} onClose={() => setAt(null)} /> : null}
    </>
  );
}

/** A list of actions over the widget; arrow keys walk it, Escape and a click elsewhere close it. */
export function Menu({
  actions,
  at,
  label,
  onClose,
}: {
  actions: readonly Action[];
  /** Pixels from the widget's top left corner. */
  at: Point;
  label: string;
  onClose: () => void;
}) {
  const session = useSession();
  const list = useRef<HTMLDivElement>(null);
  const why = useId();
  useFocusInside(list, session.root);
  useClickElsewhere(list, onClose);
  useInside(list, at, session.root);
  const onKeyDown = (event: KeyboardEvent) => {
    const items = [...(list.current?.querySelectorAll<HTMLElement>(ITEMS) ?? [])];
    const walked = walk(event, items, ["ArrowDown", "ArrowUp"]);
    if (!walked && (event.key === "Escape" || event.key === "Tab")) {
      event.preventDefault();
      onClose();
    }
    // Keys in a menu are the menu's.
    event.stopPropagation();
  };
  if (!session.root) {
    return null;
  }
  return createPortal(
    <div aria-label={label} className="ddd-menu" onKeyDown={onKeyDown} ref={list} role="menu">
      {actions.map((action, index) => (
        <button
          aria-describedby={action.why ? `${why}${index}` : undefined}
          aria-disabled={action.why ? true : undefined}
          className="ddd-menu-item ddd-bare"
          data-first={index > 0 && actions[index - 1]?.group !== action.group ? "" : undefined}
          key={action.id}
          onClick={() => {
            if (!action.why) {
              onClose();
              // The menu gives the focus back when it closes; the action comes after that.
              setTimeout(action.run);
            }
          }}
          {...roleOf(action)}
          tabIndex={-1}
          title={action.why || undefined}
          type="button"
        >
          <span>{action.label}</span>
          {action.note === undefined ? null : (
            <span className="ddd-keys ddd-ellipsis ddd-menu-note">{action.note}</span>
          )}
          {action.keys ? (
            <span aria-hidden="true" className="ddd-keys">
              {action.keys}
            </span>
          ) : null}
          {action.why ? (
            <span className="ddd-sr" id={`${why}${index}`}>
              {action.why}
            </span>
          ) : null}
        </button>
      ))}
    </div>,
    session.root,
  );
}

function roleOf({ chosen }: Action) {
  return chosen === undefined
    ? { role: "menuitem" }
    : { role: "menuitemradio", "aria-checked": chosen };
}

type Box = React.RefObject<HTMLDivElement | null>;

/** The focus goes to the first entry, and back where it came from. */
function useFocusInside(list: Box, root: HTMLElement | null): void {
  useLayoutEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    list.current?.querySelector<HTMLElement>(ITEMS)?.focus({ preventScroll: true });
    return () => (before?.isConnected ? before : root)?.focus({ preventScroll: true });
  }, [list, root]);
}

export function useClickElsewhere(list: Box, onClose: () => void): void {
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    const onPress = (event: PointerEvent) => {
      const target = event.target as HTMLElement;
      // The button that opened the menu closes it by its own click.
      const opener = target.closest("[aria-haspopup=menu][aria-expanded=true]");
      if (!opener && !list.current?.contains(target)) {
        close.current();
      }
    };
    document.addEventListener("pointerdown", onPress, true);
    return () => document.removeEventListener("pointerdown", onPress, true);
  }, [list]);
}

/** Puts the menu where it was asked for, or as near as it is wholly inside the widget. */
export function useInside(list: Box, at: Point, root: HTMLElement | null): void {
  useLayoutEffect(() => {
    const menu = list.current;
    if (menu && root) {
      const { offsetWidth, offsetHeight } = menu;
      menu.style.left = `${Math.max(4, Math.min(at.x, root.clientWidth - offsetWidth - 4))}px`;
      menu.style.top = `${Math.max(4, Math.min(at.y, root.clientHeight - offsetHeight - 4))}px`;
    }
  }, [list, at, root]);
}
