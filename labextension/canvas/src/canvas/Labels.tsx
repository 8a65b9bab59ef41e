import { useStore } from "@xyflow/react";
import { createContext, type ReactNode, useMemo } from "react";
import type { Sheet } from "../state/sheet";
import { FEW } from "./BoardContext";
import { roomyLabels, type Spot } from "./labelRoom";
import { growth } from "./viewport";

/** Where the labels of lines have room; null where all stay where Python put them. */
export const LabelsContext = createContext<ReadonlyMap<string, Spot> | null>(null);

/** Finds room for the labels anew as people zoom, in steps. */
export function Labels({ sheet, children }: { sheet: Sheet; children: ReactNode }) {
  const grow = useStore(({ transform }) => Math.ceil(growth(transform[2]) * 10) / 10);
  const spots = useMemo(
    () => (grow > 1 && sheet.cards.size <= FEW ? roomyLabels(sheet, grow) : null),
    [sheet, grow],
  );
  return <LabelsContext value={spots}>{children}</LabelsContext>;
}
