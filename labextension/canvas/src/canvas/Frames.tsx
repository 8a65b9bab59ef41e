import { useReactFlow, ViewportPortal } from "@xyflow/react";
import { memo, type PointerEvent, useContext, useMemo, useRef } from "react";
import { Icon } from "../panels/Icon";
import type { Frame } from "../protocol";
import { fold } from "../state/containment";
import { moveCards } from "../state/editing";
import { carried, shifted } from "../state/frames";
import { useSession, useView } from "../state/session";
import type { Sheet } from "../state/sheet";
import type { Point } from "../state/types";
import { BoardContext } from "./BoardContext";
import type { Box } from "./geometry";
import { freeSpan } from "./lanes";

/** Boundaries behind the cards that belong together, each with its title and what it shares. */
export function Frames({ sheet }: { sheet: Sheet }) {
  const { plain } = useContext(BoardContext);
  const moved = useView((state) => state.moved);
  const frames = useMemo(() => shifted(sheet, moved), [sheet, moved]);
  return (
    <ViewportPortal>
      {frames.map((frame) => (
        <div
          className="ddd-boundary"
          data-category={frame.kind === "team" ? "orchestration" : "logic"}
          data-frame={frame.id}
          data-kind={frame.kind}
          data-plain={plain || undefined}
          key={frame.id}
          style={areaStyle(frame)}
        />
      ))}
      {plain
        ? null
        : frames.map((frame) => <Words frame={frame} key={frame.id} links={sheet.links} />)}
      <Over frames={frames} sheet={sheet} />
    </ViewportPortal>
  );
}

function areaStyle({ x, y, width, height }: Box) {
  return { height, transform: `translate(${x}px, ${y}px)`, width };
}

/** The container that would take what is being dragged. */
function Over({ frames, sheet }: { frames: readonly Frame[]; sheet: Sheet }) {
  const over = useView((state) => state.over);
  const area = frames.find((frame) => frame.card === over) ?? sheet.cards.get(over);
  return over && area ? <div className="ddd-over" style={areaStyle(area)} /> : null;
}

/** Height of the band in which a frame's title stands, and of the one with its chips. */
const HEAD = 26;
const FOOT = 30;
const CHARACTER = 7;

/** What a frame says, where no line crosses it. */
const Words = memo(function Words({ frame, links }: { frame: Frame; links: Sheet["links"] }) {
  const { x, y, width, height } = frame;
  const words = frame.note ? `${frame.title} · ${frame.note}` : frame.title;
  const wide = words.length * CHARACTER + 44;
  const head = freeSpan(links, { x, y: y + 2, width, height: HEAD - 4 }, wide);
  const foot = frame.chips.reduce((sum, chip) => sum + chip.text.length * CHARACTER + 20, 0);
  const low = y + height - FOOT;
  const chips = foot ? freeSpan(links, { x, y: low, width, height: FOOT - 4 }, foot) : null;
  return (
    <>
      <Head frame={frame} left={head.left} room={head.room} />
      {chips ? (
        <ul
          aria-label={`Shared by ${frame.title}`}
          className="ddd-boundary-foot"
          data-category="orchestration"
          style={{ maxWidth: chips.room, transform: `translate(${chips.left}px, ${low + 4}px)` }}
        >
          {frame.chips.map((chip) => (
            <li
              className="ddd-badge ddd-ellipsis"
              data-tone={chip.tone}
              key={chip.text}
              title={chip.title}
            >
              {chip.text}
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
});

function Head({ frame, left, room }: { frame: Frame; left: number; room: number }) {
  const session = useSession();
  const drag = useDrag(frame);
  const movable = frame.card !== "";
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset belongs to a form
    <div
      aria-label={`${frame.title.replace(/^\S+ /u, "")}, ${frame.cards.length} inside`}
      className="ddd-boundary-head nopan"
      data-frame={frame.id}
      data-movable={movable || undefined}
      role="group"
      style={{ maxWidth: room, transform: `translate(${left}px, ${frame.y + 3}px)` }}
      {...(movable ? drag : {})}
    >
      {movable ? (
        <button
          aria-expanded={!frame.folded}
          aria-label={`${frame.folded ? "Unfold" : "Fold"} ${frame.title.replace(/^\S+ /u, "")}`}
          className="ddd-fold-button"
          onClick={() => void fold(session, frame.card, !frame.folded)}
          title={frame.folded ? "Unfold: show the cards inside" : "Fold: hide the cards inside"}
          type="button"
        >
          <Icon name={frame.folded ? "plus" : "minus"} />
        </button>
      ) : null}
      <span className="ddd-boundary-title ddd-ellipsis" title={frame.title}>
        {frame.title}
      </span>
      {frame.note ? <span className="ddd-boundary-note ddd-ellipsis">{frame.note}</span> : null}
    </div>
  );
}

/** Pixels on the screen that a hand moves while it clicks. */
const SHAKE = 3;

/** A drag of a frame by its title: its card goes, and all inside goes along. */
function useDrag({ card: id }: Frame) {
  const session = useSession();
  const flow = useReactFlow();
  const start = useRef<(Point & { card: Point }) | null>(null);
  const placeOf = (event: PointerEvent): Map<string, Point> | null => {
    const from = start.current;
    const far = from ? Math.hypot(event.clientX - from.x, event.clientY - from.y) : 0;
    if (!from || far < SHAKE) {
      return null;
    }
    const zoom = flow.getZoom();
    const x = from.card.x + (event.clientX - from.x) / zoom;
    const y = from.card.y + (event.clientY - from.y) / zoom;
    return new Map([[id, { x, y }]]);
  };
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      const card = session.sheet()?.cards.get(id);
      if (card && event.button === 0 && !(event.target as Element).closest("button")) {
        start.current = { x: event.clientX, y: event.clientY, card: { x: card.x, y: card.y } };
        event.currentTarget.setPointerCapture(event.pointerId);
        session.selection.set([id]);
      }
    },
    onPointerMove: (event: PointerEvent) => {
      const sheet = session.sheet();
      const places = placeOf(event);
      if (sheet && places) {
        session.store.set({ moved: carried(sheet, places) });
      }
    },
    onPointerUp: (event: PointerEvent) => {
      const places = placeOf(event);
      start.current = null;
      if (places) {
        void moveCards(session, places);
      }
    },
    onPointerCancel: () => {
      start.current = null;
      session.store.set({ moved: new Map() });
    },
  };
}
