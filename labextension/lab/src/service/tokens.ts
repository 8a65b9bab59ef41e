import { Token } from "@lumino/coreutils";
import type { IDisposable } from "@lumino/disposable";
import type { ISignal } from "@lumino/signaling";
import type { ProjectBrief, ProjectState, Tree } from "../protocol";
import type { Requests } from "./requests";

/** What the plugins know of the designs that the server has. */
export interface IDesignService {
  /** Calls to the server. */
  readonly requests: Requests;
  /** The projects that were found; null before the server has answered. */
  readonly projects: readonly ProjectBrief[] | null;
  /** The folder of the current project; empty where there is none. */
  readonly root: string;
  /** Whether somebody works with the current project; else it is but the first that was found. */
  readonly isInUse: boolean;
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
  /** Look for projects where none are known yet, or again. */
  find(again?: boolean): Promise<void>;
  /** Look for projects again, then ask for the state of the current one. */
  reload(): Promise<void>;
  /** Ask again and again, until the answer is disposed of. */
  watch(): IDisposable;
  /** Path of a project's file as the server's files have it; null for one that they lack. */
  serverPath(file: string, root?: string): string | null;
}

export const IDesignService = new Token<IDesignService>(
  "ddd-lab:IDesignService",
  "The current project of DDD Lab, its status, and calls to the server.",
);

/** The current project as a tree, from its files: no kernel is needed. */
export interface IDesignTree {
  readonly service: IDesignService;
  /** The tree; null before the server has answered. */
  readonly state: Tree | null;
  /** Paths of its files with changes that are not saved, as an open canvas tells. */
  readonly unsaved: ReadonlySet<string>;
  /** Why it cannot be shown; empty where it can. */
  readonly trouble: string;
  /** Anything of the above, or the current project, has changed. */
  readonly changed: ISignal<IDesignTree, void>;

  /** Ask again and again, until the answer is disposed of. */
  watch(): IDisposable;
  /** Look for projects again, and ask now. */
  refresh(): Promise<void>;
}

export const IDesignTree = new Token<IDesignTree>(
  "ddd-lab:IDesignTree",
  "The current project of DDD Lab as a tree, with marks for what is wrong, stale or unsaved.",
);
