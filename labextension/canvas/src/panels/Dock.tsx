import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from "react";
import { useSession, useView } from "../state/session";
import { dockWidth, LEAST_DOCK, type Tab, useLayout } from "./layout";

const TITLES: Record<Tab, string> = { spec: "Spec", palette: "Palette", outline: "Outline" };
const MOST = 640;

/** A column beside the canvas that holds one panel, with tabs where several share it. */
export function Dock({
  side,
  tabs,
  children,
}: {
  side: "left" | "right";
  tabs: readonly Tab[];
  children: ReactNode;
}) {
  const session = useSession();
  const layout = useLayout();
  const panels = useView((state) => state.panels);
  const room = useView((state) => state.width);
  const current = side === "left" ? layout.leftTab : layout.rightTab;
  const style = side === "right" ? { width: dockWidth(panels, room) } : {};
  return (
    <div className={`ddd-dock ddd-dock-${side}`} style={style}>
      {side === "right" ? <Sash /> : null}
      {tabs.length > 1 ? (
        <div className="ddd-tabs">
          {tabs.map((tab) => (
            <button
              aria-pressed={tab === current}
              className="ddd-tab ddd-bare"
              key={tab}
              onClick={() => session.panel({ tab })}
              type="button"
            >
              {TITLES[tab]}
            </button>
          ))}
        </div>
      ) : null}
      {children}
    </div>
  );
}

/** The edge by which the dock is made wider or narrower. */
function Sash() {
  const session = useSession();
  const width = useView((state) => state.panels.width);
  const from = useRef<{ x: number; width: number } | null>(null);
  const resize = (to: number) => session.panel({ width: Math.min(MOST, Math.max(LEAST_DOCK, to)) });
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    from.current = { x: event.clientX, width };
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (from.current) {
      resize(from.current.width + from.current.x - event.clientX);
    }
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const by = { ArrowLeft: 20, ArrowRight: -20 }[event.key];
    if (by) {
      event.preventDefault();
      resize(width + by);
    }
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule that can be dragged is a separator, not an hr
    <div
      aria-label="Width of the panel"
      aria-orientation="vertical"
      aria-valuemax={MOST}
      aria-valuemin={LEAST_DOCK}
      aria-valuenow={width}
      className="ddd-sash"
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
