import type { Edge, Node } from "@xyflow/react";
import { Position } from "@xyflow/react";
import type { Card, Ghost, Link } from "../protocol";
import { wirable } from "../state/design";
import { isThere } from "../state/selection";
import { alarmsOf, readingOrder, type Sheet } from "../state/sheet";
import type { Point } from "../state/types";
import type { Direction } from "./geometry";

export type CardNode = Node<{ card: Card; room: number }, "card">;
export type LinkEdge = Edge<{ link: Link }, "link">;

/** Where lines meet cards as far as React Flow is concerned: `LinkEdge` knows better. */
export const HOOK = " hook";

/** Characters of a note that its name says. */
const LONGEST = 120;
/** Notes lie under cards and lines, also while React Flow raises them because they are selected. */
const UNDER = -1;
const RAISED = 1000;

/** Where an event is pulled out of a card of a map. */
export const WIRE = " wire";

/** The cards as React Flow wants them; what has not changed stays the same object, all included. */
export function cardNodes(
  before: CardNode[],
  sheet: Sheet,
  selected: ReadonlySet<string>,
  moved: ReadonlyMap<string, Point>,
): CardNode[] {
  const known = new Map(before.map((node) => [node.id, node]));
  const order = readingOrder(sheet);
  const right = sheet.head.direction === "right";
  const nodes = order.map((card, index) => {
    const old = known.get(card.id);
    const room = right ? roomBeside(order, index) : WIDEST;
    const place = moved.get(card.id) ?? card;
    const isSelected = selected.has(card.id);
    if (
      old?.data.card === card &&
      old.data.room === room &&
      old.selected === isSelected &&
      old.position.x === place.x &&
      old.position.y === place.y
    ) {
      return old;
    }
    return cardNode(card, room, place, isSelected, sheet.head.direction, old);
  });
  return unlessSame(before, nodes);
}

/** The list from before where the new one holds the same: React Flow then has nothing to do. */
function unlessSame<Thing>(before: Thing[], after: Thing[]): Thing[] {
  const same = before.length === after.length && after.every((thing, i) => thing === before[i]);
  return same ? before : after;
}

/** How far the reading order may differ from the order from left to right. */
const SLACK = 60;
/** The widest that the label of an output may be, on the board. */
export const WIDEST = 200;

/** How wide labels beside a card may be that shall not reach over the next one. */
function roomBeside(order: readonly Card[], index: number): number {
  const card = order[index] as Card;
  const [end, bottom] = [card.x + card.width, card.y + card.height];
  let room = WIDEST;
  for (let i = card.outputs.length > 0 ? index + 1 : order.length; i < order.length; i++) {
    const { x, y, height } = order[i] as Card;
    if (x > end + WIDEST + SLACK) {
      break;
    }
    if (x >= end && y < bottom && y + height > card.y) {
      room = Math.min(room, x - end);
    }
  }
  return room;
}

const GHOSTS = {
  added: "proposed",
  changed: "a change is proposed",
  removed: "proposed to be removed",
} as const;

function ghostWords({ kind, since }: Ghost): string {
  return since ? `${kind} since ${since}` : GHOSTS[kind];
}

function cardNode(
  card: Card,
  room: number,
  place: Point,
  selected: boolean,
  direction: Direction,
  old?: CardNode,
): CardNode {
  const same = old?.data.card === card && old.data.room === room ? old : undefined;
  return {
    id: card.id,
    type: "card",
    position: { x: place.x, y: place.y },
    width: card.width,
    height: card.height,
    measured: { width: card.width, height: card.height },
    handles: same?.handles ?? handles(card, direction),
    data: same?.data ?? { card, room },
    selected,
    draggable: card.kind !== "missing" && isThere(card),
    connectable: (card.kind === "node" || wirable(card)) && isThere(card),
    ariaLabel: [
      `${card.type_title} ${card.title.slice(0, LONGEST)}`,
      card.ghost ? ghostWords(card.ghost) : "",
      alarmsOf(card),
    ]
      .filter(Boolean)
      .join(", "),
    ...(card.kind === "note" ? { zIndex: selected ? UNDER - RAISED : UNDER } : {}),
    domAttributes: { "data-card-id": card.id } as NonNullable<CardNode["domAttributes"]>,
  };
}

/** Where connections can start and lines end, so that React Flow need not ask the page. */
function handles(card: Card, direction: Direction): NonNullable<CardNode["handles"]> {
  const right = direction === "right";
  const [leave, enter] = right ? [Position.Right, Position.Left] : [Position.Bottom, Position.Top];
  const out = (offset: number) =>
    right ? { x: card.width, y: offset } : { x: offset, y: card.height };
  const middle = (right ? card.height : card.width) / 2;
  const point = { width: 0, height: 0 };
  return [
    ...card.outputs.map((port) => ({
      ...point,
      ...out(port.offset),
      id: port.name,
      type: "source" as const,
      position: leave,
    })),
    { ...point, ...out(middle), id: HOOK, type: "source", position: leave },
    ...(wirable(card)
      ? [{ ...point, ...out(middle), id: WIRE, type: "source" as const, position: leave }]
      : []),
    {
      ...point,
      ...(right ? { x: 0, y: middle } : { x: middle, y: 0 }),
      id: HOOK,
      type: "target",
      position: enter,
    },
  ];
}

/** The links as React Flow wants them; what has not changed stays the same object, all included. */
export function linkEdges(
  before: LinkEdge[],
  sheet: Sheet,
  selected: ReadonlySet<string>,
): LinkEdge[] {
  const known = new Map(before.map((edge) => [edge.id, edge]));
  const edges: LinkEdge[] = [];
  for (const link of sheet.links.values()) {
    if (!sheet.cards.has(link.source) || !sheet.cards.has(link.target)) {
      continue;
    }
    const old = known.get(link.id);
    const isSelected = selected.has(link.id);
    if (old?.data?.link === link && old.selected === isSelected) {
      edges.push(old);
      continue;
    }
    edges.push({
      id: link.id,
      type: "link",
      source: link.source,
      target: link.target,
      sourceHandle: HOOK,
      targetHandle: HOOK,
      data: { link },
      selected: isSelected,
      focusable: false,
    });
  }
  return unlessSame(before, edges);
}
