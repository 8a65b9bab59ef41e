import { options } from "preact";

/**
 * Effects run before the next key or click arrives, as React runs them after such events. Preact
 * would wait until the page is painted: what is typed at once would miss a dialog that just opened.
 */
export function runEffectsAtOnce(): void {
  options.requestAnimationFrame = queueMicrotask;
}
