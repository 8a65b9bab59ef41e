import { type KeyboardEvent, type PointerEvent, useRef } from "react";

/** The least height of the widget, in pixels. */
export const SMALLEST = 320;
const STEP = 40;

export interface Height {
  readonly pixels: number;
  readonly choose: (pixels: number) => void;
}

/** The lower edge of the widget, by which it is made taller or shorter. */
export function HeightHandle({ pixels, choose }: Height) {
  const from = useRef<{ y: number; pixels: number } | null>(null);
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    from.current = { y: event.clientY, pixels };
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (from.current) {
      choose(from.current.pixels + event.clientY - from.current.y);
    }
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const by = { ArrowDown: STEP, ArrowUp: -STEP }[event.key];
    if (by) {
      event.preventDefault();
      choose(pixels + by);
    }
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule that can be dragged is a separator, not an hr
    <div
      aria-label="Height of the canvas"
      aria-orientation="horizontal"
      aria-valuemin={SMALLEST}
      aria-valuenow={pixels}
      className="ddd-height-handle"
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        from.current = null;
      }}
      role="separator"
      tabIndex={0}
    />
  );
}
