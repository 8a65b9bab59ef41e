import { LabIcon } from "@jupyterlab/ui-components";

/** Two cards, one of them struck out by the other. */
export const diffIcon = new LabIcon({
  name: "ddd-lab:design-diff",
  svgstr: `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16">
  <g class="jp-icon3" fill="none" stroke="#616161" stroke-width="1.4">
    <rect x="1.7" y="1.7" width="8" height="6" rx="1" stroke-dasharray="2 1.4"/>
    <rect x="6.3" y="8.3" width="8" height="6" rx="1"/>
    <path d="M8.3 11.3h4M10.3 9.6v3.4"/>
  </g>
</svg>`,
});
