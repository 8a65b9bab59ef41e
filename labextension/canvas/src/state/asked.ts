import { projectOf } from "./implementing";
import type { Session } from "./session";
import type { Dialog } from "./state";

/** What the page around a canvas asks it to show: a dialog, or its problems. */
export interface Asked {
  readonly dialog?: Dialog;
  readonly problems?: boolean;
}

export function showAsked(session: Session, { dialog, problems }: Asked): void {
  if (dialog) {
    session.dialog(dialog);
  }
  if (problems) {
    session.panel({ problems });
  }
}

/** Tells the page which files are not saved, whenever they are others; only the kernel knows. */
export function tellUnsaved(session: Session): () => void {
  let told: readonly string[] | undefined;
  return session.store.subscribe(async () => {
    const unsaved = session.sheet()?.head.status.unsaved;
    if (!unsaved || unsaved === told) {
      return;
    }
    told = unsaved;
    const root = await projectOf(session);
    const detail = { root, unsaved };
    session.root?.dispatchEvent(new CustomEvent("ddd-lab:unsaved", { bubbles: true, detail }));
  });
}
