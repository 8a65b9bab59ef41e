import * as React from "react";
import { words } from "../../page/words";
import type { RunView } from "../../protocol";
import { useShown } from "../parts/shown";

interface Asked {
  readonly run: RunView | null;
  readonly trouble: string;
}

interface Looked extends Asked {
  /** Ask for it now: what the tests say, line by line, is no part of how the project stands. */
  again(): void;
}

const NOTHING: Asked = { run: null, trouble: "" };

/** A run, whole; asked for again whenever the project stands otherwise. */
export function useRun(id: string): Looked {
  const { model, state } = useShown();
  const { requests } = model.service;
  const { root, rev } = state;
  const [asked, setAsked] = React.useState<Asked>(NOTHING);
  const [round, setRound] = React.useState(0);
  const again = React.useCallback(() => setRound((count) => count + 1), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new rev or round means that it may stand otherwise
  React.useEffect(() => {
    let wanted = id !== "";
    if (wanted) {
      requests
        .ask("run", { root, id })
        .then((run) => wanted && setAsked({ run, trouble: "" }))
        .catch((error: unknown) => wanted && setAsked({ run: null, trouble: words(error) }));
    }
    return () => {
      wanted = false;
    };
  }, [requests, root, id, rev, round]);
  const other = asked.run !== null && asked.run.brief.id !== id;
  return { ...(other ? NOTHING : asked), again };
}
