import { type EdgeProps, useInternalNode, ViewportPortal } from "@xyflow/react";
import { type CSSProperties, memo, useContext, useMemo, useState } from "react";
import { HEAD_LOOKS, STROKE_LOOKS } from "../edgeLooks";
import { useId } from "../ids";
import type { LabelPlace, Link } from "../protocol";
import { middleOf } from "../state/adding";
import { takesCards, writeAtLine } from "../state/editing";
import { type Session, useSession, useView } from "../state/session";
import type { Point } from "../state/types";
import { BoardContext } from "./BoardContext";
import type { CardNode, LinkEdge as LinkEdgeType } from "./elements";
import { LineInPlace } from "./InPlace";
import { LabelsContext } from "./Labels";
import { type DrawnRoute, type PlacedCard, routeOf } from "./liveRoutes";
import { Plus } from "./Plus";
import { headTransform, pathThrough } from "./path";

/** How much wider a selected line is, and the least width that any has on the screen. */
const THICKER = 1.1;
/** The widest that a label without a place of its own gets. */
const UNPLACED = 120;
const LEAST_WIDTH = 1.25;

export const LinkEdge = memo(function LinkEdge({
  source,
  target,
  data,
  selected,
}: EdgeProps<LinkEdgeType>) {
  const { clear, plain } = useContext(BoardContext);
  const from = useCard(source);
  const to = useCard(target);
  const link = data?.link;
  const line = useLine(link, from, to);
  const bothWays = link?.both_ways ?? false;
  const isOver = useView((state) => link !== undefined && state.overLink === link.id);
  const isWriting = useView((state) => link !== undefined && state.writing === link.id);
  const isOpen = useView((state) => link?.fixed === false && takesCards(state.sheet));
  const [isHovered, setHovered] = useState(false);
  const path = useMemo(() => pathThrough(line?.points ?? [], bothWays), [line, bothWays]);
  if (!link || !line) {
    return null;
  }
  const stroke = STROKE_LOOKS[link.stroke];
  // What finds no room is said while its line is selected.
  const label =
    line.label ?? (selected && link.printed ? { ...centreOf(line), width: UNPLACED } : null);
  const drawn = (
    <path
      className="ddd-link"
      d={path}
      data-over={isOver || undefined}
      data-selected={selected || undefined}
      data-stroke={link.stroke}
      strokeDasharray={stroke.dash || undefined}
      strokeLinecap={stroke.round_ends ? "round" : undefined}
      style={strokeStyle(link, selected)}
    />
  );
  const faded = (clear && !clear.links.has(link.id)) || undefined;
  const ghost = link.ghost?.kind;
  return plain ? (
    <g data-faded={faded} data-ghost={ghost}>
      {drawn}
    </g>
  ) : (
    <g data-faded={faded} data-ghost={ghost}>
      <Hint link={link} />
      {drawn}
      {stroke.core ? (
        <path className="ddd-link-core" d={path} style={{ strokeWidth: grown(stroke.core) }} />
      ) : null}
      <Heads link={link} points={line.points} selected={selected} />
      <path
        className="ddd-link-grip react-flow__edge-interaction"
        d={path}
        onPointerEnter={() => setHovered(true)}
        onPointerLeave={(event) => setHovered(isPlus(event.relatedTarget))}
      />
      {isOpen && (selected || isHovered) && !isWriting ? (
        <ViewportPortal>
          <Plus
            label="Insert a card"
            onLeave={() => setHovered(false)}
            place={{ kind: "line", link: link.id }}
            style={inMiddle(line)}
          />
        </ViewportPortal>
      ) : null}
      {isWriting ? (
        <ViewportPortal>
          <div className="ddd-line-field" style={middleIn(line)}>
            <LineInPlace link={link} />
          </div>
        </ViewportPortal>
      ) : label ? (
        <LinkLabel at={label} faded={faded} link={link} selected={selected} />
      ) : null}
    </g>
  );
});

/** Pixels on the screen that stay as many from afar. */
const grown = (pixels: number | string) => `calc(${pixels}px * var(--ddd-grow))`;

/** How a line stays what it is from afar: broken, or double. */
function strokeStyle({ stroke }: Link, selected: boolean | undefined): CSSProperties {
  const { width, dash, core } = STROKE_LOOKS[stroke];
  const own = width + (selected ? THICKER : 0);
  return {
    strokeWidth: core ? grown(own) : `max(${own}px, ${grown(LEAST_WIDTH)})`,
    ...(dash ? { strokeDasharray: dash.split(" ").map(grown).join(" ") } : {}),
  };
}

