import { Panel, type ReactFlowState, useReactFlow, useStore } from "@xyflow/react";
import { useCallback } from "react";
import type { Sheet } from "../state/sheet";

const WAYS = [
  { name: "left", sign: "←", dx: 1, dy: 0 },
  { name: "up", sign: "↑", dx: 0, dy: 1 },
  { name: "down", sign: "↓", dx: 0, dy: -1 },
  { name: "right", sign: "→", dx: -1, dy: 0 },
] as const;

/** How much of the view one step goes on. */
const STEP = 0.75;

/** How many cards lie beyond each side of the view, each number a way to go there. */
export function OffscreenMarkers({ sheet }: { sheet: Sheet }) {
  const flow = useReactFlow();
  // A text, so that a view that moves renders this only when a number changes.
  const counted = useStore(
    useCallback((view: ReactFlowState) => beyond(sheet, view).join(" "), [sheet]),
  );
  const size = useStore((view) => `${view.width} ${view.height}`);
  const counts = counted.split(" ").map(Number);
  const go = (dx: number, dy: number) => {
    const [width = 0, height = 0] = size.split(" ").map(Number);
    const { x, y, zoom } = flow.getViewport();
    void flow.setViewport({ x: x + dx * width * STEP, y: y + dy * height * STEP, zoom });
  };
  return (
    <Panel className="ddd-beyond" position="bottom-right">
      {WAYS.map(({ name, sign, dx, dy }, index) => {
        const count = counts[index] ?? 0;
        return count > 0 ? (
          <button
            aria-label={`${count} more ${name}`}
            className="ddd-chip"
            key={name}
            onClick={() => go(dx, dy)}
            title={`${count === 1 ? "1 card lies" : `${count} cards lie`} further ${name}`}
            type="button"
          >
            {name === "left" ? `${sign} ${count}` : `${count} ${sign}`}
          </button>
        ) : null;
      })}
    </Panel>
  );
}

type View = Pick<ReactFlowState, "transform" | "width" | "height">;

/** Cards beyond the left, upper, lower and right side of the view; none counts twice. */
export function beyond(
  sheet: Sheet,
  { transform: [x, y, zoom], width, height }: View,
): [number, number, number, number] {
  const counts: [number, number, number, number] = [0, 0, 0, 0];
  for (const card of sheet.cards.values()) {
    const middle = (card.x + card.width / 2) * zoom + x;
    const level = (card.y + card.height / 2) * zoom + y;
    if (middle < 0) {
      counts[0] += 1;
    } else if (middle > width) {
      counts[3] += 1;
    } else if (level < 0) {
      counts[1] += 1;
    } else if (level > height) {
      counts[2] += 1;
    }
  }
  return counts;
}
