import { Token } from "@lumino/coreutils";
import type { RunNamed } from "../protocol";
import type { Wanted } from "./model";

/** The Implementation panel, as the other plugins use it. */
export interface IImplementationPanel {
  /** Show the panel, or hide it where it is to be seen. */
  toggle(): void;
  /** Show the panel. */
  show(): void;
  /** Make a project the panel's, and show the panel. */
  open(root: string): Promise<void>;
  /** Build a prompt of a project and show it, or why that cannot be done; nothing is run. */
  build(root: string, wanted: Wanted): Promise<void>;
  /** Show what moved between a flow of a project and its code. */
  showDrift(root: string, flow: string): Promise<void>;
  /** Show the terminal of a run. */
  openTerminal(run: RunNamed): Promise<void>;
}

export const IImplementationPanel = new Token<IImplementationPanel>(
  "ddd-lab:IImplementationPanel",
  "The Implementation panel of DDD Lab.",
);
