import { type EdgeProps, useInternalNode, ViewportPortal } from "@xyflow/react";
import { memo, useContext, useMemo } from "react";
import { useId } from "../ids";
import type { Card, Link } from "../protocol";
import { type Session, useSession } from "../state/session";
import type { Point } from "../state/types";
import type { CardNode, LinkEdge as LinkEdgeType } from "./elements";
import { GroundContext } from "./ground";
import { inWords, type Look, lookOf } from "./looks";
import { headPath, pathThrough } from "./path";
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
  const bothWays = link?.both_ways ?? false;
  const path = useMemo(() => pathThrough(line?.points ?? [], bothWays), [line, bothWays]);
  if (!link || !line) {
    return null;
  }
  const look = lookOf(link);
  const drawn = (
    <path
      className="ddd-link"
      d={path}
      data-selected={selected || undefined}
      data-stroke={look.stroke}
    />
  );
  return plain ? (
    drawn
  ) : (
    <>
      <Said link={link} />
      {drawn}
      {look.stroke === "double" ? <path className="ddd-link-core" d={path} /> : null}
      <Heads bothWays={bothWays} look={look} points={line.points} selected={selected} />
      <path className="ddd-link-grip react-flow__edge-interaction" d={path} />
      <LinkLabel at={line.label} link={link} text={labelText(link, from?.card)} />
    </>
  );
});

/** What the line is, for a pointer that rests on it. */
function Said({ link }: { link: Link }) {
  const words = inWords(link);
  return words ? <title>{words}</title> : null;
}

function Heads({
  points,
  look,
  bothWays,
  selected,
}: {
  points: readonly Point[];
  look: Look;
  bothWays: boolean;
  selected: boolean | undefined;
}) {
  const back = useMemo(() => [...points].reverse(), [points]);
  return (bothWays ? [points, back] : [points]).map((way, index) => (
    <path
      className="ddd-arrow"
      d={headPath(way, look.head)}
      data-head={look.head}
      data-stroke={look.stroke}
      data-selected={selected || undefined}
      // biome-ignore lint/suspicious/noArrayIndexKey: the ends of a line keep their order
      key={index}
    />
  ));
}

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
  const session = useSession();
  if (!text) {
    return null;
  }
  return (
    <ViewportPortal>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a part of its line for the mouse; keys have the outline */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: as above */}
      <div
        className="ddd-link-label nodrag nopan"
        data-link-id={link.id}
        onClick={(event) => chooseLink(session, link.id, event.shiftKey || event.ctrlKey)}
        style={{
          maxWidth: at.room,
          transform: `translate(${at.x}px, ${at.y}px) translate(-50%, -50%)`,
        }}
      >
        {link.events.length > 1 ? (
          <Events link={link} text={text} />
        ) : (
          <span title={inWords(link) || text}>{text}</span>
        )}
      </div>
    </ViewportPortal>
  );
}

/** Selects a line, beside what is selected already if there shall be several. */
function chooseLink(session: Session, id: string, several: boolean): void {
  const { selected, selectedLinks } = session.store.get();
  if (several) {
    session.selection.set(selected, [...selectedLinks, id]);
  } else {
    session.selection.set([], [id]);
  }
  session.turnToSpec();
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
        onClick={() => session.selection.set([], [link.id])}
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
