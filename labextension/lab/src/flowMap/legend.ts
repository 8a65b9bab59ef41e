import type { GraphKind, GraphSign } from "../protocol";
import { element } from "./elements";

const SVG = "http://www.w3.org/2000/svg";

/** What the lines of the map mean; each kind can be left out. */
export function legend(
  signs: readonly GraphSign[],
  counts: ReadonlyMap<GraphKind, number>,
  shown: Set<GraphKind>,
  changed: () => void,
): HTMLElement {
  const rows = signs
    .filter(({ kind }) => counts.has(kind))
    .map((sign) => {
      const box = element("input", { type: "checkbox", checked: shown.has(sign.kind) });
      box.addEventListener("change", () => {
        box.checked ? shown.add(sign.kind) : shown.delete(sign.kind);
        changed();
      });
      const words = `${sign.words} (${counts.get(sign.kind)?.toLocaleString("en")})`;
      return element("li", {}, element("label", {}, box, sample(sign), words));
    });
  const keys = element("ul", {});
  keys.dataset.keys = "";
  const parts = element(
    "details",
    { className: "ddd-lab-flow-legend", open: true },
    element("summary", {}, "Legend"),
    element("ul", {}, ...rows),
    keys,
  );
  return parts;
}

/** How a kind of link is drawn. */
function sample({ stroke, head }: GraphSign): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 44 14");
  svg.setAttribute("width", "44");
  svg.setAttribute("height", "14");
  svg.setAttribute("aria-hidden", "true");
  const dashes = { solid: "", double: "", dashed: "6 4", dotted: "1.5 4", "dash-dot": "9 4 2 4" };
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", head === "diamond" ? "M0 7H28" : "M0 7H34");
  line.setAttribute("stroke", "currentColor");
  line.setAttribute("stroke-width", stroke === "double" ? "3.4" : "1.5");
  line.setAttribute("stroke-dasharray", dashes[stroke]);
  const tip = document.createElementNS(SVG, "path");
  const shapes = {
    filled: "M34 2L44 7L34 12Z",
    open: "M34 2L44 7L34 12L37 7Z",
    hollow: "M34 2L43 7L34 12Z",
    diamond: "M28 7L35.5 2.5L43 7L35.5 11.5Z",
    bar: "M34 2L42 7L34 12ZM43 1V13",
  };
  tip.setAttribute("d", shapes[head]);
  tip.setAttribute("fill", head === "hollow" || head === "diamond" ? "none" : "currentColor");
  tip.setAttribute("stroke", "currentColor");
  svg.append(line, tip);
  return svg;
}
