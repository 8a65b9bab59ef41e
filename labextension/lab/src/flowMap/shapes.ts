import type { ElementDefinition } from "cytoscape";
import type { GraphArea, GraphLink } from "../protocol";
import { type Bundle, type FlowModel, linkId } from "./model";

/** What a flow is, before its name: not only its shape says so. */
const SIGNS = { flow: "", agent: "◆ ", orchestration: "⊛ ", missing: "⚠ " } as const;

/** All nodes: domains with their titles, flows, schemas. */
export function nodes(
  { graph }: FlowModel,
  colour: (flow: string, domain: string) => string,
): ElementDefinition[] {
  const { domains, flows, schemas } = graph;
  return [
    ...domains.flatMap((one) => [
      node(one, `domain:${one.id}`, "domain", { domain: one.id }),
      // Its upper side, as a node of its own that lies above the links.
      node({ ...one, height: 1 }, `title:${one.id}`, "title", {
        domain: one.id,
        middle: one.height / 2,
      }),
    ]),
    ...flows.map((one) =>
      node(one, one.id, `flow ${one.sort}`, {
        title: SIGNS[one.sort] + one.name,
        colour: colour(one.id, one.domain),
      }),
    ),
    ...schemas.map((one) => node(one, one.id, "schema", {})),
  ];
}

function node(
  { x, y, width, height, name }: GraphArea,
  id: string,
  classes: string,
  more: object,
): ElementDefinition {
  return {
    group: "nodes",
    data: { id, title: name, label: "", mark: "", width, height, ...more },
    position: { x: x + width / 2, y: y + height / 2 },
    classes,
    grabbable: false,
  };
}

/** A link as its route leads it, which Cytoscape takes as ways along and beside a straight line. */
export function edge(link: GraphLink, model: FlowModel): ElementDefinition {
  const { source, target, kind, points } = link;
  const data: ElementDefinition["data"] = { id: linkId(link), source, target };
  const [a, b] = [model.centreOf(source), model.centreOf(target)];
  const [x, y] = [b.x - a.x, b.y - a.y];
  const length = Math.hypot(x, y);
  if (points.length < 4 || length === 0) {
    return { group: "edges", data, classes: kind };
  }
  const corners: [number, number][] = [];
  for (let at = 0; at < points.length; at += 2) {
    corners.push([points[at] as number, points[at + 1] as number]);
  }
  const [first, last] = [corners.shift(), corners.pop()] as [[number, number], [number, number]];
  const middle: [number, number] = [(first[0] + last[0]) / 2, (first[1] + last[1]) / 2];
  const ways = (corners.length > 0 ? corners : [middle]).map(([px, py]) => {
    const [dx, dy] = [px - a.x, py - a.y];
    return [(dx * x + dy * y) / length ** 2, (dy * x - dx * y) / length] as const;
  });
  return {
    group: "edges",
    data: {
      ...data,
      weights: ways.map(([along]) => along.toFixed(4)).join(" "),
      distances: ways.map(([, beside]) => beside.toFixed(2)).join(" "),
      from: `${first[0] - a.x}px ${first[1] - a.y}px`,
      to: `${last[0] - b.x}px ${last[1] - b.y}px`,
    },
    classes: `${kind} routed`,
  };
}

/** All links of a kind between two domains, as one; it says how many they are. */
export function bundle({ source, target, kind, count }: Bundle): ElementDefinition {
  const ends = { source: `domain:${source}`, target: `domain:${target}`, kind };
  return {
    group: "edges",
    data: { id: linkId(ends), ...ends, label: count > 1 ? String(count) : "" },
    classes: `bundle ${kind}`,
  };
}
