import { useStore } from "@xyflow/react";
import { createContext, type ReactNode, useMemo } from "react";
import { useSession } from "../state/session";
import type { Sheet } from "../state/sheet";
import { FEW } from "./BoardContext";
import { roomyLabels, type Spot } from "./labelRoom";
import { growth } from "./viewport";

/** Where the labels of lines have room; null where all stay where Python put them. */
export const LabelsContext = createContext<ReadonlyMap<string, Spot> | null>(null);

/** Finds room for the labels anew as people zoom, in steps. */
export function Labels({ sheet, children }: { sheet: Sheet; children: ReactNode }) {
  const session = useSession();
  const grow = useGrowth();
  const spots = useMemo(
    () =>
      grow > 1 && sheet.cards.size <= FEW
        ? roomyLabels(sheet, grow, measuring(session.root))
        : null,
    [session, sheet, grow],
  );
  return <LabelsContext value={spots}>{children}</LabelsContext>;
}

/** How many times larger than on the board words are, in steps. */
export function useGrowth(): number {
  return useStore(({ transform }) => Math.ceil(growth(transform[2]) * 10) / 10);
}

/** Measures words as large as labels are. */
function measuring(root: Element | null): (words: string) => number {
  const pen = document.createElement("canvas").getContext("2d");
  if (pen && root) {
    pen.font = `11px ${getComputedStyle(root).fontFamily}`;
  }
  return (words) => pen?.measureText(words).width ?? 0;
}
