import { Splitter } from "./Splitter";

/** The least height of the widget, in pixels. */
export const SMALLEST = 320;

export interface Height {
  readonly pixels: number;
  readonly choose: (pixels: number) => void;
}

/** The lower edge of the widget, by which it is made taller or shorter. */
export function HeightHandle({ pixels, choose }: Height) {
  return (
    <Splitter
      axis="y"
      className="ddd-height-handle"
      grows={1}
      label="Height of the canvas"
      least={SMALLEST}
      resize={choose}
      size={pixels}
      step={40}
    />
  );
}
