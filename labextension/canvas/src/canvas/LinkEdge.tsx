import { type EdgeProps, useInternalNode, ViewportPortal } from "@xyflow/react";
import { memo, useContext, useId, useMemo } from "react";
import type { Link } from "../protocol";
import { useSession } from "../state/session";
import type { CardNode, LinkEdge as LinkEdgeType } from "./elements";
import { type Box, inputEnd, outputEnd, slotEnd } from "./geometry";
import { GroundContext } from "./ground";
import { arrowHead, labelPlace, pathThrough, route } from "./route";

/** Width of a character of a port's label, in pixels, a little generous. */
const CHARACTER = 6.4;
const LABEL_HEIGHT = 22;

export const LinkEdge = memo(function LinkEdge({
  id,
  source,
  target,
  data,
  selected,
}: EdgeProps<LinkEdgeType>) {
  const ground = useContext(GroundContext);
  const from = useBox(source);
  const to = useBox(target);
  const slots = ground.slots?.get(id);
  const printed = from?.card.outputs[data?.port ?? -1]?.label ?? "";
  const corners = useMemo(() => {
    if (!from || !to) {
      return [];
    }
    if (slots) {
      return route(slotEnd(from, slots.from), slotEnd(to, slots.to), ground.obstacles);
    }
    const { direction, obstacles } = ground;
    const start = outputEnd(from, data?.port ?? -1, data?.ports ?? 1, direction);
    const room = direction === "right" ? printed.length * CHARACTER + 16 : LABEL_HEIGHT;
    const end = inputEnd(to, start, direction);
    return route(start, end, obstacles, printed ? room : 0, Math.max(0, data?.port ?? 0));
  }, [from, to, slots, data, ground, printed]);
  if (!data || corners.length === 0) {
    return null;
  }
  const path = pathThrough(corners);
  const { link } = data;
  const line = (
    <path
      className="ddd-link"
      d={path}
      data-selected={selected || undefined}
      data-style={link.style}
    />
  );
  return ground.plain ? (
    line
  ) : (
    <>
      {line}
      <path className="ddd-arrow" d={arrowHead(corners)} data-selected={selected || undefined} />
      <path className="ddd-link-grip react-flow__edge-interaction" d={path} />
      <LinkLabel at={corners} link={link} printed={printed} />
    </>
  );
});

/** A card's box where it stands now, also while it is dragged. */
function useBox(id: string): (Box & { card: CardNode["data"]["card"] }) | null {
  const node = useInternalNode<CardNode>(id);
  const position = node?.internals.positionAbsolute;
  const card = node?.data.card;
  const x = position?.x;
  const y = position?.y;
  return useMemo(
    () =>
      card === undefined || x === undefined || y === undefined
        ? null
        : { x, y, width: card.width, height: card.height, card },
    [card, x, y],
  );
}

function LinkLabel({
  link,
  printed,
  at,
}: {
  link: Link;
  printed: string;
  at: ReturnType<typeof route>;
}) {
  const text = link.events.length > 0 ? eventText(link.events) : link.label;
  if (!text || (link.events.length === 0 && text === printed)) {
    return null;
  }
  const { x, y, room } = labelPlace(at);
  return (
    <ViewportPortal>
      <div
        className="ddd-link-label nodrag nopan"
        style={{ maxWidth: room, transform: `translate(${x}px, ${y}px) translate(-50%, -50%)` }}
      >
        {link.events.length > 1 ? (
          <Events link={link} text={text} />
        ) : (
          <span title={text}>{text}</span>
        )}
      </div>
    </ViewportPortal>
  );
}

function eventText(events: readonly string[]): string {
  return events.length === 1 ? (events[0] ?? "") : `${events.length} events`;
}

/** Several events on one line: counted, and listed on hover and focus. */
function Events({ link, text }: { link: Link; text: string }) {
  const session = useSession();
  const list = useId();
  return (
    <>
      <button
        aria-describedby={list}
        className="ddd-events"
        onClick={() => session.select([], [link.id])}
        type="button"
      >
        {text}
      </button>
      <span className="ddd-tip" id={list} role="tooltip">
        {link.events.map((event) => (
          <span key={event}>{event}</span>
        ))}
      </span>
    </>
  );
}
