/** A JSON Schema as pydantic writes it. */
export type Schema = Readonly<Record<string, unknown>>;

export type Path = readonly (string | number)[];

export type Kind =
  | "text"
  | "number"
  | "integer"
  | "boolean"
  | "amount"
  | "choice"
  | "list"
  | "object"
  | "map"
  | "any";

/** What a form needs to know of a schema. */
export interface Shape {
  readonly kind: Kind;
  /** What people read in place of the key; empty where nobody declares it. */
  readonly title: string;
  readonly help: string;
  /** What a number counts. */
  readonly unit: string;
  readonly fallback: unknown;
  /** Values of a choice. */
  readonly choices: readonly unknown[];
  /** Schema of a list's items or of a map's values. */
  readonly inner: Schema;
  /** Known keys of an object. */
  readonly properties: readonly (readonly [string, Schema])[];
  readonly required: ReadonlySet<string>;
  readonly long: boolean;
  /** What a model reads: a text in which blanks and lines count. */
  readonly prompt: boolean;
  /** What the project can offer for it: "model", "flow", ... */
  readonly suggest: string;
  /** The usual value, or how one looks. */
  readonly example: string;
  /** Captions with the keys below them. */
  readonly groups: Groups;
  /** The keys to show at once, if not all. */
  readonly usual: ReadonlySet<string> | null;
  /** Templates of the line that tells an item apart, and of what is said beside it. */
  readonly summary: readonly string[];
}

export type Groups = readonly (readonly [caption: string, keys: readonly string[]])[];

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
    title: text(whole.title),
    unit: Number(value) >= Number(whole["x-ms-from"]) ? "ms" : text(whole["x-unit"]),
    help: text(whole.description) || text(part.description),
    fallback: whole.default,
    choices: open ?? (part.enum as unknown[] | undefined) ?? ("const" in part ? [part.const] : []),
    inner: innerOf(part, kind, whole["x-suggest"]),
    properties: propertiesOf(part),
    required: new Set((part.required as string[] | undefined) ?? []),
    prompt: kind === "text" && /(^|_)(prompt|prompt_template|instructions)$/.test(key),
    long:
      kind === "text" &&
      (LONG.test(key) ||
        part.format === "multiline" ||
        (typeof value === "string" && (value.includes("\n") || value.length > 60))),
    suggest: text(whole["x-suggest"]) || text(part["x-suggest"]),
    example: text(whole["x-example"]) || text(part["x-example"]),
    groups: groupsOf(part),
    usual: usualOf(part),
    summary: (part["x-summary"] as string[] | undefined) ?? [],
  };
}

/** The known keys of an object, with what each of them asks for. */
export function propertiesOf(schema: Schema): readonly (readonly [string, Schema])[] {
  return Object.entries((schema.properties as Record<string, Schema> | undefined) ?? {});
}

export function groupsOf(schema: Schema): Groups {
  return (schema["x-groups"] as Groups | undefined) ?? [];
}

export function usualOf(schema: Schema): ReadonlySet<string> | null {
  const keys = schema["x-usual"];
  return Array.isArray(keys) ? new Set(keys as string[]) : null;
}

/** Whether a key is the spelling to show: the one of the file, else the usual one. */
export function isSpelled(
  [key, schema]: readonly [string, Schema],
  properties: readonly (readonly [string, Schema])[],
  isThere: (key: string) => boolean,
): boolean {
  const usual = schema["x-same-as"] ?? key;
  const written = properties.some(
    ([other, { "x-same-as": same }]) => (same ?? other) === usual && isThere(other),
  );
  return written ? isThere(key) : key === usual;
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
  if (options.every((option) => NUMERIC.has(kindOf(option)))) {
    return AMOUNT;
  }
  const none = value === undefined || value === null;
  const chosen = none ? options[0] : options.find((option) => fits(kindOf(option), value));
  // A form that knows the keys is worth more than the freedom to change the kind; where nothing
  // is known of one of the alternatives, that freedom is all there is.
  const free = options.some((option) => isFree(option, root));
  return chosen && !isFree(chosen, root) && !(free && kindOf(chosen) === "text")
    ? chosen
    : ANYTHING;
}

const NUMERIC: ReadonlySet<Kind> = new Set(["number", "integer", "text", "amount"]);
/** A number, or a text that stands for one: "30s", "$.delay". */
const AMOUNT: Schema = { type: "amount" };

/** Whether nothing is said about what stands inside. */
function isFree(schema: Schema, root: Schema): boolean {
  const kind = kindOf(schema);
  if (kind === "list" || kind === "map") {
    const inner = resolve(innerOf(schema, kind), root);
    return Object.keys(inner).every((key) => key === "title");
  }
  return kind === "any";
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
    case "amount":
      return schema.type;
    case "array":
      return "list";
    case "object":
      return schema.properties ? "object" : "map";
    default:
      return schema.properties ? "object" : "any";
  }
}

function innerOf(schema: Schema, kind: Kind, suggest?: unknown): Schema {
  const declared = kind === "list" ? schema.items : schema.additionalProperties;
  const inner = typeof declared === "object" && declared !== null ? (declared as Schema) : ANYTHING;
  return suggest === undefined ? inner : { ...inner, "x-suggest": suggest };
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
    case "amount":
      return typeof value === "number" || typeof value === "string";
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
      const nested = rest.reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
      return { path: path.slice(0, depth + 1), value: nested };
    }
    at = next;
  }
  return { path, value };
}

/** The number that a text stands for, or the text itself where it is none. */
export function numberOr(input: string): number | string {
  const trimmed = input.trim();
  const number = Number(trimmed);
  return trimmed !== "" && Number.isFinite(number) && String(number) === normal(trimmed)
    ? number
    : input;
}

/** Whether JavaScript may know another number than the one that was written. */
export function isRounded(value: unknown): boolean {
  return typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value);
}

/** `1.50`, `+3` and `007` are other texts for numbers; how JavaScript would write them. */
function normal(text: string): string {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? String(Number(text)) : text;
}
