import { useId } from "react";
import { AnyValue } from "./AnyValue";
import { List, MapFields } from "./containers";
import { Row, Small, useCommit, useEditing } from "./editing";
import { ObjectFields } from "./ObjectFields";
import { BooleanInput, ChoiceInput, NumberInput, TextInput } from "./scalars";
import { fits, type Path, type Schema, type Shape, shapeOf } from "./schema";

export interface FieldProps {
  readonly name: string;
  readonly path: Path;
  readonly schema: Schema;
  readonly value: unknown;
  readonly required?: boolean;
  /** It was just asked for and has no value yet. */
  readonly fresh?: boolean;
  /** Called when it is taken away before it had a value. */
  readonly onGone?: () => void;
}

/** One key with its value, in the form that its schema or else its value asks for. */
export function Field({
  name,
  path,
  schema,
  value,
  required = false,
  fresh = false,
  onGone,
}: FieldProps) {
  const editing = useEditing();
  const { busy, error, run } = useCommit();
  const id = useId();
  const shape = shapeOf(schema, editing.root, value, name);
  const commit = (next: unknown) => run(() => editing.set(path, next));
  const remove = () => (value === undefined ? onGone?.() : void run(() => editing.unset(path)));
  const scalar = isScalar(shape, value);
  const tools = required ? null : <Small label={`Remove ${name}`} onPress={remove} sign="×" />;
  if (scalar) {
    return (
      <Row
        busy={busy}
        error={error}
        id={id}
        label={name}
        required={required}
        title={shape.help}
        tools={tools}
      >
        <Scalar
          clear={() => run(() => editing.unset(path))}
          commit={commit}
          error={error}
          fresh={fresh}
          id={id}
          label={name}
          required={required}
          shape={shape}
          value={value}
        />
      </Row>
    );
  }
  return (
    <fieldset className="ddd-group" data-busy={busy || undefined}>
      <legend title={shape.help}>
        {name}
        {required ? <span className="ddd-required"> required</span> : null}
      </legend>
      {tools ? <div className="ddd-group-tools">{tools}</div> : null}
      <Container fresh={fresh} name={name} path={path} shape={shape} value={value} />
      {error ? (
        <p className="ddd-error" role="alert">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}

/** Whether the value is edited in one control; a value of another kind is shown as what it is. */
function isScalar(shape: Shape, value: unknown): boolean {
  const plain = ["text", "number", "integer", "boolean", "choice"].includes(shape.kind);
  return plain && (value === undefined || value === null || typeof value !== "object");
}

export function Scalar({
  shape,
  value,
  required,
  clear,
  ...props
}: {
  shape: Shape;
  value: unknown;
  required: boolean;
  clear: () => Promise<boolean>;
  id?: string;
  label: string;
  error: string;
  fresh?: boolean;
  commit: (value: unknown) => Promise<boolean>;
}) {
  switch (shape.kind) {
    case "choice":
      return <ChoiceInput {...props} choices={shape.choices} value={value} />;
    case "boolean":
      return typeof value === "string" ? (
        <TextInput {...props} value={value} />
      ) : (
        <BooleanInput {...props} value={value} />
      );
    case "number":
    case "integer":
      return <NumberInput {...props} {...(required ? {} : { clear })} value={value} />;
    default:
      return typeof value === "number" || typeof value === "boolean" ? (
        <NumberInput {...props} value={value} />
      ) : (
        <TextInput
          {...props}
          long={shape.long}
          placeholder={typeof shape.fallback === "string" ? shape.fallback : ""}
          value={String(value ?? "")}
        />
      );
  }
}

export function Container({
  name,
  path,
  shape,
  value,
  fresh,
}: {
  name: string;
  path: Path;
  shape: Shape;
  value: unknown;
  fresh: boolean;
}) {
  if (value !== undefined && value !== null && !fits(shape.kind, value)) {
    return <AnyValue fresh={fresh} name={name} path={path} value={value} />;
  }
  switch (shape.kind) {
    case "list":
      return (
        <List
          fresh={fresh}
          inner={shape.inner}
          name={name}
          path={path}
          value={(value as unknown[] | null | undefined) ?? []}
        />
      );
    case "map":
      return (
        <MapFields
          fresh={fresh}
          inner={shape.inner}
          name={name}
          path={path}
          value={(value as Record<string, unknown> | null | undefined) ?? {}}
        />
      );
    case "object":
      return (
        <ObjectFields
          path={path}
          required={shape.required}
          properties={shape.properties}
          value={(value as Record<string, unknown> | null | undefined) ?? {}}
        />
      );
    default:
      return <AnyValue fresh={fresh} name={name} path={path} value={value} />;
  }
}
