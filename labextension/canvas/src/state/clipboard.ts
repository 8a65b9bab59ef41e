import { plural } from "../panels/ProblemMark";
import type { NamedCards } from "../protocol";
import { freePlace } from "./editing";
import { isTextField, watchPeople } from "./focus";
import type { Session } from "./session";
import type { Point } from "./types";

/*
 * Cards travel as YAML text on the system's clipboard, so that they can go to another flow, canvas,
 * project or into a file by hand.
 *
 * Pasting uses the browser's own paste event: it brings the text along and needs no permission.
 * Copying is harder. A copy event wants its text at once, but Python has it and answers later. So
 * the event is taken, Python is asked, and the text is written when it comes: with the clipboard
 * API, or with execCommand where that API does not exist (JupyterLab over plain http). Browsers
 * allow both for a few seconds after the key. Where even that is refused (Safari, a busy kernel),
 * the text is kept, and pressing the same keys again hands it over at once.
 *
 * The events are taken from the document: where no text is selected, Firefox sends them to the
 * page's body, not to the card that has the focus.
 */

/** What people press on this computer together with a letter. */
export const MOD = /Mac|iPhone|iPad/.test(globalThis.navigator?.userAgent ?? "") ? "⌘" : "Ctrl+";

/** Text that the browser did not take when it came. */
interface Kept {
  readonly of: string;
  readonly text: string;
}

const kept = new WeakMap<Session, Kept>();

/** Answers the browser's copy, cut and paste while the canvas has the focus. */
export function watchClipboard(session: Session): () => void {
  const onCopy = (event: ClipboardEvent) => {
    const ids = copyable(session);
    if (ids.length === 0 || !isOurs(session) || textSelected(session)) {
      return;
    }
    event.preventDefault();
    const known = kept.get(session);
    const given = known?.of === signature(session, ids) && event.clipboardData;
    if (given) {
      given.setData("text/plain", known.text);
    }
    void (event.type === "cut" ? cut : copy)(session, ids, Boolean(given));
  };
  const onPaste = (event: ClipboardEvent) => {
    if (isOurs(session)) {
      event.preventDefault();
      void paste(session, event.clipboardData?.getData("text/plain") ?? "");
    }
  };
  // On Linux a middle click pastes; here it closes a tab or moves the view.
  const onMouseUp = (event: MouseEvent) => {
    if (event.button === 1 && isOurs(session)) {
      event.preventDefault();
    }
  };
  document.addEventListener("copy", onCopy);
  document.addEventListener("cut", onCopy);
  document.addEventListener("paste", onPaste);
  document.addEventListener("mouseup", onMouseUp);
  return () => {
    document.removeEventListener("copy", onCopy);
    document.removeEventListener("cut", onCopy);
    document.removeEventListener("paste", onPaste);
    document.removeEventListener("mouseup", onMouseUp);
  };
}

function isOurs({ root, store }: Session): boolean {
  const { activeElement } = document;
  return (
    root?.contains(activeElement) === true && !isTextField(activeElement) && !store.get().dialog
  );
}

/** Text that is selected in a panel is what people mean to copy. */
function textSelected({ root }: Session): boolean {
  const chosen = document.getSelection();
  return chosen !== null && !chosen.isCollapsed && root?.contains(chosen.anchorNode) === true;
}

/** The selected cards that can be copied: nodes. */
export function copyable({ store }: Session): string[] {
  const { sheet, selected } = store.get();
  return [...selected].filter((id) => sheet?.cards.get(id)?.kind === "node");
}

/** What a text was made of: the same cards as they are now. */
function signature(session: Session, ids: readonly string[]): string {
  const head = session.sheet()?.head;
  return [head?.at, head?.rev, ...ids].join("\n");
}

/** Puts cards on the clipboard; says false when that did not work.
 *
 * With `given` they are there already.
 */
export async function copy(
  session: Session,
  ids: readonly string[],
  given = false,
): Promise<boolean> {
  const done = given || (await written(session, ids));
  if (done) {
    const text = `Copied ${plural(ids.length, "card")}.`;
    session.note({ tone: "good", text });
  }
  return done;
}

/** Puts cards on the clipboard, and only then takes them off the sheet. */
export async function cut(session: Session, ids: readonly string[], given = false): Promise<void> {
  const isElsewhere = watchPeople(session);
  if ((given || (await written(session, ids))) && (await session.gesture("cut", { cards: ids }))) {
    session.note({ tone: "good", text: `Cut ${plural(ids.length, "card")}.` });
    isElsewhere() || session.root?.focus({ preventScroll: true });
  }
}

async function written(session: Session, ids: readonly string[]): Promise<boolean> {
  const result = await session.gesture("copy", { cards: ids });
  if (!result) {
    return false;
  }
  const { text } = result;
  if (await write(session, text)) {
    kept.delete(session);
    return true;
  }
  kept.set(session, { of: signature(session, ids), text });
  session.note({
    tone: "bad",
    text: `The browser did not allow copying. Press ${MOD}C on the canvas to copy it.`,
  });
  return false;
}

/** Puts a text on the clipboard; false where the browser refuses. */
export async function write(session: Session, text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return writeByCommand(session, text);
  }
}

function writeByCommand({ root }: Session, text: string): boolean {
  const before = document.activeElement as HTMLElement | null;
  const field = document.createElement("textarea");
  field.className = "ddd-sr";
  field.value = text;
  root?.append(field);
  field.select();
  const done = document.execCommand("copy");
  before?.focus({ preventScroll: true });
  field.remove();
  return done;
}

/** Pastes what is on the clipboard, or says how to, where pages may not read it. */
export async function pasteByButton(session: Session, at: Point | null): Promise<void> {
  let text: string;
  try {
    text = await navigator.clipboard.readText();
  } catch {
    session.note({
      tone: "info",
      text: `This browser does not allow reading the clipboard from a button. Press ${MOD}V on the canvas.`,
    });
    return;
  }
  await paste(session, text, at);
}

/** Adds the nodes of a text where the pointer is, else in the middle of the view. */
async function paste(session: Session, text: string, at: Point | null = null): Promise<void> {
  const { camera, pointer } = session;
  const { x, y } = at ?? freePlace(session, pointer ? camera.locate(pointer) : camera.center());
  const args = { text, x: Math.round(x), y: Math.round(y) };
  await chooseNew(session, session.gesture("paste", args), "Pasted");
}

/** Adds copies of cards beside them. */
export async function duplicate(session: Session, ids: readonly string[]): Promise<void> {
  await chooseNew(session, session.gesture("duplicate", { cards: ids }), "Duplicated");
}

/** Selects what was just added, and says so. */
async function chooseNew(
  session: Session,
  adding: Promise<NamedCards | null>,
  word: string,
): Promise<void> {
  const isElsewhere = watchPeople(session);
  const { ids } = (await adding) ?? { ids: [] };
  const [first] = ids;
  if (first !== undefined) {
    session.announce(`${word} ${ids.length}.`);
    if (!isElsewhere()) {
      session.selection.set(ids);
      session.show(first);
    }
  }
}
