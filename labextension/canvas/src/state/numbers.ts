declare global {
  /** The page keeps them, since each canvas loads this code anew. */
  var dddLabCanvases: Set<number> | undefined;
}

function taken(): Set<number> {
  globalThis.dddLabCanvases ??= new Set();
  return globalThis.dddLabCanvases;
}

/** The lowest number that no canvas on this page has. */
export function takeNumber(): number {
  let number = 1;
  while (taken().has(number)) {
    number += 1;
  }
  taken().add(number);
  return number;
}

export function giveBack(number: number): void {
  taken().delete(number);
}
