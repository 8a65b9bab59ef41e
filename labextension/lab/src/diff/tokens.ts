/** Two versions of a design at a place. */
export interface DiffPlace {
  /** Absolute path of the project's folder. */
  readonly root: string;
  /** `domain` or `domain/flow`; empty for the System Map. */
  readonly at: string;
  /** A Git revision; empty for the files as they are. */
  readonly old: string;
  /** A Git revision; empty for the files as they are. */
  readonly new: string;
}

/** The last commit, as Git calls it. */
export const LAST_COMMIT = "HEAD";
