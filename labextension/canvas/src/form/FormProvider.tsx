import type { ReactNode } from "react";
import { AnyValue } from "./AnyValue";
import { type Editing, EditingProvider } from "./editing";
import { Container, Field } from "./Field";
import { type Parts, PartsProvider } from "./parts";

const PARTS: Parts = { AnyValue, Container, Field };

/** The fields inside edit one spec. */
export function FormProvider({ editing, children }: { editing: Editing; children: ReactNode }) {
  return (
    <EditingProvider value={editing}>
      <PartsProvider value={PARTS}>{children}</PartsProvider>
    </EditingProvider>
  );
}
