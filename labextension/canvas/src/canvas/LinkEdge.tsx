import { type EdgeProps, useInternalNode, ViewportPortal } from "@xyflow/react";
import { memo, useContext, useId, useMemo } from "react";
import type { Card, Link } from "../protocol";
import { useSession } from "../state/session";
import type { CardNode, LinkEdge as LinkEdgeType } from "./elements";
import { GroundContext } from "./ground";
import { arrowHead, pathThrough } from "./path";
import { type LabelPlace, type Line, labelText, leadLine, placeLabel } from "./plan";

export const LinkEdge = memo(function LinkEdge({
  source,
  target,
  data,
  selected,
}: EdgeProps<LinkEdgeType>) {
  const { plain } = useContext(GroundContext);
  const from = useCard(source);
  const to = useCard(target);
  const link = data?.link;
  const line = useLine(link, from, to);
  const path = useMemo(() => pathThrough(line?.points ?? []), [line]);
  if (!link || !line) {
    return null;
  }
  const drawn = (
    <path
      className="ddd-link"
      d={path}
      data-selected={selected || undefined}
      data-style={link.style}
    />
  );
  return plain ? (
    drawn
  ) : (
    <>
      {drawn}
      <path
        className="ddd-arrow"
        d={arrowHead(line.points)}
        data-selected={selected || undefined}
      />
      <path className="ddd-link-grip react-flow__edge-interaction" d={path} />
      <LinkLabel at={line.label} link={link} text={labelText(link, from?.card)} />
    </>
  );
});

interface Standing {
  readonly card: Card;
  readonly x: number;
  readonly y: number;
}

/** A card and where it stands now, also while it is dragged. */
function useCard(id: string): Standing | null {
  const node = useInternalNode<CardNode>(id);
  const card = node?.data.card;
  const x = node?.internals.positionAbsolute.x;
  const y = node?.internals.positionAbsolute.y;
  return useMemo(
    () => (card === undefined || x === undefined || y === undefined ? null : { card, x, y }),
    [card, x, y],
  );
}

/** The line as it was planned, or led anew while one of its cards is on its way. */
function useLine(link: Link | undefined, from: Standing | null, to: Standing | null): Line | null {
  const { plan, direction } = useContext(GroundContext);
  return useMemo(() => {
    if (!link || !from || !to) {
      return null;
    }
    const rests = ({ card, x, y }: Standing) => card.x === x && card.y === y;
    const planned = rests(from) && rests(to) ? plan.lines.get(link.id) : undefined;
    if (planned) {
      return planned;
    }
    const source = { ...from.card, x: from.x, y: from.y };
    const target = { ...to.card, x: to.x, y: to.y };
    const { obstacles } = plan;
    const meeting = plan.slots?.get(link.id);
    const points = leadLine(direction, { obstacles, link, source, target, meeting });
    return { points, label: placeLabel(points, labelText(link, source), obstacles) };
  }, [link, from, to, plan, direction]);
}

function LinkLabel({ link, text, at }: { link: Link; text: string; at: LabelPlace }) {
  if (!text) {
    return null;
  }
  return (
    <ViewportPortal>
      <div
        className="ddd-link-label nodrag nopan"
        style={{
          maxWidth: at.room,
          transform: `translate(${at.x}px, ${at.y}px) translate(-50%, -50%)`,
        }}
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
