import { type ComponentType, createContext, useContext } from "react";
import type { Path, Schema, Shape } from "./schema";

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

export interface ValueProps {
  readonly name: string;
  readonly path: Path;
  readonly value: unknown;
  readonly fresh: boolean;
}

export interface ContainerProps extends ValueProps {
  readonly shape: Shape;
}

/** What shows the values inside a value. Values nest without end, and modules must not: whoever
 * shows a list or an object gets these from the form around it.
 */
export interface Parts {
  readonly Field: ComponentType<FieldProps>;
  readonly Container: ComponentType<ContainerProps>;
  readonly AnyValue: ComponentType<ValueProps>;
}

const PartsContext = createContext<Parts | null>(null);

export const PartsProvider = PartsContext.Provider;

export function useParts(): Parts {
  const parts = useContext(PartsContext);
  if (!parts) {
    throw new Error("A field belongs inside a form.");
  }
  return parts;
}
