import type { ReadonlyPartialJSONObject, ReadonlyPartialJSONValue } from "@lumino/coreutils";

/** What a value must be, as JSON Schema; also what JupyterLab tells those who ask. */
type TextSchema = {
  readonly type: "string";
  readonly description: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
};

type TextsSchema = {
  readonly type: "array";
  readonly description: string;
  readonly items: TextSchema;
  readonly minItems: number;
};

type FlagSchema = {
  readonly type: "boolean";
  readonly description: string;
};

export type ArgumentsSchema = {
  readonly type: "object";
  readonly properties: Readonly<Record<string, TextSchema | TextsSchema | FlagSchema>>;
  readonly required: readonly string[];
};

export const ROOT: TextSchema = {
  type: "string",
  description: "Absolute path of a project's folder; the current project if left out.",
};
export const FLOW: TextSchema = {
  type: "string",
  description: "A flow as domain/flow; the whole project if left out.",
  pattern: "^[^/]+/[^/]+$",
};
export const AT: TextSchema = {
  type: "string",
  description: "A place of the design: domain or domain/flow; the System Map if empty.",
  pattern: "^[^/]+(/[^/]+)?$",
};
export const AT_OR_FILE: TextSchema = {
  type: "string",
  description: "A place of the design, or the path of its file; the System Map if empty.",
};
export const REVISION: TextSchema = {
  type: "string",
  description:
    "A commit, branch or tag of Git, `:0` for what is staged; the files as they are if empty.",
};
export const KERNEL: TextSchema = {
  type: "string",
  description: "Id of the kernel that holds the design; one is found or started if left out.",
};
export const ANOTHER: FlagSchema = {
  type: "boolean",
  description: "Whether to open another tab beside the one that shows the design.",
};
export const TAB: TextSchema = {
  type: "string",
  description: "Id of a tab to open again as it was.",
};
export const KIND: TextSchema = {
  type: "string",
  description: "Implement the flow, or fix its failing tests.",
  enum: ["implement", "fix"],
};
export const RUN: TextSchema = {
  type: "string",
  description: "Id of a run.",
  pattern: "^[0-9]{8}-[0-9]{6}-[A-Za-z0-9_.-]{1,120}$",
};
export const FOLDER: TextSchema = {
  type: "string",
  description: "A folder, absolute or relative to the one that JupyterLab shows.",
};
export const KIT: TextSchema = {
  type: "string",
  description: "Id of a starter kit or sample, as `ddd-lab new --list` has it.",
};
export const FLOWS: TextsSchema = {
  type: "array",
  description: "Flows, each as domain/flow.",
  items: { type: "string", description: "A flow.", pattern: "^[^/]+/[^/]+$" },
  minItems: 1,
};
export const PATH: TextSchema = {
  type: "string",
  description: "Path of a file, from the project's folder.",
};
export const TEXT: TextSchema = { type: "string", description: "A text." };
export const CHANGE: TextSchema = {
  type: "string",
  description: "What to do with the place.",
  enum: ["rename", "delete", "duplicate-flow", "move-flow", "new-flow", "new-domain", "replace"],
};

export function schema(
  properties: ArgumentsSchema["properties"],
  required: readonly string[] = [],
): ArgumentsSchema {
  return { type: "object", properties, required };
}

/** The place that arguments name; undefined where it was left out. */
export function placeOf({ at }: ReadonlyPartialJSONObject): string | undefined {
  return at === "" ? "" : textOf({ at }, "at", AT);
}

/**
 * A value of the arguments; undefined where it was left out.
 *
 * @throws TypeError if it is not what the schema asks for.
 */
export function textOf(
  args: ReadonlyPartialJSONObject,
  key: string,
  wanted: TextSchema,
): string | undefined {
  const value = args[key];
  return value === undefined ? undefined : text(value, key, wanted);
}

/**
 * A list of texts of the arguments.
 *
 * @throws TypeError if it is not what the schema asks for.
 */
export function textsOf(
  args: ReadonlyPartialJSONObject,
  key: string,
  wanted: TextsSchema,
): string[] {
  const value = args[key];
  if (!Array.isArray(value) || value.length < wanted.minItems) {
    throw new TypeError(`${key}: expected a list of at least ${wanted.minItems}`);
  }
  return value.map((item: ReadonlyPartialJSONValue) => text(item, key, wanted.items));
}

function text(value: ReadonlyPartialJSONValue | undefined, key: string, wanted: TextSchema) {
  const fits =
    typeof value === "string" &&
    value !== "" &&
    (wanted.enum?.includes(value) ?? true) &&
    (wanted.pattern === undefined || new RegExp(wanted.pattern, "u").test(value));
  if (!fits) {
    const rule = wanted.enum?.join(" or ") ?? wanted.pattern ?? "a text";
    throw new TypeError(`${key}: expected ${rule}, not ${JSON.stringify(value)}`);
  }
  return value;
}
