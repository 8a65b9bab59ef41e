import { useEffect, useState } from "react";
import { messageOf } from "../connection";
import { type Session, useSession } from "./session";

type ScriptName = "assistant" | "conflicts" | "editor";

/** A module that is asked for when it is first needed; null until it is there. */
export interface Lazy<Module> {
  readonly module: Module | null;
  /** Why it cannot be loaded; `retry` asks again. */
  readonly error: string;
  readonly retry: () => void;
}

/** A hook that gives a module of the canvas that is a bundle of its own.
 *
 * @param name Of the bundle.
 * @param made Makes the module of what the bundle exports.
 */
export function lazyModule<Module>(
  name: ScriptName,
  made: (exported: unknown) => Module,
): (wanted?: boolean) => Lazy<Module> {
  // Loaded once for all canvases of a page that have this code.
  let loading: Promise<Module> | undefined;
  let loaded: Module | null = null;
  return function useModule(wanted = true) {
    const session = useSession();
    const [module, setModule] = useState(loaded);
    const [error, setError] = useState("");
    const [tries, setTries] = useState(0);
    // biome-ignore lint/correctness/useExhaustiveDependencies: another try asks again
    useEffect(() => {
      if (!wanted || module) {
        return;
      }
      let current = true;
      loading ??= load(session, name).then(made);
      loading.then(
        (arrived) => {
          loaded = arrived;
          if (current) {
            setModule(() => arrived);
          }
        },
        (reason: unknown) => {
          loading = undefined;
          if (current) {
            setError(messageOf(reason));
          }
        },
      );
      return () => {
        current = false;
      };
    }, [session, wanted, module, tries]);
    const retry = () => {
      setError("");
      setTries(tries + 1);
    };
    return { module, error, retry };
  };
}

/** Its text comes the way of every answer: no server knows of it, whatever shows the notebook. */
async function load(session: Session, name: ScriptName): Promise<unknown> {
  const { text } = await session.call("script", { name });
  const address = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  try {
    return await import(address);
  } finally {
    URL.revokeObjectURL(address);
  }
}
