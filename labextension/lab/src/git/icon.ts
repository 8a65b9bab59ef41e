import { LabIcon } from "@jupyterlab/ui-components";

/** A branch that leaves another one. */
export const gitIcon = new LabIcon({
  name: "ddd-lab:git",
  svgstr: `<svg xmlns="http://www.w3.org/2000/svg" width="16" viewBox="0 0 24 24">
  <g class="jp-icon3" fill="none" stroke="#616161" stroke-width="2" stroke-linecap="round">
    <circle cx="6" cy="5" r="2.5"/><circle cx="6" cy="19" r="2.5"/><circle cx="18" cy="9" r="2.5"/>
    <path d="M6 7.5v9M18 11.5c0 4-6 3-10 5.5"/>
  </g>
</svg>`,
});
