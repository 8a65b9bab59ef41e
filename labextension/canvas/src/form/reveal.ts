/** Milliseconds without news of the panel after which what is there is all that will come. */
const SETTLED = 400;

/** Unfolds what is around a field of the spec panel, scrolls to it and puts the caret into it.
 *
 * Fields and what they lie in say in `data-path` which part of the card they edit.
 *
 * @param fallback runs where no field is about it.
 */
export function reveal(panel: HTMLElement, path: string, fallback: () => void): void {
  const before = document.activeElement;
  let timer = 0;
  const observer = new MutationObserver(() => go());
  const stop = () => {
    clearTimeout(timer);
    observer.disconnect();
  };
  const settle = (field: HTMLElement | undefined) => {
    stop();
    const control = field?.querySelector<HTMLElement>(CONTROLS);
    if (field && control) {
      control.focus({ preventScroll: true });
      field.scrollIntoView({ block: "center" });
    } else {
      fallback();
    }
  };
  const go = () => {
    const focused = document.activeElement;
    if (!panel.isConnected || (focused !== before && focused?.matches(CONTROLS))) {
      // The panel has gone, or people went on to another field.
      stop();
      return;
    }
    clearTimeout(timer);
    const nearest = nearestTo(panel, path);
    const exact = nearest?.dataset.path === path;
    if (unfold(panel, nearest)) {
      return;
    }
    if (exact && nearest?.matches("button")) {
      // A key that is only offered so far; its field comes with the next change of the panel.
      nearest.click();
    } else if (exact) {
      settle(nearest);
      return;
    }
    if (nearest || panel.querySelector(READ)) {
      timer = window.setTimeout(() => settle(nearest), SETTLED);
    }
  };
  observer.observe(panel, { childList: true, subtree: true });
  go();
}

/** What a panel has once it knows what the card says. */
const READ = ".ddd-spec-head";
const CONTROLS = "input, textarea, select, [contenteditable=true], button.ddd-chip";

/** The part of the panel that is about a path, or about what it lies in. */
function nearestTo(panel: HTMLElement, path: string): HTMLElement | undefined {
  const parts = [...panel.querySelectorAll<HTMLElement>("[data-path]")];
  return parts
    .filter(({ dataset }) => path === dataset.path || path.startsWith(`${dataset.path}.`))
    .sort((a, b) => (a.dataset.path?.length ?? 0) - (b.dataset.path?.length ?? 0))
    .at(-1);
}

/** Opens what hides a part of the panel; says whether more will be there in a moment. */
function unfold(panel: HTMLElement, part: HTMLElement | undefined): boolean {
  for (let around: Element | null = part ?? null; around; around = around.parentElement) {
    if (around instanceof HTMLDetailsElement) {
      around.open = true;
    }
  }
  const form = panel.querySelector<HTMLElement>(
    '[role=tab][aria-selected=false][data-side="form"]',
  );
  const fold = part?.querySelector<HTMLElement>(":scope > * > .ddd-unfold[aria-expanded=false]");
  (form ?? fold)?.click();
  return Boolean(form ?? fold);
}

/** Puts the focus into the first field of a panel, as soon as it has one. */
export function focusField(panel: HTMLElement): void {
  const firstField = () => panel.querySelector<HTMLElement>("input, textarea, select");
  const field = firstField();
  (field ?? panel).focus({ preventScroll: true });
  if (field) {
    return;
  }
  const observer = new MutationObserver(() => {
    const late = firstField();
    if (late || document.activeElement !== panel) {
      observer.disconnect();
    }
    if (late && document.activeElement === panel) {
      late.focus({ preventScroll: true });
    }
  });
  observer.observe(panel, { childList: true, subtree: true });
}
