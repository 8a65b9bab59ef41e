/** Whether a key may be one of JupyterLab's for the whole window: no letter that somebody types. */
export function isOfJupyterLab({ ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return ctrlKey || metaKey || altKey;
}

/** Gives JupyterLab a key that the canvas has kept from it and has no use for. */
export function handOn(event: KeyboardEvent, node: HTMLElement): void {
  // JupyterLab goes by the old code of the key.
  const { key, code, keyCode, ctrlKey, metaKey, altKey, shiftKey } = event;
  const modifiers = { ctrlKey, metaKey, altKey, shiftKey };
  const again = { key, code, keyCode, ...modifiers, bubbles: true, cancelable: true };
  if (!node.dispatchEvent(new KeyboardEvent("keydown", again))) {
    event.preventDefault();
  }
}
