import type { Core, ElementDefinition, EventObject, Position } from "cytoscape";
import type { Theme } from "../page/theme";
import type { FlowMarks, GraphArea, GraphKind, GraphLink } from "../protocol";
import { FAR, hueOf, onCard, styleSheet, titled, toneOf } from "./look";
import { type FlowModel, linkId, type Picked } from "./model";
import { bundle, edge, nodes } from "./shapes";

/** Links between domains up to which each is drawn by itself. */
const FEW_LINKS = 80;
/** Bundles of links that are drawn at once: more of them hide each other. */
export const MOST_BUNDLES = 150;
/** Links of what is picked that are drawn at once. */
const MOST_LINKS = 1_500;
/** Milliseconds without a move after which lines and texts fit the zoom. */
const SETTLED = 120;
/** Pixels on the screen around what is brought into view. */
const MARGIN = 16;

/** What people do on the map. */
export interface Gestures {
  open(flow: string): void;
  select(id: string): void;
  hover(id: string | null, at: { x: number; y: number }): void;
}

/** The graph in Cytoscape: all nodes in one call, and only the links that can be told apart. */
export class Drawing {
  private kinds: ReadonlySet<GraphKind> = new Set();
  private picked: Picked | null = null;
  private marks: FlowMarks | null = null;
  private selected = "";
  private sheet = "";
  private timer = 0;
  /** What was brought into view last, and the view since. */
  private fitted: { areas: readonly GraphArea[]; zoom: number; pan: Position } | null = null;

  constructor(
    private readonly cy: Core,
    private readonly model: FlowModel,
    private theme: Theme,
    kinds: ReadonlySet<GraphKind>,
    gestures: Gestures,
  ) {
    this.kinds = kinds;
    const hues = new Map(model.graph.domains.map(({ id }, index) => [id, index]));
    this.colourOf = (flow, domain) =>
      this.marks === null
        ? hueOf(hues.get(domain) ?? 0, this.theme)
        : toneOf(this.marks.marks[flow]?.tone ?? "none", this.theme);
    // First the view, then the style, then the nodes: each of them is looked at once.
    this.view();
    this.restyle();
    cy.add(nodes(model, this.colourOf));
    this.settle();
    this.listen(gestures);
  }

  dispose(): void {
    window.clearTimeout(this.timer);
    this.cy.destroy();
  }

  setTheme(theme: Theme): void {
    this.theme = theme;
    this.setMarks(this.marks);
  }

  setKinds(kinds: ReadonlySet<GraphKind>): void {
    this.kinds = kinds;
    this.settle();
  }

  /** Colour flows by their domain, or by how they stand. */
  setMarks(marks: FlowMarks | null): void {
    this.marks = marks;
    this.cy.batch(() => {
      for (const node of this.cy.nodes(".flow")) {
        const mark = marks?.marks[node.id()];
        node.data({
          colour: this.colourOf(node.id(), this.model.homeOf(node.id())),
          mark: mark ? ` ${mark.text}` : "",
        });
      }
    });
    this.restyle();
    this.settle();
  }

  /** Show only some flows, dim all else; all of them where it is null. */
  setPicked(picked: Picked | null): void {
    this.picked = picked;
    const homes = new Set([...(picked?.ids ?? [])].map((id) => this.model.homeOf(id)));
    this.cy.batch(() => {
      for (const node of this.cy.nodes()) {
        const domain = node.data("domain");
        const shown = domain === undefined ? picked?.ids.has(node.id()) : homes.has(domain);
        node.toggleClass("dim", picked !== null && !shown);
      }
    });
    this.settle();
  }

  /** Go to a flow or schema, and mark it. */
  select(id: string): void {
    this.selected = id;
    this.show([id]);
  }

  /** Bring flows into view; all that is picked where none is named. */
  show(ids?: Iterable<string>): void {
    this.view(ids ?? this.picked?.ids);
    this.settle();
  }

