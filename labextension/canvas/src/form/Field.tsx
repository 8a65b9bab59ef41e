import { useState } from "react";
import { useId } from "../ids";
import { Refusal } from "../panels/Refusal";
import { useAttempt } from "../state/useAttempt";
import { AnyValue } from "./AnyValue";
import { List, MapFields } from "./containers";
import { explained, Help, HelpButton, Kept, Row, Small, useEditing } from "./editing";
import { ObjectFields } from "./ObjectFields";
import type { ContainerProps, FieldProps } from "./parts";
import { Scalar } from "./Scalar";
import { fits, type Path, type Shape, shapeOf } from "./schema";

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
  const { busy, error, run } = useAttempt();
  const id = useId();
  const shape = shapeOf(schema, editing.root, value, name);
  const label = shape.title || name;
  const commit = (next: unknown) => run(() => editing.set(path, next));
  const remove = () => (value === undefined ? onGone?.() : void run(() => editing.unset(path)));
  const kept = editing.kept[path.join("/")] ?? "";
  const removable = !required && (value !== undefined || onGone !== undefined);
  const tools = removable ? <Small label={`Remove ${label}`} onPress={remove} sign="×" /> : null;
  const common = { busy, error, help: shape.help, kept, label, name, path, required, tools };
  if (isScalar(shape, value)) {
    // A text says its unit itself: 30s.
    const unit = typeof value === "string" ? "" : shape.unit;
    return (
      <Row {...common} id={id} unit={unit}>
        <Scalar
          clear={() => run(() => editing.unset(path))}
          commit={commit}
          error={error}
          fresh={fresh}
          helped={explained(label, name, shape.help) !== ""}
          id={id}
          label={label}
          measured={unit !== ""}
          required={required}
          shape={shape}
          value={value}
        />
      </Row>
    );
  }
  return (
    <Group {...common}>
      <Container fresh={fresh} name={label} path={path} shape={shape} value={value} />
    </Group>
  );
}

/** A key whose value has parts. */
function Group({
  name,
  label,
  path,
  help,
  required,
  kept,
  busy,
  error,
  tools,
  children,
}: {
  name: string;
  label: string;
  path: Path;
  help: string;
  required: boolean;
  kept: string;
  busy: boolean;
  error: string;
  tools: React.ReactNode;
  children: React.ReactNode;
}) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const about = explained(label, name, help);
  return (
    <fieldset
      aria-describedby={about ? id : undefined}
      className="ddd-group"
      data-busy={busy || undefined}
      data-path={path.join(".")}
    >
      <legend title={about}>
        {label}
        {required ? <span className="ddd-required"> required</span> : null}
      </legend>
      <div className="ddd-group-tools">
        <Kept pointer={kept} />
        {help ? <HelpButton name={label} onToggle={() => setOpen(!open)} open={open} /> : null}
        {tools}
      </div>
      <Help id={id} open={open} text={about} />
      {children}
      <Refusal error={error} />
    </fieldset>
  );
}

/** Whether the value is edited in one control; a value of another kind is shown as what it is. */
function isScalar(shape: Shape, value: unknown): boolean {
  const plain = ["text", "number", "integer", "boolean", "amount", "choice"].includes(shape.kind);
  return plain && (value === undefined || value === null || typeof value !== "object");
}

/** A value that has parts, in the form that its shape asks for. */
export function Container({ name, path, shape, value, fresh }: ContainerProps) {
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
          groups={shape.groups}
          usual={shape.usual}
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
