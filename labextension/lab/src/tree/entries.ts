import { OPEN_DESIGN } from "../commands/places";
import type { Entries, Entry } from "../service/menu";
import type { Row } from "./rows";

/** What can be done with a row; the same as with its card on a map, and with its file. */
export function entriesOf(root: string, row: Row): Entries {
  const { at, kind, path } = row;
  const isFlow = kind === "flow" || kind === "agent";
  return [
    at === null ? [] : opening(root, at),
    isFlow ? implementing(root, row) : [],
    at === null ? [] : changing(root, row),
    [
      ...(at ? [entry("Copy reference", "ddd-lab:copy-reference", { text: at })] : []),
      ...(at === null && path !== ""
        ? [entry("Copy path", "ddd-lab:copy-reference", { text: path })]
        : []),
      ...(path !== "" ? [entry("Open spec as text", "ddd-lab:open-spec", { root, path })] : []),
    ],
  ];
}

function opening(root: string, at: string): Entry[] {
  return [
    entry("Open", OPEN_DESIGN, { root, at }),
    entry("Open to the side", OPEN_DESIGN, { root, at, another: true }),
    ...(at === "" ? [] : [entry("Follow on the Flow Map", "ddd-lab:open-flow-map", { root, at })]),
    entry("Show problems", "ddd-lab:show-problems", { root, at }),
    entry("Compare with the last commit", "ddd-lab:show-design-diff", { root, at }),
  ];
}

function implementing(root: string, { at, failing, stale }: Row): Entry[] {
  const flows = { root, flows: [at] };
  return [
    entry("Implement…", "ddd-lab:implement", { ...flows, kind: "implement" }),
    ...(failing
      ? [entry("Fix failing tests…", "ddd-lab:implement", { ...flows, kind: "fix" })]
      : []),
    ...(stale ? [entry("What has changed…", "ddd-lab:show-drift", { root, flow: at })] : []),
    entry("Run the tests", "ddd-lab:run-tests", { root, flow: at }),
    entry("History", "ddd-lab:show-history", { root, flow: at }),
  ];
}

const CHANGES: Record<string, readonly (readonly [label: string, what: string])[]> = {
  system: [
    ["New domain…", "new-domain"],
    ["Find and replace…", "replace"],
  ],
  domain: [
    ["New flow…", "new-flow"],
    ["Rename…", "rename"],
    ["Delete…", "delete"],
  ],
  flow: [
    ["Rename…", "rename"],
    ["Duplicate…", "duplicate-flow"],
    ["Move to a domain…", "move-flow"],
    ["Delete…", "delete"],
  ],
};

/** Changes are made on the open design, which can undo them. */
function changing(root: string, { at, kind, name }: Row): Entry[] {
  const changes = CHANGES[kind === "agent" ? "flow" : kind] ?? [];
  return changes.map(([label, what]) =>
    entry(label, "ddd-lab:change-place", { root, at, what, title: name }),
  );
}

function entry(label: string, command: string, args: Entry["args"]): Entry {
  return { label, command, args };
}
