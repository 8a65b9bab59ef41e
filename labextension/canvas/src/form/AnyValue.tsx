import { Refusal } from "../panels/Refusal";
import { useAttempt } from "../state/useAttempt";
import { List, MapFields } from "./containers";
import { useEditing } from "./editing";
import type { ValueProps } from "./parts";
import { BooleanInput, NumberInput, TextInput } from "./scalars";
import { isMap, numberOr } from "./schema";

const KINDS = {
  text: "Text",
  number: "Number",
  boolean: "Yes or no",
  list: "List",
  map: "Group",
  null: "Nothing",
} as const;

type AnyKind = keyof typeof KINDS;

/** A value without a schema: edited as what it is, and turned into something else on request. */
export function AnyValue({ name, path, value, fresh }: ValueProps) {
  const editing = useEditing();
  const { error, run } = useAttempt();
  const kind = kindOf(value);
  const commit = (next: unknown) => run(() => editing.set(path, next));
  const props = { commit, error, fresh, label: name };
  return (
    <div className="ddd-any" data-kind={kind}>
      <select
        aria-label={`Kind of ${name}`}
        className="ddd-kind"
        title="What kind of value this is"
        disabled={editing.readonly}
        onChange={(event) => void commit(converted(value, event.target.value as AnyKind))}
        value={kind}
      >
        {Object.entries(KINDS).map(([key, title]) => (
          <option key={key} value={key}>
            {title}
          </option>
        ))}
      </select>
      {kind === "text" ? (
        <TextInput
          {...props}
          long={typeof value === "string" && (value.includes("\n") || value.length > 40)}
          value={String(value ?? "")}
        />
      ) : null}
      {kind === "number" ? <NumberInput {...props} value={value} /> : null}
      {kind === "boolean" ? <BooleanInput {...props} value={value} /> : null}
      {kind === "list" ? (
        <List fresh={false} inner={{}} name={name} path={path} value={value as unknown[]} />
      ) : null}
      {kind === "map" ? (
        <MapFields
          fresh={false}
          inner={{}}
          name={name}
          path={path}
          value={value as Record<string, unknown>}
        />
      ) : null}
      <Refusal error={error} />
    </div>
  );
}

function kindOf(value: unknown): AnyKind {
  if (value === null) {
    return "null";
  }
  if (Array.isArray(value)) {
    return "list";
  }
  if (isMap(value)) {
    return "map";
  }
  if (typeof value === "number" || typeof value === "boolean") {
    return typeof value as "number" | "boolean";
  }
  return "text";
}

/** The value as another kind, as far as it can be carried over. */
export function converted(value: unknown, kind: AnyKind): unknown {
  const simple = typeof value !== "object" && value !== undefined && value !== null;
  switch (kind) {
    case "text":
      return simple ? String(value) : "";
    case "number": {
      const number = numberOr(String(value));
      return typeof number === "number" ? number : 0;
    }
    case "boolean":
      return value === true || value === "true" || value === "yes";
    case "null":
      return null;
    case "list":
      return simple ? [value] : isMap(value) ? Object.values(value) : [];
    case "map":
      return {};
  }
}
