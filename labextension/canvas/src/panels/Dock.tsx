import type { ReactNode } from "react";
import { useSession, useView } from "../state/session";
import { closeDrawer, dockWidth, isNarrow, LEAST_DOCK, type Tab, useLayout } from "./layout";
import { Splitter } from "./Splitter";
import { ToolButton } from "./ToolButton";

const TITLES: Record<Tab, string> = {
  spec: "Spec",
  palette: "Palette",
  outline: "Outline",
  assistant: "Assistant",
};
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
  const narrow = isNarrow(room);
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
              onClick={() =>
                session.panel(
                  layout.wide && (tab === "spec" || tab === "assistant") ? { front: tab } : { tab },
                )
              }
              type="button"
            >
              {TITLES[tab]}
            </button>
          ))}
          {narrow ? (
            <ToolButton
              icon="close"
              label="Close the panel"
              onPress={() => closeDrawer(session)}
              title="Close (Esc)"
            />
          ) : null}
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
  return (
    <Splitter
      axis="x"
      className="ddd-sash"
      grows={-1}
      label="Width of the panel"
      least={LEAST_DOCK}
      most={MOST}
      resize={(to) => session.panel({ width: Math.min(MOST, Math.max(LEAST_DOCK, to)) })}
      size={width}
      step={20}
    />
  );
}
