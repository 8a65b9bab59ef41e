import type { Session } from "./session";

/** Whether keys write into an element. */
export function isTextField(element: Element | null): boolean {
  return (
    element?.matches(
      "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable=true]",
    ) ?? false
  );
}

/** Begins to watch what people do while Python works.
 *
 * @returns Says whether they write or choose something else by now, where neither the focus nor the
 *   selection must be taken from. `made` is the id of what Python made, which may be chosen.
 */
export function watchPeople(session: Session): (made?: string) => boolean {
  const before = session.store.get();
  const focused = document.activeElement;
  let isPressed = false;
  const press = () => {
    isPressed = true;
  };
  document.addEventListener("pointerdown", press, { capture: true, once: true });
  return (made) => {
    document.removeEventListener("pointerdown", press, { capture: true });
    const { selected, selectedLinks } = session.store.get();
    const now = document.activeElement;
    const isBusy = isTextField(now) || now?.closest("[role=dialog], [role=menu]");
    return (
      isPressed ||
      (Boolean(isBusy) && now !== focused) ||
      [...selected].some((id) => id !== made && !before.selected.has(id)) ||
      [...selectedLinks].some((id) => id !== made && !before.selectedLinks.has(id))
    );
  };
}

/** Collects what people write already while the field for it is still to come.
 *
 * @returns Ends it, and gives the text.
 */
export function typedAhead({ root }: Session): () => string {
  let text = "";
  const hear = (event: KeyboardEvent) => {
    const { key } = event;
    const target = event.target as Element;
    const isLetter = key.length === 1;
    const isText = isLetter || key === "Backspace" || key === "Enter";
    const isDrawing = target === root || target.closest(".react-flow") !== null;
    if (
      !(isText && isDrawing) ||
      event.ctrlKey ||
      event.metaKey ||
      event.altKey ||
      isTextField(target)
    ) {
      return;
    }
    text = key === "Backspace" ? text.slice(0, -1) : text + (isLetter ? key : "");
    event.preventDefault();
    event.stopPropagation();
  };
  root?.addEventListener("keydown", hear, true);
  return () => {
    root?.removeEventListener("keydown", hear, true);
    return text;
  };
}
