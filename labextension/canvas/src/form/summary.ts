import { isMap } from "./schema";

/** What tells an item of a list apart, and what is said beside it more quietly. */
export interface Summary {
  readonly title: string;
  readonly rest: string;
}

/** The line of a folded item.
 *
 * Templates such as `["{id}", "{priority} {condition} → {route}"]` come with the schema; without
 * them, or where they find nothing, the first telling key speaks for the item.
 */
export function summaryOf(value: unknown, templates: readonly string[] = []): Summary {
  const [title = "", rest = ""] = templates.map((template) => filled(template, value));
  return title ? { title, rest } : { title: rest || gist(value), rest: "" };
}

/** A template with its places filled in; an arrow that leads nowhere is left out. */
function filled(template: string, value: unknown): string {
  const text = template.replace(/\{([\w.]+)(?:\?([^}]*))?\}/g, (_, path: string, word?: string) => {
    const part = path
      .split(".")
      .reduce<unknown>((at, key) => (isMap(at) ? at[key] : undefined), value);
    if (word !== undefined) {
      return part === true ? word : "";
    }
    return isMap(part) || Array.isArray(part) ? "" : String(part ?? "");
  });
  return text
    .replace(/\s+/g, " ")
    .replace(/^[\s→,·]+|[\s→,·]+$/g, "")
    .replace(/ ,/g, ",");
}

const TELLING = ["name", "id", "label", "type", "condition", "key", "flow", "$ref", "field"];

/** One line about a value that no schema knows. */
export function gist(value: unknown): string {
  if (!isMap(value)) {
    return Array.isArray(value) ? `${value.length} items` : String(value ?? "");
  }
  for (const key of TELLING) {
    if (typeof value[key] === "string" && value[key] !== "") {
      return value[key];
    }
  }
  const [first] = Object.entries(value);
  return first
    ? `${first[0]}: ${isMap(first[1]) || Array.isArray(first[1]) ? "…" : String(first[1])}`
    : "";
}
