import type { Board } from "../protocol";
import type { Point } from "../state/types";

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Box extends Point, Size {}

export type Direction = Board["direction"];
