import type { FieldType } from "../protocol";
import type { Edit } from "./edits";
import { isMap, type Path } from "./schema";

/** How a field writes its rules down: beside its type, or in a list of its own in two ways. */
export type RuleStyle = "flat" | "typed" | "keyed";

export interface Rule {
  readonly name: string;
  readonly value: unknown;
  /** What people are told when the rule is broken; undefined where nothing is said. */
  readonly error: unknown;
  /** Place in the list of rules; -1 for flat rules. */
  readonly index: number;
}

export interface InputField {
  readonly name: string;
  readonly path: Path;
  readonly type: string;
  readonly required: unknown;
  readonly rules: readonly Rule[];
  readonly style: RuleStyle;
  /** Everything else that the field says. */
  readonly rest: Readonly<Record<string, unknown>>;
  /** The field as it stands in the spec. */
  readonly raw: unknown;
}

const BY_TYPE: Partial<Record<FieldType, readonly string[]>> = {
  string: ["min_length", "max_length", "pattern", "format", "enum"],
  number: ["min", "max", "integer"],
  integer: ["min", "max"],
  array: ["min_items", "max_items"],
};

const EVERYWHERE = ["unique", "custom"];
const RULES = new Set([...Object.values(BY_TYPE).flat(), ...EVERYWHERE]);

/** The rules that a field of a type can have. */
export function rulesFor(type: string): string[] {
  const own: readonly string[] = BY_TYPE[type as FieldType] ?? [];
  return [...own, ...(own.length > 0 ? ["unique"] : EVERYWHERE)];
}

/** The value that a new rule begins with. */
export function firstValue(rule: string): unknown {
  switch (rule) {
    case "min_length":
    case "min_items":
      return 1;
    case "max_length":
      return 255;
    case "max_items":
      return 10;
    case "min":
      return 0;
    case "max":
      return 100;
    case "integer":
    case "unique":
      return true;
    case "enum":
      return [];
    case "format":
      return "email";
    case "pattern":
      return "^.+$";
    default:
      return "";
  }
}

/** The fields of an input node, whichever way they are written. */
export function readFields(value: unknown, path: Path): InputField[] {
  if (Array.isArray(value)) {
    return value.map((raw, index) => {
      const name = isMap(raw) && typeof raw.name === "string" ? raw.name : String(raw ?? "");
      return readField(name, raw, [...path, index], "typed");
    });
  }
  if (!isMap(value)) {
    return [];
  }
  const styles = Object.values(value).map(styleOf);
  const usual = styles.find((style) => style !== null) ?? "flat";
  return Object.entries(value).map(([name, raw]) => readField(name, raw, [...path, name], usual));
}

function styleOf(raw: unknown): RuleStyle | null {
  if (!isMap(raw)) {
    return null;
  }
  if (Array.isArray(raw.validations)) {
    const [first] = raw.validations;
    return first === undefined ? null : isMap(first) && "type" in first ? "typed" : "keyed";
  }
  return Object.keys(raw).some((key) => RULES.has(key)) ? "flat" : null;
}

function readField(name: string, raw: unknown, path: Path, usual: RuleStyle): InputField {
  if (!isMap(raw)) {
    return {
      name,
      path,
      type: String(raw ?? "string"),
      required: undefined,
      rules: [],
      style: usual,
      rest: {},
      raw,
    };
  }
  const style = styleOf(raw) ?? usual;
  const rules = style === "flat" ? flatRules(raw) : listedRules(raw.validations, style);
  const own = new Set([
    "name",
    "type",
    "required",
    ...(style === "flat" ? [...RULES, "error"] : ["validations"]),
  ]);
  // A map may well have a key called name that is not the field's own.
  if (typeof path.at(-1) === "string") {
    own.delete("name");
  }
  const rest = Object.fromEntries(Object.entries(raw).filter(([key]) => !own.has(key)));
  return {
    name,
    path,
    type: typeof raw.type === "string" ? raw.type : "",
    required: raw.required,
    rules,
    style,
    rest,
    raw,
  };
}

function flatRules(raw: Record<string, unknown>): Rule[] {
  return Object.entries(raw)
    .filter(([key]) => RULES.has(key))
    .map(([name, value]) => ({ name, value, error: raw.error, index: -1 }));
}

