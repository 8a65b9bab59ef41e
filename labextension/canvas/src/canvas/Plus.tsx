import type { CSSProperties } from "react";
import { searchTypes } from "../state/adding";
import { useSession } from "../state/session";
import type { Place } from "../state/types";

/** A button that adds a card where it is; the key A does the same for what is selected. */
export function Plus({
  label,
  place,
  style,
  onLeave,
}: {
  label: string;
  place: Place;
  style: CSSProperties;
  onLeave?: () => void;
}) {
  const session = useSession();
  return (
    <button
      aria-label={label}
      className="ddd-plus ddd-bare nodrag nopan"
      data-link-id={place.kind === "line" ? place.link : undefined}
      onClick={(event) => {
        event.stopPropagation();
        const box = event.currentTarget.getBoundingClientRect();
        const root = session.root?.getBoundingClientRect();
        const near = { x: box.right - (root?.left ?? 0), y: box.top - (root?.top ?? 0) };
        searchTypes(session, place, near);
      }}
      onDoubleClick={(event) => event.stopPropagation()}
      onPointerLeave={onLeave}
      style={style}
      tabIndex={-1}
      title={`${label} (A)`}
      type="button"
    >
      <span aria-hidden="true">+</span>
    </button>
  );
}
