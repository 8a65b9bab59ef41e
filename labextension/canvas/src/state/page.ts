import type { Session } from "./session";

/** What is told to the rest of the page; who calls `preventDefault` takes care of it. */
const COMPARE = "ddd-lab:design-diff";

/** Compares what is saved with the last commit: as a picture in the host's tab, else in words. */
export async function compareWithCommit(session: Session): Promise<void> {
  const { at = "", status } = session.sheet()?.head ?? {};
  const root = await projectOf(session);
  if (root && !isTaken(session, COMPARE, { root, at, old: "HEAD", new: "" })) {
    session.dialog({ kind: "changes", committed: true });
  } else if (status?.unsaved.length) {
    session.note({ tone: "info", text: "Compared is what is saved. Some changes are not yet." });
  }
}

/** The project's folder; empty where Python does not say, which the person has been told then. */
export async function projectOf(session: Session): Promise<string> {
  const answer = await session.gesture("root", {});
  return answer?.root ?? "";
}

/** Tells the page of a wish, and whether somebody there takes care of it. */
export function isTaken(session: Session, name: string, detail: object): boolean {
  const event = new CustomEvent(name, { bubbles: true, composed: true, cancelable: true, detail });
  return session.root?.dispatchEvent(event) === false;
}
