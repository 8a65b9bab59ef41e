import { Token } from "@lumino/coreutils";

/** The Git panel, as the other plugins use it. */
export interface IGitPanel {
  /** Show what Git has of the current project, or hide it where it is to be seen. */
  toggle(): void;
  /** Make a project the panel's, and show the panel. */
  open(root: string): Promise<void>;
  /** Show the versions of a flow, or of a file by its path. */
  showHistory(root: string, flow: string): Promise<void>;
}

export const IGitPanel = new Token<IGitPanel>("ddd-lab:IGitPanel", "The Git panel of DDD Lab.");
