import { useEffect, useState } from "react";
import type { EditorModule } from "../editor/types";
import { type Session, useSession } from "../state/session";

/** Loaded once for all canvases of a page. */
let loading: Promise<EditorModule> | undefined;
let loaded: EditorModule | null = null;

/** The text editor; null until it is there, and where it cannot be loaded. */
export function useEditorModule(): EditorModule | null {
  const session = useSession();
  const [module, setModule] = useState(loaded);
  useEffect(() => {
    let current = true;
    loading ??= load(session);
    loading.then(
      (module) => {
        loaded = module;
        if (current) {
          setModule(module);
        }
      },
      () => {
        // The plain text does; the next one that is opened asks again.
        loading = undefined;
      },
    );
    return () => {
      current = false;
    };
  }, [session]);
  return module;
}

/** Its text comes the way of every answer: no server knows of it, whatever shows the notebook. */
async function load(session: Session): Promise<EditorModule> {
  const { text } = await session.call("editor_script");
  const address = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  try {
    return (await import(address)) as EditorModule;
  } finally {
    URL.revokeObjectURL(address);
  }
}
