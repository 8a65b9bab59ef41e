import * as React from "react";
import type { ProjectState } from "../../protocol";
import type { PanelModel } from "../model";

/** What every part of the panel may use: its model, and how the project stands. */
export interface Shown {
  readonly model: PanelModel;
  readonly state: ProjectState;
}

export const ShownContext = React.createContext<Shown | null>(null);

export function useShown(): Shown {
  const shown = React.useContext(ShownContext);
  if (shown === null) {
    throw new Error("a part of the panel stands outside of it");
  }
  return shown;
}
