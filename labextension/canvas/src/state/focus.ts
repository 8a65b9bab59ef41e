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
