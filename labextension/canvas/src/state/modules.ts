import * as react from "react";
import * as jsxRuntime from "react/jsx-runtime";
import * as reactDom from "react-dom";
import type { AssistantModule } from "../assistant/types";
import type * as Conflicts from "../conflicts";
import * as connection from "../connection";
import { lazyModule } from "./lazyModule";
import * as session from "./session";

/** What the bundles take from the canvas, by the names that `build.mjs` gives it: there
 * must be only one of each in a view.
 */
const SHARED: Readonly<Record<string, unknown>> = {
  connection,
  react,
  "react/jsx-runtime": jsxRuntime,
  "react-dom": reactDom,
  "state/session": session,
};

interface Exported<Module> {
  default(require: (name: string) => unknown): Module;
}

/** The panel of the assistant and what it shows on the board. */
export const useAssistantModule = lazyModule("assistant", (exported) =>
  (exported as Exported<AssistantModule>).default((name) => SHARED[name]),
);

/** Resolving what a merge of Git has left. */
export const useConflictsModule = lazyModule("conflicts", (exported) =>
  (exported as Exported<typeof Conflicts>).default((name) => SHARED[name]),
);
