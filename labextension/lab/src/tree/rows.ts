import { counted } from "../page/words";
import type { Tree, TreeFlow, TreeRow, TreeSchema } from "../protocol";

export type Kind = "system" | "domain" | "flow" | "agent" | "schemas" | "schema";

/** A mark at the end of a row: a sign, and what it stands for in words. */
export interface Mark {
  readonly sign: string;
  readonly words: string;
  readonly tone: "bad" | "warn" | "good" | "quiet";
}

/** A row of the tree as it is drawn. */
export interface Row {
  /** Names it within its tree. */
  readonly id: string;
  readonly kind: Kind;
  readonly name: string;
  /** The place in the design that it opens; null where it is only a file. */
  readonly at: string | null;
  /** Its file; empty where it has none. */
  readonly path: string;
  readonly level: 1 | 2;
  /** Whether what is below it is shown; null where nothing can be below it. */
  readonly expanded: boolean | null;
  readonly size: number;
  readonly position: number;
  readonly marks: readonly Mark[];
  readonly stale: boolean;
  readonly failing: boolean;
}

export interface Looks {
  /** Ids of the rows whose lower rows are shown. */
  readonly expanded: ReadonlySet<string>;
  readonly filter: string;
  readonly unsaved: ReadonlySet<string>;
}

export const SYSTEM = "system";
const SCHEMAS = "schemas";

/** The rows of a tree from top to bottom, without those that are folded away or filtered out. */
export function rowsOf(tree: Tree, looks: Looks): readonly Row[] {
  const wanted = looks.filter.trim().toLowerCase();
  const fits = (row: TreeRow) => `${row.key} ${row.name}`.toLowerCase().includes(wanted);
  const flows = byDomain(tree.flows);
  const groups = tree.domains.flatMap((domain) => {
    const within = flows.get(domain.key) ?? [];
    const shown = fits(domain) ? within : within.filter(fits);
    if (shown.length === 0 && !fits(domain)) {
      return [];
    }
    const head = domainRow(domain, within, looks);
    return [{ head, below: shown.map((flow) => flowRow(flow, looks)), all: within.length }];
  });
  const schemas = tree.schemas.filter(fits).map((schema) => schemaRow(schema, looks));
  const top = [
    ...(wanted === "" ? [{ head: systemRow(tree), below: [], all: 0 }] : []),
    ...groups,
    ...(schemas.length > 0
      ? [{ head: schemasRow(tree.schemas, looks), below: schemas, all: schemas.length }]
      : []),
  ];
  return top.flatMap(({ head, below, all }, index) => {
    const open = wanted !== "" ? below.length > 0 : looks.expanded.has(head.id);
    const expanded = all === 0 ? null : open;
    const first = { ...head, expanded, size: top.length, position: index + 1 };
    return expanded === true ? [first, ...numbered(below)] : [first];
  });
}

/** Ids of the rows that are unfolded when a tree is shown first: of a small one, all. */
export function firstExpanded(tree: Tree): ReadonlySet<string> {
  const small = tree.flows.length <= 40;
  return new Set(small ? tree.domains.map((domain) => domain.key) : []);
}

/** What a row is called by those who do not see it. */
export function spokenName({ name, kind, marks }: Row): string {
  const what = kind === "flow" || kind === "agent" || kind === "schema" ? kind : "";
  return [name, what, ...marks.map((mark) => mark.words)].filter((part) => part !== "").join(", ");
}

const BARE = {
  at: null,
  path: "",
  level: 1,
  expanded: null,
  size: 1,
  position: 1,
  marks: [],
  stale: false,
  failing: false,
} as const;

function systemRow(tree: Tree): Row {
  const { errors, warnings } = tree;
  const marks = tree.checked ? problems({ errors, warnings }) : [];
  return { ...BARE, id: SYSTEM, kind: "system", name: "System Map", at: "", marks };
}

