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
/** What is staged, as Git's own `:0:path` names it. */
export const STAGED = ":0";
/** What there was before the first commit: Git's name of a tree without files. */
export const NOTHING = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
