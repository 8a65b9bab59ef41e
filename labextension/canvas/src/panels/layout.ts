import { type State, useView } from "../state/session";
import { WIDE } from "../state/state";

export type Tab = State["panels"]["tab"];

export interface Layout {
  readonly wide: boolean;
  /** Tabs of the docks; null where a dock is closed. */
  readonly left: readonly Tab[] | null;
  readonly right: readonly Tab[] | null;
  readonly leftTab: Tab;
  readonly rightTab: Tab;
  /** Whether the outline stands in a dock. */
  readonly outline: boolean;
}

/** Which panels stand where, from what people opened, the width, and the kind of board. */
export function layoutOf(panels: State["panels"], width: number, hasPalette: boolean): Layout {
  if (width >= WIDE) {
    const palette = hasPalette && (panels.palette ?? true);
    const left: Tab[] = [
      ...(palette ? ["palette" as const] : []),
      ...(panels.outline ? ["outline" as const] : []),
    ];
    const leftTab =
      panels.outline && (panels.tab === "outline" || !palette) ? "outline" : "palette";
    const spec = panels.spec ?? hasPalette;
    return {
      wide: true,
      left: left.length > 0 ? left : null,
      right: spec ? ["spec"] : null,
      leftTab,
      rightTab: "spec",
      outline: left.length > 0 && leftTab === "outline",
    };
  }
  const open = panels.spec ?? hasPalette;
  const right: Tab[] = ["spec", ...(hasPalette ? ["palette" as const] : []), "outline"];
  const rightTab = right.includes(panels.tab) ? panels.tab : "spec";
  return {
    wide: false,
    left: null,
    right: open ? right : null,
    leftTab: "palette",
    rightTab,
    outline: open && rightTab === "outline",
  };
}

export function useLayout(): Layout {
  const panels = useView((state) => state.panels);
  const width = useView((state) => state.width);
  const hasPalette = useView((state) => (state.sheet?.head.palette.length ?? 0) > 0);
  return layoutOf(panels, width, hasPalette);
}
