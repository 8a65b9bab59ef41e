import { useReactFlow } from "@xyflow/react";
import { type PointerEvent, useRef, useState } from "react";
import { type Card, LARGEST_NOTE, SMALLEST_NOTE } from "../protocol";
import { useSession, useView } from "../state/session";
import { HOOK } from "./elements";
import type { Size } from "./geometry";
import { InPlace } from "./InPlace";

/** A note: a sheet of paper with a turned corner, and its text. */
export function NoteCard({
  card,
  plain,
  selected,
}: {
  card: Card;
  plain: boolean;
  selected: boolean | undefined;
}) {
  const { size, handlers } = useResize(card);
  const isWriting = useView((state) => state.writing === card.id);
  return (
    <div className="ddd-paper" data-selected={selected || undefined} style={size ?? undefined}>
      <div
        aria-hidden="true"
        className="ddd-shape source target"
        data-handleid={HOOK}
        data-handlepos="right"
      />
      {plain ? null : (
        <div className="ddd-paper-text">
          {isWriting ? (
            <InPlace card={card} />
          ) : (
            card.title || <span className="ddd-quiet">Double-click to write</span>
          )}
        </div>
      )}
      {selected && !plain ? (
        <div
          aria-hidden="true"
          className="ddd-resize nodrag"
          title="Drag to resize"
          {...handlers}
        />
      ) : null}
    </div>
  );
}

/** Its lower right corner can be dragged; the spec panel has the same as two fields. */
function useResize(card: Card) {
  const session = useSession();
  const flow = useReactFlow();
  const start = useRef<{ x: number; y: number } | null>(null);
  const [size, setSize] = useState<Size | null>(null);
  const sizeAt = (event: PointerEvent): Size | null => {
    const from = start.current;
    const zoom = flow.getZoom();
    return (
      from && {
        width: side(card.width + (event.clientX - from.x) / zoom),
        height: side(card.height + (event.clientY - from.y) / zoom),
      }
    );
  };
  const handlers = {
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      event.stopPropagation();
      start.current = { x: event.clientX, y: event.clientY };
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent) => setSize((now) => sizeAt(event) ?? now),
    onPointerUp: async (event: PointerEvent) => {
      const value = sizeAt(event);
      start.current = null;
      if (value && (value.width !== card.width || value.height !== card.height)) {
        await session.gesture("set", { id: card.id, path: ["size"], value });
      }
      // Unless it is dragged again meanwhile.
      setSize((now) => (start.current ? now : null));
    },
  };
  return { size, handlers };
}

function side(pixels: number): number {
  return Math.round(Math.min(LARGEST_NOTE, Math.max(SMALLEST_NOTE, pixels)));
}
