import { Notification } from "@jupyterlab/apputils";
import { words } from "../page/words";

/** Says in a notification why something failed that nobody waits for. */
export function notifyFailure(work: Promise<unknown>): void {
  work.catch((error: unknown) => {
    Notification.error(words(error));
  });
}
