import { createContext } from "react";
import type { Clear } from "../state/types";
import type { Direction } from "./geometry";

/** Below this zoom the cards of a large board are drawn as plain boxes. */
export const PLAIN_BELOW = 0.4;

/** Up to this many cards a board is drawn with all its words at any zoom. */
export const FEW = 150;

/** What cards and lines need to know of the whole board. */
export interface BoardState {
  /** What a filter is about; null where all is shown clearly. */
  readonly clear: Clear | null;
  readonly direction: Direction;
  /** Cards are drawn as plain boxes, lines without labels. */
  readonly plain: boolean;
}

export const BoardContext = createContext<BoardState>({
  clear: null,
  direction: "right",
  plain: false,
});
