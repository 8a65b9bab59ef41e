import { Token } from "@lumino/coreutils";
import type { IDisposable } from "@lumino/disposable";
import type { ISignal } from "@lumino/signaling";
import type { ProjectBrief, ProjectState } from "../protocol";
import type { Requests } from "./requests";

/** What the plugins know of the designs that the server has. */
export interface IDesignService {
  /** Calls to the server. */
  readonly requests: Requests;
  /** The projects that were found; null before the server has answered. */
  readonly projects: readonly ProjectBrief[] | null;
  /** The folder of the current project; empty where there is none. */
  readonly root: string;
  /** How the current project stands; null before the server has answered. */
  readonly state: ProjectState | null;
  /** Why it cannot be told how things stand; empty where it can. */
  readonly trouble: string;
  /** Anything of the above has changed. */
  readonly changed: ISignal<IDesignService, void>;

  /** Make a project the current one, and ask how it stands; returns the server's name of it. */
  choose(root: string): Promise<string>;
  /** Make the project that holds a file the current one, if there is one. */
  follow(path: string): void;
  /** Take over a newer state that came with an answer, if it is the current project's. */
  take(state: ProjectState): void;
  /** Ask the server now. */
  refresh(): Promise<void>;
  /** Look for projects again, then ask for the state of the current one. */
  reload(): Promise<void>;
  /** Ask again and again, until the answer is disposed of. */
  watch(): IDisposable;
  /** Path of a project's file as the server's files have it; null for one that they lack. */
  serverPath(file: string): string | null;
}

export const IDesignService = new Token<IDesignService>(
  "ddd-lab:IDesignService",
  "The current project of DDD Lab, its status, and calls to the server.",
);
