import { type KeyboardEvent, type PointerEvent, useRef } from "react";

/** An edge that resizes what lies beside it, by dragging and with the arrow keys. */
export function Splitter({
  label,
  className,
  axis,
  size,
  least,
  most,
  step,
  grows,
  resize,
}: {
  label: string;
  className: string;
  /** The direction in which the edge moves. */
  axis: "x" | "y";
  size: number;
  least: number;
  most?: number;
  /** Pixels that an arrow key moves it. */
  step: number;
  /** Whether moving right or down makes it larger (1) or smaller (-1). */
  grows: 1 | -1;
  resize: (size: number) => void;
}) {
  const from = useRef<{ at: number; size: number } | null>(null);
  const at = (event: PointerEvent) => (axis === "x" ? event.clientX : event.clientY);
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    from.current = { at: at(event), size };
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (from.current) {
      resize(from.current.size + grows * (at(event) - from.current.at));
    }
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const [back, forth] = axis === "x" ? ["ArrowLeft", "ArrowRight"] : ["ArrowUp", "ArrowDown"];
    if (event.key === back || event.key === forth) {
      event.preventDefault();
      resize(size + grows * (event.key === forth ? step : -step));
    }
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule that can be dragged is a separator, not an hr
    <div
      aria-label={label}
      aria-orientation={axis === "x" ? "vertical" : "horizontal"}
      aria-valuemax={most}
      aria-valuemin={least}
      aria-valuenow={size}
      className={className}
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
