import { useStore } from "@xyflow/react";
import { useMemo, useRef } from "react";
import { clearOf } from "../state/filter";
import { useView } from "../state/session";
import type { Sheet } from "../state/sheet";
import { type BoardState, FEW, PLAIN_BELOW } from "./BoardContext";
import { type CardNode, cardNodes, type LinkEdge, linkEdges } from "./elements";

export interface Drawn {
  readonly nodes: CardNode[];
  readonly edges: LinkEdge[];
  readonly board: BoardState;
}

/** A sheet as React Flow draws it; what has not changed stays the same object. */
export function useDrawn(sheet: Sheet): Drawn {
  const selected = useView((state) => state.selected);
  const selectedLinks = useView((state) => state.selectedLinks);
  const moved = useView((state) => state.moved);
  const before = useRef<{ nodes: CardNode[]; edges: LinkEdge[] }>({ nodes: [], edges: [] });
  const nodes = useMemo(() => {
    before.current.nodes = cardNodes(before.current.nodes, sheet, selected, moved);
    return before.current.nodes;
  }, [sheet, selected, moved]);
  const edges = useMemo(() => {
    before.current.edges = linkEdges(before.current.edges, sheet, selectedLinks);
    return before.current.edges;
  }, [sheet, selectedLinks]);
  const many = sheet.cards.size > FEW;
  const plain = useStore((state) => many && state.transform[2] < PLAIN_BELOW);
  const { direction } = sheet.head;
  const filter = useView((state) => state.filter);
  const clear = useMemo(() => clearOf(sheet, filter), [sheet, filter]);
  const board = useMemo(() => ({ clear, direction, plain }), [clear, direction, plain]);
  return { nodes, edges, board };
}