function listedRules(list: unknown, style: RuleStyle): Rule[] {
  return (Array.isArray(list) ? list : []).map((item, index) => {
    if (!isMap(item)) {
      return { name: String(item), value: undefined, error: undefined, index };
    }
    if (style === "typed") {
      return { name: String(item.type ?? ""), value: item.value, error: item.error, index };
    }
    const name = Object.keys(item).find((key) => key !== "error") ?? "";
    return { name, value: item[name], error: item.error, index };
  });
}

// --- edits, each in the way in which the field is written -----------------------------------------

export function setKey(field: InputField, key: string, value: unknown): Edit {
  if (!isMap(field.raw)) {
    // `email: string` says only the type; whatever else is to be said needs a map.
    const whole =
      typeof field.path.at(-1) === "number" ? { name: field.name } : { type: field.type };
    return key === "type" && typeof field.path.at(-1) === "string"
      ? { op: "set", path: field.path, value }
      : { op: "set", path: field.path, value: { ...whole, [key]: value } };
  }
  return { op: "set", path: [...field.path, key], value };
}

export function renameField(fields: unknown, field: InputField, to: string): Edit {
  if (!Array.isArray(fields)) {
    return { op: "rename", path: field.path, to };
  }
  return isMap(field.raw) ? setKey(field, "name", to) : { op: "set", path: field.path, value: to };
}

export function removeField(field: InputField): Edit {
  return { op: "unset", path: field.path };
}

export function addField(fields: unknown, path: Path, name: string): Edit {
  const field = { type: "string", required: true };
  return Array.isArray(fields)
    ? { op: "set", path: [...path, fields.length], value: { name, ...field } }
    : { op: "set", path: [...path, name], value: field };
}

/** Adds the first rule of the field's type that it does not have yet. */
export function addRule(field: InputField): Edit | null {
  const taken = new Set(field.rules.map((rule) => rule.name));
  const name = rulesFor(field.type).find((rule) => !taken.has(rule));
  if (name === undefined) {
    return null;
  }
  const value = firstValue(name);
  if (field.style === "flat") {
    return setKey(field, name, value);
  }
  const list = listOf(field);
  const rule = written(field.style, name, value);
  return list.length > 0
    ? { op: "set", path: [...field.path, "validations", list.length], value: rule }
    : setKey(field, "validations", [rule]);
}

export function setRule(field: InputField, rule: Rule, value: unknown): Edit {
  if (field.style === "flat") {
    return setKey(field, rule.name, value);
  }
  const key = field.style === "typed" ? "value" : rule.name;
  return { op: "set", path: [...field.path, "validations", rule.index, key], value };
}

export function setRuleError(field: InputField, rule: Rule, error: string): Edit {
  const path: Path =
    field.style === "flat"
      ? [...field.path, "error"]
      : [...field.path, "validations", rule.index, "error"];
  return error === "" ? { op: "unset", path } : { op: "set", path, value: error };
}

/** Turns a rule into another one, which begins with a value of its own. */
export function changeRule(field: InputField, rule: Rule, to: string): Edit {
  const value = firstValue(to);
  if (field.style === "flat") {
    return { op: "rename", path: [...field.path, rule.name], to, value };
  }
  const path = [...field.path, "validations", rule.index];
  const item = listOf(field)[rule.index];
  if (field.style === "keyed" && isMap(item)) {
    return { op: "rename", path: [...path, rule.name], to, value };
  }
  return {
    op: "set",
    path,
    value: { ...(isMap(item) ? item : {}), ...written(field.style, to, value) },
  };
}

export function removeRule(field: InputField, rule: Rule): Edit {
  if (field.style === "flat") {
    return { op: "unset", path: [...field.path, rule.name] };
  }
  const path = [...field.path, "validations"];
  return { op: "unset", path: listOf(field).length > 1 ? [...path, rule.index] : path };
}

function written(style: RuleStyle, name: string, value: unknown): Record<string, unknown> {
  return style === "typed" ? { type: name, value } : { [name]: value };
}

function listOf(field: InputField): unknown[] {
  const list = isMap(field.raw) ? field.raw.validations : undefined;
  return Array.isArray(list) ? list : [];
}
