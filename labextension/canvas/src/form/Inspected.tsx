import type { ReactNode } from "react";
import { ToolButton } from "../panels/ToolButton";
import type { Inspection } from "../protocol";
import { FormProvider } from "./FormProvider";
import { useOffers } from "./Offers";
import { OwnProblems } from "./OwnProblems";
import { type Side, Tabs } from "./Tabs";
import { type Data, type Ops, useEdits, useInspection } from "./useInspection";

/** Which side of a spec is shown, and how to turn to the other. */
export interface Sides {
  readonly side: Side;
  readonly setSide: (side: Side) => void;
}

interface Shown {
  readonly ops: Ops;
  readonly unapplied?: boolean;
  readonly heading?: (inspection: Inspection) => ReactNode;
  readonly form: (inspection: Inspection, data: Data) => ReactNode;
  readonly yaml: (inspection: Inspection) => ReactNode;
}

/** The spec of a card or line, as fields and as lines of the file. */
export function Inspected({ id, ...shown }: { id: string } & Shown & Sides) {
  const { inspection, error, refresh } = useInspection(shown.ops, id);
  if (error) {
    return (
      <div className="ddd-error" role="alert">
        <p>{error}</p>
        <ToolButton label="Try again" onPress={() => void refresh()} text />
      </div>
    );
  }
  if (!inspection) {
    return <p className="ddd-quiet ddd-late">Reading the spec…</p>;
  }
  // Right after it was given another id, what is known of it is still that of the old one.
  const now = inspection.id === id ? inspection : { ...inspection, id };
  return <Spec inspection={now} refresh={refresh} {...shown} />;
}

function Spec({
  ops,
  inspection,
  refresh,
  heading,
  form,
  yaml,
  unapplied = false,
  ...sides
}: { inspection: Inspection; refresh: () => Promise<void> } & Shown & Sides) {
  const { offers, lists } = useOffers(inspection.suggestions);
  const { editing, data } = useEdits(ops, inspection, offers, refresh);
  const fields = form(inspection, data);
  return (
    <FormProvider editing={editing}>
      {lists}
      {heading?.(inspection)}
      <OwnProblems problems={inspection.problems} />
      {inspection.kind === "note" ? (
        fields
      ) : (
        <Tabs {...sides} unapplied={unapplied}>
          {sides.side === "form" ? fields : yaml(inspection)}
        </Tabs>
      )}
    </FormProvider>
  );
}
