import type { DesignVersions, VersionCommit } from "../protocol";
import { LAST_COMMIT, NOTHING, STAGED } from "./tokens";

/** What people call the versions that are no commits of their own. */
const NAMES: Readonly<Record<string, string>> = {
  "": "The files",
  [STAGED]: "What is staged",
  [LAST_COMMIT]: "The last commit",
};

interface VersionPickerProps {
  readonly label: string;
  /** A Git revision; empty for the files as they are. */
  readonly value: string;
  readonly versions: DesignVersions | null;
  readonly onPick: (value: string) => void;
}

/** What a version is compared with: the files, commits that touched the place, branches, tags. */
export function VersionPicker({ label, value, versions, onPick }: VersionPickerProps) {
  const commits = versions?.commits ?? [];
  const branches = versions?.branches ?? [];
  const known = [...Object.keys(NAMES), ...commits.map(({ commit }) => commit), ...branches];
  return (
    <label className="ddd-diff-version">
      {label}
      <select onChange={({ target }) => onPick(target.value)} value={value}>
        {known.includes(value) ? null : <option value={value}>{nameOf(value, versions)}</option>}
        {Object.entries(NAMES).map(([version, name]) => (
          <option key={version} value={version}>
            {name}
          </option>
        ))}
        {commits.length > 0 ? (
          <optgroup label="Commits that touched this place">
            {commits.map((one) => (
              <option key={one.commit} value={one.commit}>
                {labelOf(one)}
              </option>
            ))}
          </optgroup>
        ) : null}
        {branches.length > 0 ? (
          <optgroup label="Branches and tags">
            {branches.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </optgroup>
        ) : null}
      </select>
    </label>
  );
}

function labelOf({ commit, at, author, subject }: VersionCommit): string {
  return `${subject} · ${at.slice(0, 10)} · ${author} · ${commit.slice(0, 7)}`;
}

/** What people call a version. */
export function nameOf(value: string, versions: DesignVersions | null): string {
  if (value === NOTHING) {
    return "Before the first commit";
  }
  const commit = versions?.commits.find(({ commit }) => commit === value);
  const name = NAMES[value] ?? commit?.subject;
  return name ?? (/^[0-9a-f]{40}$/.test(value) ? value.slice(0, 7) : value);
}
