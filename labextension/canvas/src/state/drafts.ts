import type { Session } from "./session";
import type { Draft } from "./state";

/** Names the edited lines of a node. */
export function draftKey(at: string, id: string): string {
  return `${at}#${id}`;
}

/** Keeps edited lines until they are applied or discarded; undefined discards them. */
export function keepDraft(session: Session, key: string, draft: Draft | undefined): void {
  const drafts = new Map(session.store.get().drafts);
  if (draft) {
    drafts.set(key, draft);
  } else {
    drafts.delete(key);
  }
  session.memory.drafts = drafts;
  session.store.set({ drafts });
}

/** Leaves edited lines with their node when that is given another id. */
export function renameDraft(session: Session, at: string, id: string, now: string): void {
  const draft = session.store.get().drafts.get(draftKey(at, id));
  if (draft && now !== id) {
    keepDraft(session, draftKey(at, id), undefined);
    keepDraft(session, draftKey(at, now), draft);
  }
}

/** Ends a draft that was applied; what was typed meanwhile is one of the lines as they are now.
 *
 * @param key Of the node by the id that it has now.
 * @param sent What was applied.
 * @param base The lines as they are now.
 */
export function settleDraft(session: Session, key: string, sent: string, base: string): void {
  const text = session.store.get().drafts.get(key)?.text ?? sent;
  keepDraft(session, key, text === sent || text === base ? undefined : { base, text });
}

/** Saves everything; tells of edited lines that are in no file because nobody has applied them. */
export async function save(session: Session): Promise<boolean> {
  const saved = await session.press("save");
  const { drafts, sheet } = session.store.get();
  const here = `${sheet?.head.at}#`;
  const left = [...drafts.keys()]
    .map((key) => (key.startsWith(here) ? key.slice(here.length) : key))
    .join(", ");
  if (saved && left) {
    const text = `Saved without the lines that you edited in the YAML of ${left}: apply them first.`;
    session.note({ tone: "info", text });
  }
  return saved;
}
