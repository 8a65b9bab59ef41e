import * as React from "react";
import { words } from "../../service/requests";
import type { RunView } from "../../wire";
import { useShown } from "../parts/shown";

interface Asked {
  readonly run: RunView | null;
  readonly trouble: string;
}

const NOTHING: Asked = { run: null, trouble: "" };

/** A run, whole; asked for again whenever the project stands otherwise. */
export function useRun(id: string): Asked {
  const { model, state } = useShown();
  const { requests } = model.service;
  const { root, rev } = state;
  const [asked, setAsked] = React.useState<Asked>(NOTHING);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new rev means that it may stand otherwise
  React.useEffect(() => {
    let wanted = id !== "";
    if (wanted) {
      requests
        .run({ root, id })
        .then((run) => wanted && setAsked({ run, trouble: "" }))
        .catch((error: unknown) => wanted && setAsked({ run: null, trouble: words(error) }));
    }
    return () => {
      wanted = false;
    };
  }, [requests, root, id, rev]);
  return asked.run !== null && asked.run.brief.id !== id ? NOTHING : asked;
}