function isPlus(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(".ddd-plus") !== null;
}

function centreOf({ points }: DrawnRoute): Point {
  return middleOf(points.map((point) => [point.x, point.y] as const));
}

/** Where the button of a line is: in the middle, or beside the label that is there. */
function inMiddle(line: DrawnRoute) {
  const { x, y } = centreOf(line);
  const { label } = line;
  const isTaken =
    label !== null && Math.abs(label.x - x) < label.width / 2 + 12 && Math.abs(label.y - y) < 20;
  return { left: x - 12, top: (isTaken ? label.y + 22 : y) - 12 };
}

/** Where its label is written: where it is printed, else in the middle. */
function middleIn(line: DrawnRoute): CSSProperties {
  const { x, y } = line.label ?? centreOf(line);
  return { left: x, top: y };
}

/** What the line is, for a pointer that rests on it. */
function Hint({ link }: { link: Link }) {
  return link.hint ? <title>{link.hint}</title> : null;
}

function Heads({
  link,
  points,
  selected,
}: {
  link: Link;
  points: readonly Point[];
  selected: boolean | undefined;
}) {
  const { path, fill, width } = HEAD_LOOKS[link.head];
  // A double line ends in a head that is heavy enough for it.
  const outline = link.stroke === "double" ? STROKE_LOOKS.double.width : width;
  const ways = link.both_ways ? [points, [...points].reverse()] : [points];
  return ways.map((way, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the ends of a line keep their order
    <g key={index} transform={headTransform(way)}>
      <path
        className="ddd-arrow"
        d={path}
        data-fill={fill}
        data-selected={selected || undefined}
        strokeWidth={outline}
      />
    </g>
  ));
}

/** A card and where it stands now, also while it is dragged. */
function useCard(id: string): PlacedCard | null {
  const node = useInternalNode<CardNode>(id);
  const card = node?.data.card;
  const x = node?.internals.positionAbsolute.x;
  const y = node?.internals.positionAbsolute.y;
  return useMemo(
    () => (card === undefined || x === undefined || y === undefined ? null : { card, x, y }),
    [card, x, y],
  );
}

/** The line as Python led it, or stretched while one of its cards is on its way. */
function useLine(
  link: Link | undefined,
  from: PlacedCard | null,
  to: PlacedCard | null,
): DrawnRoute | null {
  const { direction } = useContext(BoardContext);
  return useMemo(
    () => (link && from && to ? routeOf(link, from, to, direction) : null),
    [link, from, to, direction],
  );
}

function LinkLabel({
  link,
  at,
  faded,
  selected,
}: {
  link: Link;
  at: LabelPlace;
  faded: boolean | undefined;
  selected: boolean | undefined;
}) {
  const session = useSession();
  const spots = useContext(LabelsContext);
  const spot = spots?.get(link.id);
  if (spots && !spot && !selected) {
    return null;
  }
  // While a card is on its way, so is the label.
  const x = at.x + (spot && link.label_place ? spot.x - link.label_place.x : 0);
  const y = at.y + (spot && link.label_place ? spot.y - link.label_place.y : 0);
  return (
    <ViewportPortal>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a part of its line for the mouse; keys have the outline */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: as above */}
      <div
        className="ddd-link-label nodrag nopan"
        data-faded={faded}
        data-ghost={link.ghost?.kind}
        data-link-id={link.id}
        data-selected={selected || undefined}
        onClick={(event) => chooseLink(session, link.id, event.shiftKey || event.ctrlKey)}
        onDoubleClick={() => writeAtLine(session, link.id)}
        style={
          {
            "--ddd-most": spot ? `${spot.width}px` : `calc(${at.width}px * var(--ddd-grow))`,
            transform: `translate(${x}px, ${y}px) translate(-50%, -50%)`,
          } as CSSProperties
        }
      >
        {link.events.length > 1 ? (
          <Events link={link} />
        ) : (
          <span className="ddd-ellipsis" title={link.hint || link.printed}>
            {link.printed}
          </span>
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
}

/** Several events on one line: counted, and listed on hover and focus. */
function Events({ link }: { link: Link }) {
  const session = useSession();
  const list = useId();
  return (
    <>
      <button
        aria-describedby={list}
        className="ddd-events ddd-ellipsis"
        onClick={() => session.selection.set([], [link.id])}
        type="button"
      >
        {link.printed}
      </button>
      <span className="ddd-tip" id={list} role="tooltip">
        {link.events.map((event) => (
          <span key={event}>{event}</span>
        ))}
      </span>
    </>
  );
}
