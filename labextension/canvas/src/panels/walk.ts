/** Arrow keys, Home and End go through a list; one stop of the Tab key is enough for all of it.
 *
 * @param keys those that lead to the next item and to the one before.
 * @returns whether the key was one of these.
 */
export function walk(
  event: Pick<KeyboardEvent, "key" | "preventDefault">,
  items: readonly HTMLElement[],
  [forth, back]: readonly [string, string],
): boolean {
  const now = items.indexOf(document.activeElement as HTMLElement);
  const next = { [forth]: now + 1, [back]: now - 1, Home: 0, End: -1 }[event.key];
  if (next === undefined) {
    return false;
  }
  event.preventDefault();
  items.at(next % items.length)?.focus();
  return true;
}
