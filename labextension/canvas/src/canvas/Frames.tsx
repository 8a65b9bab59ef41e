import { useReactFlow, ViewportPortal } from "@xyflow/react";
import { type CSSProperties, memo, type PointerEvent, useContext, useMemo, useRef } from "react";
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
import { useGrowth } from "./Labels";
import { marksOf } from "./labelRoom";
import { freeSpan } from "./lanes";
import { DETAILED } from "./viewport";

/** Boundaries behind the cards that belong together, each with its title and what it shares. */
export function Frames({ sheet }: { sheet: Sheet }) {
  const { plain } = useContext(BoardContext);
  const grow = useGrowth();
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
        : frames.map((frame) => <Words frame={frame} grow={grow} key={frame.id} sheet={sheet} />)}
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

/** Where a frame's title ends, below its upper side, and its chips, above its lower side. */
const HEAD_END = 23;
const FOOT_END = 5;
/** Height of either, and width of a character, in pixels on the screen. */
const HIGH = 20;
const CHARACTER = 7;
/** Words so much larger than on the board leave chips no room below the cards. */
const NO_CHIPS = 1.5;

/** What a frame says, where no line crosses it; what grows grows away from the cards inside. */
const Words = memo(function Words({
  frame,
  grow,
  sheet,
}: {
  frame: Frame;
  grow: number;
  sheet: Sheet;
}) {
  const { x, y, width, height } = frame;
  const tall = HIGH * grow;
  const span = (end: number, wide: number, boxes: readonly Box[]) =>
    freeSpan(sheet.links, boxes, { x, y: end - tall, width, height: tall }, wide * grow);
  const words = frame.note && grow < 1 / DETAILED ? `${frame.title}${frame.note}` : frame.title;
  const head = span(y + HEAD_END, words.length * CHARACTER + 36, marksOf(sheet, grow));
  const foot = frame.chips.reduce((sum, chip) => sum + chip.text.length * CHARACTER + 20, 0);
  const low = y + height - FOOT_END;
  const chips = foot ? span(low, foot, []) : null;
  return (
    <>
      <Head frame={frame} place={standing(head, y + HEAD_END)} />
      {chips ? (
        <ul
          aria-label={`Shared by ${frame.title}`}
          className="ddd-boundary-foot"
          data-category="orchestration"
          data-unseen={grow >= NO_CHIPS || undefined}
          style={standing(chips, low)}
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

/** Words end there, however high they are. */
function standing({ left, room }: { left: number; room: number }, end: number) {
  return { maxWidth: room, transform: `translate(${left}px, ${end}px) translateY(-100%)` };
}

function Head({ frame, place }: { frame: Frame; place: CSSProperties }) {
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
      style={place}
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
