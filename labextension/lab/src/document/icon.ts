import { LabIcon } from "@jupyterlab/ui-components";

/** Cards of a flow, joined. */
export const designIcon = new LabIcon({
  name: "ddd-lab:design",
  svgstr: `<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16" viewBox="0 0 16 16">
  <g class="jp-icon3" fill="none" stroke="#616161" stroke-width="1.4">
    <rect x="1.7" y="5.7" width="4.6" height="4.6" rx="1"/>
    <rect x="9.7" y="1.7" width="4.6" height="4.6" rx="1"/>
    <rect x="9.7" y="9.7" width="4.6" height="4.6" rx="1"/>
    <path d="M6.3 8H8V4h1.7M8 8v4h1.7"/>
  </g>
</svg>`,
});
