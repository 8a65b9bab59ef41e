import { isMap, type Path } from "./schema";

/** A change of plain data: a value to set, a path to take out, an item's new place, or a key's new
 * name, with another value if there is one. */
export type Edit =
  | { readonly op: "set"; readonly path: Path; readonly value: unknown }
  | { readonly op: "unset"; readonly path: Path }
  | { readonly op: "move"; readonly path: Path; readonly to: number }
  | Renaming;

interface Renaming {
  readonly op: "rename";
  readonly path: Path;
  readonly to: string;
  readonly value?: unknown;
}

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
    } else if (last && edit.op === "move") {
      return moved(items, index, edit.to);
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
  if (last && edit.op === "rename") {
    return renamed(map, String(key), edit);
  }
  return { ...map, [key]: applied(map[key], edit, depth + 1) };
}

function renamed(map: Record<string, unknown>, from: string, edit: Renaming): unknown {
  return Object.fromEntries(
    Object.entries(map).map(([key, value]) =>
      key === from ? [edit.to, "value" in edit ? edit.value : value] : [key, value],
    ),
  );
}

/** A list with one item at another place. */
export function moved<Item>(items: readonly Item[], from: number, to: number): Item[] {
  const rest = [...items];
  rest.splice(to, 0, ...rest.splice(from, 1));
  return rest;
}

/** Carries an edit out. */
export function performed(
  editing: {
    set(path: Path, value: unknown): Promise<void>;
    unset(path: Path): Promise<void>;
    move(path: Path, to: number): Promise<void>;
    rename(path: Path, to: string, value?: unknown): Promise<void>;
  },
  edit: Edit,
): Promise<void> {
  switch (edit.op) {
    case "set":
      return editing.set(edit.path, edit.value);
    case "unset":
      return editing.unset(edit.path);
    case "move":
      return editing.move(edit.path, edit.to);
    case "rename":
      return editing.rename(edit.path, edit.to, edit.value);
  }
}
