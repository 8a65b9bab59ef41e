import type { Board } from "../protocol";
import type { Point } from "../state/types";

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

export type Direction = Board["direction"];
