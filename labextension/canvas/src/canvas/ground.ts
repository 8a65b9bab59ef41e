import { createContext } from "react";
import type { Direction } from "./geometry";
import { Obstacles } from "./route";
import type { Slots } from "./slots";

/** Below this zoom words cannot be read, and cards are drawn as plain boxes. */
export const PLAIN_BELOW = 0.4;

/** What cards and lines need to know of the whole board. */
export interface Ground {
  readonly obstacles: Obstacles;
  /** On maps, where lines meet cards; null on flow sheets, where ports say so. */
  readonly slots: ReadonlyMap<string, Slots> | null;
  readonly direction: Direction;
  /** Cards are drawn as plain boxes, lines without labels. */
  readonly plain: boolean;
}

export const GroundContext = createContext<Ground>({
  obstacles: new Obstacles([]),
  slots: null,
  direction: "right",
  plain: false,
});
