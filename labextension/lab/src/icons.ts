import { LabIcon } from "@jupyterlab/ui-components";

/** An icon of 16 by 16 that takes the colour of JupyterLab's own. */
function icon(name: string, shape: string): LabIcon {
  return new LabIcon({
    name: `ddd-lab:${name}`,
    svgstr: `<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 16 16"><g class="jp-icon3" style="fill:none" stroke="#616161" stroke-width="1.4" stroke-linejoin="round">${shape}</g></svg>`,
  });
}

const CARDS = `<rect x="1.7" y="5.7" width="4.6" height="4.6" rx="1"/><rect x="9.7" y="1.7" width="4.6" height="4.6" rx="1"/><rect x="9.7" y="9.7" width="4.6" height="4.6" rx="1"/><path d="M6.3 8H8V4h1.7M8 8v4h1.7"/>`;

/** Cards of a flow, joined. */
export const designIcon = icon("design", CARDS);
/** Flows of several domains, linked. */
export const flowMapIcon = icon(
  "flow-map",
  `<circle cx="3.5" cy="3.5" r="2"/><circle cx="12.5" cy="5.5" r="2"/><circle cx="5.5" cy="12.5" r="2"/><path d="M5.5 4l5 1M4 5.5l1 5M7 11l4-4"/>`,
);
export const domainIcon = icon(
  "domain",
  `<rect x="1.5" y="2.5" width="13" height="11" rx="1.5"/><path d="M1.5 6h13"/>`,
);
export const flowIcon = icon(
  "flow",
  `<circle cx="3.5" cy="8" r="2"/><path d="M5.5 8h4"/><rect x="9.5" y="5.5" width="5" height="5" rx="1"/>`,
);
export const agentIcon = icon(
  "agent",
  `<rect x="2.5" y="5.5" width="11" height="8" rx="2"/><path d="M8 5.5v-3M6 9v1.5M10 9v1.5"/>`,
);
export const schemaIcon = icon(
  "schema",
  `<rect x="2.5" y="1.5" width="11" height="13" rx="1"/><path d="M5 5h6M5 8h6M5 11h4"/>`,
);
/** A branch that leaves another one. */
export const gitIcon = icon(
  "git",
  `<circle cx="4" cy="3.4" r="1.8"/><circle cx="4" cy="12.6" r="1.8"/><circle cx="12" cy="6" r="1.8"/><path d="M4 5.2v5.6M12 7.8c0 2.6-3.6 2-6.6 3.7"/>`,
);
/** Two cards, one of them struck out by the other. */
export const diffIcon = icon(
  "design-diff",
  `<rect x="1.7" y="1.7" width="8" height="6" rx="1" stroke-dasharray="2 1.4"/><rect x="6.3" y="8.3" width="8" height="6" rx="1"/><path d="M8.3 11.3h4M10.3 9.6v3.4"/>`,
);
