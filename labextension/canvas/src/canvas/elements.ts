import type { Edge, Node } from "@xyflow/react";
import { Position } from "@xyflow/react";
import type { Card, Link } from "../protocol";
import type { Point } from "../state/session";
import { readingOrder, type Sheet } from "../state/sheet";

export type CardNode = Node<{ card: Card }, "card">;
export type LinkEdge = Edge<{ link: Link; port: number; ports: number }, "link">;

/** Hooks for React Flow's own idea of where lines leave and enter a card. */
export const LEAVE = " leave";
export const ENTER = " enter";

/** The cards as React Flow wants them; what has not changed stays the same object. */
export function cardNodes(
  before: readonly CardNode[],
  sheet: Sheet,
  selected: ReadonlySet<string>,
  moved: ReadonlyMap<string, Point>,
): CardNode[] {
  const known = new Map(before.map((node) => [node.id, node]));
  return readingOrder(sheet).map((card) => {
    const old = known.get(card.id);
    const place = moved.get(card.id) ?? card;
    const isSelected = selected.has(card.id);
    if (
      old?.data.card === card &&
      old.selected === isSelected &&
      old.position.x === place.x &&
      old.position.y === place.y
    ) {
      return old;
    }
    return cardNode(card, place, isSelected, old);
  });
}

function cardNode(card: Card, place: Point, selected: boolean, old?: CardNode): CardNode {
  const same = old?.data.card === card ? old : undefined;
  return {
    id: card.id,
    type: "card",
    position: { x: place.x, y: place.y },
    width: card.width,
    height: card.height,
    measured: { width: card.width, height: card.height },
    handles: same?.handles ?? handles(card),
    data: same?.data ?? { card },
    selected,
    draggable: card.kind !== "missing",
    connectable: card.kind === "node",
    ariaLabel: `${card.type_title} ${card.title}`,
    domAttributes: { "data-card-id": card.id } as NonNullable<CardNode["domAttributes"]>,
  };
}

/** React Flow wants to know where lines can end before it draws them; `LinkEdge` knows better. */
function handles(card: Card): NonNullable<CardNode["handles"]> {
  const at = { width: 0, height: 0, y: card.height / 2 };
  return [
    { ...at, id: LEAVE, type: "source", position: Position.Right, x: card.width },
    { ...at, id: ENTER, type: "target", position: Position.Left, x: 0 },
  ];
}

/** The links as React Flow wants them; what has not changed stays the same object. */
export function linkEdges(
  before: readonly LinkEdge[],
  sheet: Sheet,
  selected: ReadonlySet<string>,
): LinkEdge[] {
  const known = new Map(before.map((edge) => [edge.id, edge]));
  const edges: LinkEdge[] = [];
  for (const link of sheet.links.values()) {
    const source = sheet.cards.get(link.source);
    if (!source || !sheet.cards.has(link.target)) {
      continue;
    }
    const port = source.outputs.findIndex((output) => output.name === link.output);
    const old = known.get(link.id);
    const isSelected = selected.has(link.id);
    if (
      old?.data?.link === link &&
      old.selected === isSelected &&
      old.data.port === port &&
      old.data.ports === source.outputs.length
    ) {
      edges.push(old);
      continue;
    }
    edges.push({
      id: link.id,
      type: "link",
      source: link.source,
      target: link.target,
      sourceHandle: LEAVE,
      targetHandle: ENTER,
      data: { link, port, ports: source.outputs.length },
      selected: isSelected,
      focusable: false,
    });
  }
  return edges;
}
