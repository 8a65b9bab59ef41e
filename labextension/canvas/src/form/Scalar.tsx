import { useEditing } from "./editing";
import { BooleanInput, ChoiceInput, NumberInput, TextInput } from "./scalars";
import type { Shape } from "./schema";

/** A value that is edited in one control. */
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
  helped?: boolean;
  measured?: boolean;
  fresh?: boolean;
  commit: (value: unknown) => Promise<boolean>;
}) {
  const { offers } = useEditing();
  const list = shape.suggest ? offers(shape.suggest) : undefined;
  const placeholder = shape.example || (shape.fallback == null ? "" : String(shape.fallback));
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
    case "amount":
      return (
        <NumberInput
          {...props}
          {...(required ? {} : { clear })}
          placeholder={placeholder}
          value={value}
          words={shape.kind === "amount"}
        />
      );
    default:
      return typeof value === "number" || typeof value === "boolean" ? (
        <NumberInput {...props} value={value} />
      ) : (
        <TextInput
          {...props}
          {...(list === undefined ? {} : { list })}
          long={shape.long}
          prompt={shape.prompt}
          placeholder={placeholder}
          value={String(value ?? "")}
        />
      );
  }
}
