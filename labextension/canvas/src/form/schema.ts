/** A JSON Schema as pydantic writes it. */
export type Schema = Readonly<Record<string, unknown>>;

export type Path = readonly (string | number)[];

export type Kind =
  | "text"
  | "number"
  | "integer"
  | "boolean"
  | "choice"
  | "list"
  | "object"
  | "map"
  | "any";

/** What a form needs to know of a schema. */
export interface Shape {
  readonly kind: Kind;
  readonly help: string;
  readonly fallback: unknown;
  /** Values of a choice. */
  readonly choices: readonly unknown[];
  /** Schema of a list's items or of a map's values. */
  readonly inner: Schema;
  /** Known keys of an object. */
  readonly properties: readonly (readonly [string, Schema])[];
  readonly required: ReadonlySet<string>;
  readonly long: boolean;
}

const ANYTHING: Schema = {};

/** Keys whose text is usually longer than a line. */
const LONG =
  /(^|_)(prompt|description|template|message|summary|instructions|content|help|reason|notes?)$/;

/** What a schema asks for; where it allows several things, the one that the value is. */
export function shapeOf(schema: Schema, root: Schema, value: unknown, key = ""): Shape {
  const whole = resolve(schema, root);
  const part = variant(whole, root, value);
  const open = openChoices(whole, value);
  const kind = open ? "choice" : kindOf(part);
  return {
    kind,
    help: text(whole.description) || text(part.description),
    fallback: whole.default,
    choices: open ?? (part.enum as unknown[] | undefined) ?? ("const" in part ? [part.const] : []),
    inner: innerOf(part, kind),
    properties: Object.entries((part.properties as Record<string, Schema> | undefined) ?? {}),
    required: new Set((part.required as string[] | undefined) ?? []),
    long:
      kind === "text" &&
      (LONG.test(key) ||
        (typeof value === "string" && (value.includes("\n") || value.length > 60))),
  };
}

/** Values that are offered for a text that may be another one as well. */
function openChoices(schema: Schema, value: unknown): readonly unknown[] | null {
  const offered = schema["x-enum"];
  const choosable = value === undefined || value === null || typeof value === "string";
  return Array.isArray(offered) && choosable ? offered : null;
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function resolve(schema: Schema, root: Schema): Schema {
  const name = typeof schema.$ref === "string" ? schema.$ref.split("/").at(-1) : undefined;
  const target = name && (root.$defs as Record<string, Schema> | undefined)?.[name];
  if (!target) {
    return schema;
  }
  const { $ref: _ref, ...rest } = schema;
  return { ...resolve(target, root), ...rest };
}

/** Of alternatives, the one that fits the value; several kinds at once are "anything". */
function variant(schema: Schema, root: Schema, value: unknown): Schema {
  const listed = (schema.anyOf ?? schema.oneOf ?? schema.allOf) as Schema[] | undefined;
  if (!listed) {
    return schema;
  }
  const options = listed
    .map((option) => variant(resolve(option, root), root, value))
    .filter((option) => option.type !== "null");
  if (options.length <= 1) {
    return options[0] ?? ANYTHING;
  }
  const fitting = options.find((option) => fits(kindOf(option), value));
  // A form that knows the keys is worth more than the freedom to change the kind.
  return fitting && ["object", "choice"].includes(kindOf(fitting)) ? fitting : ANYTHING;
}

function kindOf(schema: Schema): Kind {
  if (schema.enum || "const" in schema) {
    return "choice";
  }
  switch (schema.type) {
    case "string":
      return "text";
    case "number":
    case "integer":
    case "boolean":
      return schema.type;
    case "array":
      return "list";
    case "object":
      return schema.properties ? "object" : "map";
    default:
      return schema.properties ? "object" : "any";
  }
}

function innerOf(schema: Schema, kind: Kind): Schema {
  const inner = kind === "list" ? schema.items : schema.additionalProperties;
  return typeof inner === "object" && inner !== null ? (inner as Schema) : ANYTHING;
}

/** Whether a value is of the kind that a field edits; others are shown as what they are. */
export function fits(kind: Kind, value: unknown): boolean {
  switch (kind) {
    case "text":
      return typeof value === "string";
    case "number":
    case "integer":
      return typeof value === "number";
    case "boolean":
      return typeof value === "boolean";
    case "choice":
      return typeof value !== "object" || value === null;
    case "list":
      return Array.isArray(value);
    case "object":
    case "map":
      return isMap(value);
    case "any":
      return true;
  }
}

export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value to begin with. */
export function blank(shape: Shape): unknown {
  if (shape.fallback !== undefined && shape.fallback !== null) {
    return shape.fallback;
  }
  switch (shape.kind) {
    case "number":
    case "integer":
      return 0;
    case "boolean":
      return true;
    case "choice":
      return shape.choices[0] ?? "";
    case "list":
      return [];
    case "object":
    case "map":
      return {};
    default:
      return "";
  }
}

/** A path and a value to set that also make the containers which are not there yet. */
export function settable(
  data: unknown,
  path: Path,
  value: unknown,
): { path: Path; value: unknown } {
  let at = data;
  for (let depth = 0; depth < path.length - 1; depth++) {
    const next =
      isMap(at) || Array.isArray(at)
        ? (at as Record<string | number, unknown>)[path[depth] ?? ""]
        : undefined;
    if (!isMap(next) && !Array.isArray(next)) {
      const rest = path.slice(depth + 1);
      const made = rest.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
      return { path: path.slice(0, depth + 1), value: made };
    }
    at = next;
  }
  return { path, value };
}

/** A map with one key renamed, everything in its place. */
export function renamed(
  map: Record<string, unknown>,
  from: string,
  to: string,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(map).map(([key, value]) => [key === from ? to : key, value]),
  );
}

/** The number that a text stands for, or the text itself where it is none. */
export function numberOr(input: string): number | string {
  const trimmed = input.trim();
  const number = Number(trimmed);
  return trimmed !== "" && Number.isFinite(number) && String(number) === normal(trimmed)
    ? number
    : input;
}

/** `1.50`, `+3` and `007` are other texts for numbers; how JavaScript would write them. */
function normal(text: string): string {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? String(Number(text)) : text;
}

/** One line that tells the items of a list apart. */
export function gist(value: unknown): string {
  if (!isMap(value)) {
    return Array.isArray(value) ? `${value.length} items` : String(value ?? "");
  }
  for (const key of ["name", "id", "label", "type", "condition", "key", "flow", "$ref", "field"]) {
    if (typeof value[key] === "string" && value[key] !== "") {
      return value[key];
    }
  }
  const [first] = Object.entries(value);
  return first
    ? `${first[0]}: ${isMap(first[1]) || Array.isArray(first[1]) ? "…" : String(first[1])}`
    : "";
}
