import { counted } from "../page/words";
import type { FlowGraph, FlowTrace, GraphFlow, GraphKind, GraphLink } from "../protocol";

export const FILTERS = ["text", "domain", "event", "schema"] as const;
export type FilterBy = (typeof FILTERS)[number];

/** What is picked out of the map: all else is dimmed. */
export interface Picked {
  /** Ids of flows and schemas. */
  readonly ids: ReadonlySet<string>;
  /** The links to show among them; all if left out. */
  readonly links?: ReadonlySet<string>;
}

/** All links between two domains. */
export interface Bundle {
  readonly source: string;
  readonly target: string;
  readonly kind: GraphKind;
  readonly count: number;
}

/** The same link is called the same, whoever speaks of it. */
export function linkId(link: Pick<GraphLink, "source" | "target" | "kind">): string {
  return `${link.kind}: ${link.source} → ${link.target}`;
}

/** The map of all flows, looked through in every direction. */
export class FlowModel {
  readonly flows: ReadonlyMap<string, GraphFlow>;
  private readonly links = new Map<string, GraphLink>();
  private readonly at = new Map<string, GraphLink[]>();
  private readonly homes = new Map<string, string>();
  private readonly centres: ReadonlyMap<string, { x: number; y: number }>;

  constructor(readonly graph: FlowGraph) {
    this.flows = new Map(graph.flows.map((flow) => [flow.id, flow]));
    this.centres = new Map(
      [...graph.flows, ...graph.schemas].map(({ id, x, y, width, height }) => [
        id,
        { x: x + width / 2, y: y + height / 2 },
      ]),
    );
    for (const link of graph.links) {
      this.links.set(linkId(link), link);
      for (const end of new Set([link.source, link.target])) {
        const links = this.at.get(end);
        links ? links.push(link) : this.at.set(end, [link]);
      }
    }
    for (const flow of graph.flows) {
      this.homes.set(flow.id, flow.domain);
    }
    for (const schema of graph.schemas) {
      const { x, y } = schema;
      const home = graph.domains.find(
        (one) => one.x <= x && x < one.x + one.width && one.y <= y && y < one.y + one.height,
      );
      this.homes.set(schema.id, home?.id ?? "");
    }
  }

  /** What a flow or schema is called. */
  nameOf(id: string): string {
    return this.flows.get(id)?.name ?? id.replace(/^schema:/, "");
  }

  /** What is to be said of a flow, schema or link in a few lines; the first names it. */
  linesOf(id: string): string[] {
    const flow = this.flows.get(id);
    if (flow) {
      return [flow.name, id, flow.trigger, counted(this.linksOf(id).length, "link")];
    }
    if (id.startsWith("schema:")) {
      return [this.nameOf(id), "Shared schema", counted(this.linksOf(id).length, "link")];
    }
    const link = this.links.get(id);
    if (!link) {
      const domain = this.graph.domains.find((one) => id === `domain:${one.id}`);
      return domain ? [domain.name, counted(domain.flows, "flow")] : [];
    }
    const words = this.graph.signs.find(({ kind }) => kind === link.kind)?.words ?? "";
    const ends = `${this.nameOf(link.source)} → ${this.nameOf(link.target)}`;
    return [ends, words, link.via.join(", ")];
  }

  /** The links of a flow or schema, in both directions. */
  linksOf(id: string): readonly GraphLink[] {
    return this.at.get(id) ?? [];
  }

  /** The domain in which a flow or schema lies. */
  homeOf(id: string): string {
    return this.homes.get(id) ?? "";
  }

  /** The middle of a flow or schema. */
  centreOf(id: string): { x: number; y: number } {
    return this.centres.get(id) ?? { x: 0, y: 0 };
  }

  /** How many links there are of each kind. */
  counts(): Map<GraphKind, number> {
    const counts = new Map<GraphKind, number>();
    for (const { kind } of this.graph.links) {
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
    return counts;
  }

  /** The names to choose from when filtering. */
  names(by: FilterBy): string[] {
    const { domains, links, schemas } = this.graph;
    switch (by) {
      case "domain":
        return domains.map(({ name }) => name);
      case "schema":
        return schemas.map(({ name }) => name);
      case "event": {
        const events = links.filter(({ kind }) => kind === "event").flatMap(({ via }) => via);
        return [...new Set(events)].sort();
      }
      default:
        return [];
    }
  }

  /** What has some words in its name, its domain, or the events or schemas that it is linked by. */
  matching(by: FilterBy, words: string): Picked {
    const wanted = words.trim().toLowerCase();
    const fits = (text: string) => text.toLowerCase().includes(wanted);
    if (by === "event" || by === "schema") {
      const links = this.graph.links.filter(
        ({ kind, via, target }) =>
          kind === by && (by === "event" ? via.some(fits) : fits(this.nameOf(target))),
      );
      const ids = new Set(links.flatMap(({ source, target }) => [source, target]));
      return { ids, links: new Set(links.map(linkId)) };
    }
    if (by === "domain") {
      const domains = this.graph.domains.filter(({ id, name }) => fits(id) || fits(name));
      const names = new Set(domains.map(({ id }) => id));
      const own = [...this.homes].filter(([, home]) => names.has(home));
      return { ids: new Set(own.map(([id]) => id)) };
    }
    const flows = this.graph.flows.filter(
      ({ id, name, trigger }) => fits(id) || fits(name) || fits(trigger),
    );
    return { ids: new Set(flows.map(({ id }) => id)) };
  }

  /** A flow with all that is at most so many links away, whichever way they lead. */
  around(id: string, depth: number, kinds: ReadonlySet<GraphKind>): Picked {
    const ids = new Set([id]);
    let edge = [id];
    for (let step = 0; step < depth && edge.length > 0; step++) {
      const next: string[] = [];
      for (const one of edge) {
        for (const { source, target, kind } of this.linksOf(one)) {
          const other = source === one ? target : source;
          if (kinds.has(kind) && !ids.has(other)) {
            ids.add(other);
            next.push(other);
          }
        }
      }
      edge = next;
    }
    return { ids };
  }

  /** What a trace reaches, and the links that it follows. */
  followed(trace: FlowTrace): Picked {
    return { ids: new Set(Object.keys(trace.flows)), links: new Set(trace.steps.map(linkId)) };
  }

  /** Links that lead from a domain to another. */
  between(links: readonly GraphLink[]): GraphLink[] {
    return links.filter(({ source, target }) => this.homeOf(source) !== this.homeOf(target));
  }

  /** Links between different domains, those of a kind between two domains as one. */
  bundles(links: Iterable<GraphLink>): Bundle[] {
    const bundles = new Map<string, { -readonly [Key in keyof Bundle]: Bundle[Key] }>();
    for (const { source, target, kind } of links) {
      const [from, to] = [this.homeOf(source), this.homeOf(target)];
      const id = linkId({ source: from, target: to, kind });
      const bundle = bundles.get(id) ?? { source: from, target: to, kind, count: 0 };
      bundle.count++;
      bundles.set(id, bundle);
    }
    return [...bundles.values()];
  }
}
