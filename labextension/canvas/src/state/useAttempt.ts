import { useState } from "react";
import { messageOf } from "../connection";

/** Runs one change at a time, and keeps why the last one was refused. */
export function useAttempt() {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");
  /** Says whether it was done. */
  const run = async (change: () => Promise<unknown>): Promise<boolean> => {
    setBusy(true);
    try {
      await change();
      setError("");
      return true;
    } catch (reason) {
      setError(messageOf(reason));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, error, run, forget: () => setError("") };
}
