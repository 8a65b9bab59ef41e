import type { Core } from "cytoscape";
import type { FlowGraph, FlowMarks, FlowTrace, MarkedBy } from "../protocol";

/** What the map needs of where it is shown: a cell with its kernel, or a tab with the server. */
export interface Surroundings {
  graph(): Promise<FlowGraph>;
  marks(by: MarkedBy): Promise<FlowMarks>;
  /** Where a flow leads, to its ends. */
  trace(flow: string): Promise<FlowTrace>;
  /** An empty graph of Cytoscape in an element. */
  cytoscape(container: HTMLElement): Promise<Core>;
  /** Show a flow. */
  open(flow: string): void;
  /** A picture to show where there is no Cytoscape, as SVG; none if there is no way to get one. */
  picture?(theme: "light" | "dark"): Promise<string>;
}
