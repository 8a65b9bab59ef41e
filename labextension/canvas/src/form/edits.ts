import { isMap, type Path } from "./schema";

/** A change of plain data: a value to set at a path, or a path to take out. */
export type Edit =
  | { readonly op: "set"; readonly path: Path; readonly value: unknown }
  | { readonly op: "unset"; readonly path: Path };

/** The data after an edit; parts that it does not touch stay the same objects. */
export function applied(data: unknown, edit: Edit, depth = 0): unknown {
  const key = edit.path[depth];
  if (key === undefined) {
    return edit.op === "set" ? edit.value : data;
  }
  const last = depth === edit.path.length - 1;
  if (Array.isArray(data)) {
    const items = [...data];
    const index = Number(key);
    if (last && edit.op === "unset") {
      items.splice(index, 1);
    } else {
      items[index] = applied(items[index], edit, depth + 1);
    }
    return items;
  }
  const map = isMap(data) ? data : {};
  if (last && edit.op === "unset") {
    const { [key]: _gone, ...rest } = map;
    return rest;
  }
  return { ...map, [key]: applied(map[key], edit, depth + 1) };
}