  /** Move the view, in pixels on the screen, or zoom around its middle. */
  move(x: number, y: number, zoom = 1): void {
    this.cy.panBy({ x, y });
    const { width, height } = this.size;
    const renderedPosition = { x: width / 2, y: height / 2 };
    this.cy.zoom({ level: this.cy.zoom() * zoom, renderedPosition });
  }

  private readonly colourOf: (flow: string, domain: string) => string;

  private get size(): { width: number; height: number } {
    const { clientWidth = 0, clientHeight = 0 } = this.cy.container() ?? {};
    return { width: Math.max(clientWidth, 100), height: Math.max(clientHeight, 100) };
  }

  private listen(gestures: Gestures): void {
    const { cy } = this;
    cy.on("tap", "node.flow", ({ target, originalEvent }: EventObject) =>
      (originalEvent as MouseEvent).shiftKey
        ? gestures.select(target.id())
        : gestures.open(target.id()),
    );
    cy.on("cxttap taphold", "node.flow, node.schema", ({ target }: EventObject) =>
      gestures.select(target.id()),
    );
    cy.on("tap", "node.schema", ({ target }: EventObject) => gestures.select(target.id()));
    cy.on("tap", "node.domain", ({ target }: EventObject) => {
      const domain = this.model.graph.domains.find(({ id }) => id === target.data("domain"));
      this.fit(domain ? [domain] : []);
      this.settle();
    });
    cy.on("mouseover", "node, edge", ({ target, renderedPosition }: EventObject) => {
      if (target.isNode()) {
        this.light(target.id());
      }
      gestures.hover(target.id(), renderedPosition);
    });
    cy.on("mouseout", "node, edge", () => {
      this.light(this.selected);
      gestures.hover(null, { x: 0, y: 0 });
    });
    cy.on("resize", () => this.refit());
    cy.on("viewport resize", () => {
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.settle(), SETTLED);
    });
  }

  private view(ids?: Iterable<string>): void {
    const { domains, flows, schemas } = this.model.graph;
    const wanted = ids && new Set(ids);
    this.fit(wanted ? [...flows, ...schemas].filter(({ id }) => wanted.has(id)) : domains);
  }

  /** Bring areas into view; Cytoscape would measure every text first. */
  private fit(areas: readonly GraphArea[]): void {
    if (areas.length === 0) {
      return;
    }
    const [left, right, top, bottom] = areas.reduce(
      ([l, r, t, b], { x, y, width, height }) => [
        Math.min(l, x),
        Math.max(r, x + width),
        Math.min(t, y),
        Math.max(b, y + height),
      ],
      [Infinity, -Infinity, Infinity, -Infinity] as [number, number, number, number],
    );
    const { width, height } = this.size;
    const [across, down] = [width - 2 * MARGIN, height - 2 * MARGIN];
    const zoom = Math.min(1, across / (right - left), down / (bottom - top));
    const pan = {
      x: width / 2 - (zoom * (left + right)) / 2,
      y: height / 2 - (zoom * (top + bottom)) / 2,
    };
    this.cy.viewport({ zoom, pan });
    this.fitted = { areas, zoom: this.cy.zoom(), pan: { ...this.cy.pan() } };
  }

  /** Keep in view what was brought there, unless the view was moved since. */
  private refit(): void {
    const { x, y } = this.cy.pan();
    const { areas, zoom, pan } = this.fitted ?? {};
    if (areas !== undefined && zoom === this.cy.zoom() && pan?.x === x && pan.y === y) {
      this.fit(areas);
    }
  }

  /** Let lines and texts fit the zoom, and draw the links that can be told apart there. */
  private settle(): void {
    const zoom = this.cy.zoom();
    const links = this.links(zoom >= FAR);
    this.cy.batch(() => {
      for (const drawn of this.cy.edges()) {
        if (!links.delete(drawn.id())) {
          drawn.remove();
        }
      }
      this.cy.add([...links.values()]);
      this.label(zoom);
    });
    const sheet = this.sheetAt(zoom);
    if (sheet !== this.sheet) {
      this.restyle();
    }
    this.light(this.selected);
  }

  private sheetAt(zoom: number): string {
    return `${this.theme} ${zoom.toFixed(5)}`;
  }

  private restyle(): void {
    const zoom = this.cy.zoom();
    this.sheet = this.sheetAt(zoom);
    const { signs } = this.model.graph;
    // biome-ignore lint/suspicious/noExplicitAny: Cytoscape's types know the getter only
    (this.cy as any).style(styleSheet(this.theme, zoom, zoom < FAR, signs));
  }

  /** Write on cards in view what they have room for, and on domains where it fits. */
  private label(zoom: number): void {
    for (const { id, name, width } of this.model.graph.domains) {
      this.cy.getElementById(`title:${id}`).data("label", titled(name, width, zoom));
    }
    if (zoom >= FAR) {
      const { flows, schemas } = this.model.graph;
      for (const { id, width, height } of this.inView([...flows, ...schemas])) {
        const node = this.cy.getElementById(id);
        node.data("label", onCard(node.data("title") + node.data("mark"), width, height, zoom));
      }
    }
  }

  private inView<Area extends GraphArea>(areas: readonly Area[]): Area[] {
    const { x1, y1, x2, y2 } = this.cy.extent();
    return areas.filter(
      ({ x, y, width, height }) => x < x2 && x + width > x1 && y < y2 && y + height > y1,
    );
  }

  /** The links to draw, by their ids. */
  private links(near: boolean): Map<string, ElementDefinition> {
    const { picked, kinds, model } = this;
    const shown = model.graph.links.filter(({ kind }) => kinds.has(kind));
    if (picked !== null) {
      const links = shown.filter(
        (link) =>
          picked.ids.has(link.source) &&
          picked.ids.has(link.target) &&
          (picked.links?.has(linkId(link)) ?? true),
      );
      if (links.length <= MOST_LINKS) {
        return this.drawn(links);
      }
    }
    const between = model.between(shown);
    const within = shown.filter(
      ({ source, target }) => model.homeOf(source) === model.homeOf(target),
    );
    const domains = new Set(this.inView(model.graph.domains).map(({ id }) => id));
    const own =
      near || within.length <= FEW_LINKS
        ? within.filter(({ source }) => domains.has(model.homeOf(source)))
        : [];
    if (between.length <= FEW_LINKS) {
      return this.drawn([...between, ...own]);
    }
    const bundles = model
      .bundles(between)
      .filter(({ source, target }) => domains.has(source) || domains.has(target));
    const few = bundles.length <= MOST_BUNDLES ? bundles : [];
    return new Map([...this.drawn(own), ...byId(few.map(bundle))]);
  }

  private drawn(links: readonly GraphLink[]): Map<string, ElementDefinition> {
    return byId(links.map((link) => edge(link, this.model)));
  }

  /** Mark a node and its links, those that are not drawn otherwise too. */
  private light(id: string): void {
    this.cy.batch(() => {
      this.cy.elements(".lit").removeClass("lit");
      this.cy.edges(".extra").remove();
      const node = this.cy.getElementById(id);
      if (id === "" || node.empty()) {
        return;
      }
      node.addClass("lit");
      for (const [name, one] of this.linksAt(id, node.data("domain"))) {
        const drawn = this.cy.getElementById(name);
        (drawn.empty() ? this.cy.add(one).addClass("extra") : drawn).addClass("lit");
      }
    });
  }

  private linksAt(id: string, domain?: string): Map<string, ElementDefinition> {
    const shown = ({ kind }: GraphLink) => this.kinds.has(kind);
    if (domain === undefined) {
      return this.drawn(this.model.linksOf(id).filter(shown));
    }
    if (this.picked !== null) {
      return new Map();
    }
    const bundles = this.model
      .bundles(this.model.graph.links.filter(shown))
      .filter(
        ({ source, target }) => source !== target && (source === domain || target === domain),
      );
    const drawn = bundles.length <= MOST_BUNDLES ? bundles : [];
    return byId(drawn.map(bundle));
  }
}

function byId(elements: readonly ElementDefinition[]): Map<string, ElementDefinition> {
  return new Map(elements.map((one) => [one.data.id as string, one]));
}
