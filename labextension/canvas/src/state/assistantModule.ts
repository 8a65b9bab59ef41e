import * as react from "react";
import * as jsxRuntime from "react/jsx-runtime";
import * as reactDom from "react-dom";
import type { AssistantModule } from "../assistant/types";
import * as connection from "../connection";
import { lazyModule } from "./lazyModule";
import * as session from "./session";

/** What the assistant's bundle takes from the canvas, by the names that `build.mjs` gives it: there
 * must be only one of each in a view.
 */
const SHARED: Readonly<Record<string, unknown>> = {
  connection,
  react,
  "react/jsx-runtime": jsxRuntime,
  "react-dom": reactDom,
  "state/session": session,
};

interface Exported {
  default(require: (name: string) => unknown): AssistantModule;
}

/** The panel of the assistant and what it shows on the board. */
export const useAssistantModule = lazyModule("assistant", (exported) =>
  (exported as Exported).default((name) => SHARED[name]),
);
