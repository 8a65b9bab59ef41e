import { createContext } from "react";
import type { Direction } from "./geometry";

/** Below this zoom words cannot be read, and cards are drawn as plain boxes. */
export const PLAIN_BELOW = 0.4;

/** What cards and lines need to know of the whole board. */
export interface BoardState {
  readonly direction: Direction;
  /** Cards are drawn as plain boxes, lines without labels. */
  readonly plain: boolean;
  /** Plain boxes have their titles, large: there are few of them. */
  readonly titled: boolean;
}

/** Up to this many cards a board shows their titles from afar. */
export const FEW = 60;

export const BoardContext = createContext<BoardState>({
  direction: "right",
  plain: false,
  titled: false,
});
