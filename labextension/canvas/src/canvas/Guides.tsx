import { ViewportPortal } from "@xyflow/react";
import { carried } from "../state/frames";
import { type Session, useView } from "../state/session";
import type { Point } from "../state/types";
import { around, meet, REACH, snapped } from "./snapping";

/** How far past the cards a guide reaches, in pixels of the board. */
const PAST = 12;

/** Where dragged cards are put so that they are level with others; draws the guides, too. */
export function snapDragged(
  session: Session,
  dragged: readonly (readonly [string, Point])[],
): readonly (readonly [string, Point])[] {
  const sheet = session.sheet();
  const cards = sheet?.cards;
  const boxes = dragged.flatMap(([id, { x, y }]) => {
    const card = cards?.get(id);
    return card ? [{ x, y, width: card.width, height: card.height }] : [];
  });
  const box = around(boxes);
  if (!box || !sheet || !cards || !session.snapping) {
    clearGuides(session);
    return dragged;
  }
  const { zoom, ...view } = session.camera.view();
  // What moves along stays where it is to them.
  const own = carried(sheet, new Map(dragged));
  const others = [...cards.values()].filter((card) => !own.has(card.id) && meet(card, view));
  const { dx, dy, guides } = snapped(box, others, REACH / zoom);
  session.store.set({ guides });
  return dragged.map(([id, { x, y }]) => [id, { x: x + dx, y: y + dy }] as const);
}

export function clearGuides(session: Session): void {
  if (session.store.get().guides.length > 0) {
    session.store.set({ guides: [] });
  }
}

/** Lines that show with what the dragged cards are level. */
export function Guides() {
  const guides = useView((state) => state.guides);
  if (guides.length === 0) {
    return null;
  }
  return (
    <ViewportPortal>
      <svg aria-hidden="true" className="ddd-guides">
        {guides.map(({ axis, at, from, to }) => {
          const [start, end] = [from - PAST, to + PAST];
          const line =
            axis === "x"
              ? { x1: at, x2: at, y1: start, y2: end }
              : { x1: start, x2: end, y1: at, y2: at };
          return <line key={`${axis}${at}`} {...line} />;
        })}
      </svg>
    </ViewportPortal>
  );
}