function domainRow(domain: TreeRow, flows: readonly TreeFlow[], { unsaved }: Looks): Row {
  const stale = flows.filter((flow) => flow.stale).length;
  const failing = flows.filter(isFailing).length;
  const touched = [domain, ...flows].filter((row) => unsaved.has(row.path)).length;
  const marks = [
    ...unsavedMark(touched, touched > 1 ? `${touched} files unsaved` : "unsaved"),
    ...problems(sum([domain, ...flows])),
    ...(stale > 0 ? [mark(`↓ ${stale}`, `${stale} stale`, "warn")] : []),
    ...(failing > 0 ? [mark("✗", "tests failed", "bad")] : []),
  ];
  const { key, name, path } = domain;
  return { ...BARE, id: key, kind: "domain", name, at: key, path, marks };
}

function flowRow(flow: TreeFlow, { unsaved }: Looks): Row {
  const { key, name, path, stale, tests } = flow;
  const failing = isFailing(flow);
  const marks = [
    ...unsavedMark(unsaved.has(path) ? 1 : 0, "unsaved"),
    ...problems(flow),
    ...(stale ? [mark("↓", "stale", "warn")] : []),
    ...(failing ? [mark("✗", "tests failed", "bad")] : []),
    ...(tests !== null && !failing ? [mark("✓", "tests passed", "good")] : []),
    ...(flow.running ? [mark("▶", "a run is in progress", "quiet")] : []),
  ];
  const kind = flow.agent ? "agent" : "flow";
  return { ...BARE, id: key, kind, name, at: key, path, level: 2, marks, stale, failing };
}

function schemasRow(schemas: readonly TreeSchema[], { unsaved }: Looks): Row {
  const stale = schemas.filter((schema) => schema.stale).length;
  const touched = schemas.filter((row) => unsaved.has(row.path)).length;
  const marks = [
    ...unsavedMark(touched, "unsaved"),
    ...problems(sum(schemas)),
    ...(stale > 0 ? [mark(`↓ ${stale}`, `${stale} stale`, "warn")] : []),
  ];
  return { ...BARE, id: `${SCHEMAS}/`, kind: "schemas", name: "Schemas", marks };
}

function schemaRow(schema: TreeSchema, { unsaved }: Looks): Row {
  const { key, name, path, stale } = schema;
  const marks = [
    ...unsavedMark(unsaved.has(path) ? 1 : 0, "unsaved"),
    ...problems(schema),
    ...(stale ? [mark("↓", "stale", "warn")] : []),
  ];
  return { ...BARE, id: `${SCHEMAS}/${key}`, kind: "schema", name, path, level: 2, marks, stale };
}

function byDomain(flows: readonly TreeFlow[]): Map<string, TreeFlow[]> {
  const groups = new Map<string, TreeFlow[]>();
  for (const flow of flows) {
    const domain = flow.key.slice(0, flow.key.indexOf("/"));
    const group = groups.get(domain);
    if (group === undefined) {
      groups.set(domain, [flow]);
    } else {
      group.push(flow);
    }
  }
  return groups;
}

function isFailing({ tests }: TreeFlow): boolean {
  return tests !== null && (tests.failed > 0 || tests.problem !== "");
}

type Totals = Pick<TreeRow, "errors" | "warnings">;

function sum(rows: readonly Totals[]): Totals {
  const errors = rows.reduce((total, row) => total + row.errors, 0);
  return { errors, warnings: rows.reduce((total, row) => total + row.warnings, 0) };
}

/** As many problems as there are, errors first. */
export function problems({ errors, warnings }: Totals): Mark[] {
  return [
    ...(errors > 0 ? [mark(`⊗ ${errors}`, counted(errors, "error"), "bad")] : []),
    ...(warnings > 0 ? [mark(`▲ ${warnings}`, counted(warnings, "warning"), "warn")] : []),
  ];
}

function unsavedMark(files: number, words: string): Mark[] {
  return files > 0 ? [mark("●", words, "quiet")] : [];
}

function mark(sign: string, words: string, tone: Mark["tone"]): Mark {
  return { sign, words, tone };
}

function numbered(rows: readonly Row[]): Row[] {
  return rows.map((row, index) => ({ ...row, size: rows.length, position: index + 1 }));
}
