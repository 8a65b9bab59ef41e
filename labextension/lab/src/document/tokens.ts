import { Token } from "@lumino/coreutils";
import type { ISignal } from "@lumino/signaling";
import type { Widget } from "@lumino/widgets";

/** Where a design is shown. */
export interface DesignPlace {
  /** Absolute path of the project's folder. */
  readonly root: string;
  /** `domain` or `domain/flow`; empty for the System Map. The tab stays where it is if left out. */
  readonly at?: string;
  /** Id of the kernel that holds the project; one is found or started if left out. */
  readonly kernel?: string;
  /** Whether to open another tab where one is open. */
  readonly another?: boolean;
}

/** A tab that shows a design. */
export interface IDesignDocument extends Widget {
  readonly root: string;
  readonly at: string;
  /** Id of its kernel; empty until it has one. */
  readonly kernel: string;
  /** Paths of files with unsaved edits. */
  readonly unsaved: readonly string[];
  /** Any of the above has changed. */
  readonly changed: ISignal<IDesignDocument, void>;
  /** Go to a place of the design. */
  go(at: string): Promise<void>;
  /** Write what is unsaved. */
  save(): Promise<void>;
  /** Let a flow, or a file by its path, say what it said at a commit, as a step to undo. */
  restore(flow: string, commit: string): Promise<void>;
  /** Let files say again what is staged or committed, as a step to undo. */
  discard(paths: readonly string[]): Promise<void>;
}

/** The designs that are open in tabs. */
export interface IDesignDocuments {
  /** The tab that was used last; null where none is open. */
  readonly current: IDesignDocument | null;
  readonly currentChanged: ISignal<unknown, IDesignDocument | null>;
  /** Show a place, in the tab of its design if one is open. */
  open(place: DesignPlace): Promise<IDesignDocument>;
}

export const IDesignDocuments = new Token<IDesignDocuments>(
  "ddd-lab:IDesignDocuments",
  "The designs of DDD Lab that are open in tabs.",
);
