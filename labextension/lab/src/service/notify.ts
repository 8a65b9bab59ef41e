import { Notification } from "@jupyterlab/apputils";
import { words } from "../page/words";

/** Milliseconds for which a message is seen; the list behind the bell keeps it. */
const SEEN = 10_000;

/** Says in a notification what to do, or what has come of something. */
export function notify(message: string): void {
  Notification.info(message, { autoClose: SEEN });
}

/** Says in a notification why something failed: without a time, JupyterLab only rings its bell. */
export function notifyError(error: unknown): void {
  Notification.error(words(error), { autoClose: SEEN });
}

/** Says in a notification why something failed that nobody waits for. */
export function notifyFailure(work: Promise<unknown>): void {
  work.catch(notifyError);
}
