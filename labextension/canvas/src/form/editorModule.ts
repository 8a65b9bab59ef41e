import type { EditorModule } from "../editor/types";
import { lazyModule } from "../state/lazyModule";

const useLazyEditor = lazyModule("editor", (exported) => exported as EditorModule);

/** The text editor; null until it is there, and where it cannot be loaded: the plain text does. */
export function useEditorModule(): EditorModule | null {
  return useLazyEditor().module;
}
