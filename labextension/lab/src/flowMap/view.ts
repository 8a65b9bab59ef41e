import { themeOfPage, watchTheme } from "../page/theme";
import { counted, words } from "../page/words";
import type { FlowTrace, GraphKind, MarkedBy, Tone } from "../protocol";
import { Drawing, MOST_BUNDLES } from "./drawing";
import { element } from "./elements";
import { legend } from "./legend";
import { toneOf } from "./look";
import { FlowModel, type Picked } from "./model";
import { Sidebar } from "./sidebar";
import type { Surroundings } from "./surroundings";
import { Toolbar } from "./toolbar";

/** Links to schemas beyond which they are not shown at first: they would hide all others. */
const MANY_SCHEMAS = 60;
/** What the colours mean that say how flows stand. */
const TONES: Readonly<Record<MarkedBy, Partial<Record<Tone | "none", string>>>> = {
  staleness: { good: "in sync", warn: "stale", none: "no code yet" },
  problems: { bad: "errors", warn: "warnings", none: "no problems" },
  tests: { good: "passed", warn: "none passed", bad: "failed", none: "not run" },
};
const KEYS: Readonly<Record<string, readonly [x: number, y: number, zoom?: number]>> = {
  ArrowLeft: [60, 0],
  ArrowRight: [-60, 0],
  ArrowUp: [0, 60],
  ArrowDown: [0, -60],
  "+": [0, 0, 1.25],
  "=": [0, 0, 1.25],
  "-": [0, 0, 0.8],
};

/** The map of all flows in an element, until it is disposed of. */
export class FlowMapView {
  private readonly graph = element("div", { className: "ddd-lab-flow-graph" });
  private readonly frame = element("div", { className: "ddd-lab-flow-frame" }, this.graph);
  private readonly status = element("p", { className: "ddd-lab-flow-status", role: "status" });
  private readonly tip = element("div", { className: "ddd-lab-flow-tip", hidden: true });
  private readonly watch: () => void;
  private model: FlowModel | null = null;
  private drawing: Drawing | null = null;
  private sidebar: Sidebar | null = null;
  private readonly toolbar = new Toolbar({
    filter: () => this.filter(),
    colour: () => void this.recolour(),
    zoom: (factor) => this.drawing?.move(0, 0, factor),
    fit: () => this.drawing?.show(),
    showAll: () => {
      this.clear();
      this.drawing?.show();
    },
    reload: () => void this.reload(),
  });
  private legend: HTMLElement | null = null;
  private kinds = new Set<GraphKind>();
  private focus: Picked | null = null;
  private disposed = false;

  constructor(
    private readonly el: HTMLElement,
    private readonly around: Surroundings,
  ) {
    el.classList.add("ddd-lab-flow-map");
    this.frame.append(this.tip);
    this.graph.tabIndex = 0;
    this.graph.setAttribute("role", "group");
    this.graph.addEventListener("keydown", (event) => this.key(event));
    this.graph.addEventListener("contextmenu", (event) => event.preventDefault());
    this.watch = watchTheme(() => this.retheme());
  }

  /** Ask for the map and show it. */
  async load(): Promise<void> {
    this.say("Reading the flows…");
    this.el.replaceChildren(this.status);
    this.el.setAttribute("aria-busy", "true");
    try {
      const model = new FlowModel(await this.around.graph());
      if (!this.disposed) {
        this.model = model;
        await this.show(model);
      }
    } catch (error) {
      this.fail(words(error));
    } finally {
      this.el.removeAttribute("aria-busy");
    }
  }

  dispose(): void {
    this.disposed = true;
    this.watch();
    this.drawing?.dispose();
    this.el.replaceChildren();
  }

  /** Dim everything that a flow does not lead to, or all but a domain. */
  async goTo(at: string): Promise<void> {
    if (at.includes("/")) {
      await this.follow(at);
    } else if (at !== "") {
      this.toolbar.filterBy("domain", at);
      this.filter();
      this.drawing?.show();
    }
  }

  /** Dim everything that a flow does not lead to. */
  async follow(flow: string): Promise<void> {
    let trace: FlowTrace;
    try {
      trace = await this.around.trace(flow);
    } catch (error) {
      this.say(words(error));
      return;
    }
    if (this.model !== null) {
      this.sidebar?.follow(trace);
      const reached = Object.keys(trace.flows).length - 1;
      const name = this.model.nameOf(flow);
      this.pick(this.model.followed(trace), `${name} leads to ${counted(reached, "flow")}.`);
      this.drawing?.show();
    }
  }

  /** Dim everything that is further away from a flow than so many links. */
  neighbours(id: string, depth: number): void {
    if (this.model !== null) {
      const picked = this.model.around(id, depth, this.kinds);
      const others = counted(picked.ids.size - 1, "neighbour");
      this.pick(picked, `${this.model.nameOf(id)} has ${others} at depth ${depth}.`);
      this.drawing?.show();
    }
  }

  /** Mark a flow or schema, and tell of it beside the map. */
  select(id: string): void {
    this.sidebar?.select(id);
    this.drawing?.select(id);
  }

  /** Show all flows again. */
  clear(): void {
    this.toolbar.clear();
    this.sidebar?.clear();
    this.pick(null, this.whole());
  }

  private async show(model: FlowModel): Promise<void> {
    const { graph } = model;
    if (graph.flows.length === 0) {
      this.offer("This system has no flows yet. Add one to a domain, then read the design again.", {
        "Open the System Map": () => this.around.open(""),
        "Read again": () => void this.reload(),
      });
      return;
    }
    const counts = model.counts();
    this.kinds = new Set(counts.keys());
    if ((counts.get("schema") ?? 0) > MANY_SCHEMAS && counts.size > 1) {
      this.kinds.delete("schema");
    }
    this.sidebar = new Sidebar(model, {
      open: (id) => this.around.open(id),
      select: (id) => this.select(id),
      follow: (id) => void this.follow(id),
      neighbours: (id, depth) => this.neighbours(id, depth),
    });
    this.graph.setAttribute(
      "aria-label",
      `Map of ${counted(graph.flows.length, "flow")}: arrow keys move it, plus and minus zoom, F ` +
        "shows all; the list beside it leads to every flow",
    );
    this.legend = legend(graph.signs, counts, this.kinds, () => this.drawing?.setKinds(this.kinds));
    const body = element("div", { className: "ddd-lab-flow-body" }, this.frame, this.sidebar.node);
    this.sidebar.node.insertBefore(this.legend, this.sidebar.node.lastElementChild);
    const clicks = "Click a flow to open it; Shift+click or right-click to see its links.";
    const hint = element("p", { className: "ddd-lab-flow-hint", textContent: clicks });
    const foot = element("div", { className: "ddd-lab-flow-foot" }, this.status, hint);
    this.el.replaceChildren(this.toolbar.node, body, foot);
    this.toolbar.offer((by) => model.names(by));
    this.sidebar.list(null);
    await this.draw(model);
    this.say(this.whole());
  }

  private async draw(model: FlowModel): Promise<void> {
    try {
      const cy = await this.around.cytoscape(this.graph);
      this.drawing = new Drawing(cy, model, themeOfPage(), this.kinds, {
        open: (id) => this.around.open(id),
        select: (id) => this.select(id),
        hover: (id, at) => this.hover(id, at),
      });
    } catch (error) {
      const why = words(error);
      const note = element("p", { className: "ddd-lab-flow-note" });
      note.textContent = `Cytoscape cannot be shown here, so this is a picture (${why}). Install ipycytoscape where JupyterLab runs, and reload the page.`;
      this.frame.replaceChildren(note);
      const svg = await this.around.picture?.(themeOfPage());
      if (svg) {
        const picture = element("img", { alt: "Picture of all flows" });
        picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
        this.frame.append(picture);
      }
    }
  }

  private async reload(): Promise<void> {
    this.drawing?.dispose();
    this.drawing = null;
    this.focus = null;
    this.toolbar.reset();
    this.graph.replaceChildren();
    this.frame.replaceChildren(this.graph, this.tip);
    await this.load();
  }

  private retheme(): void {
    this.el.dataset.theme = themeOfPage();
    this.drawing?.setTheme(themeOfPage());
    void this.recolour();
  }

  private async recolour(): Promise<void> {
    const { colouredBy: by } = this.toolbar;
    const marks = by === "domain" ? null : await this.around.marks(by).catch(() => undefined);
    if (marks === undefined) {
      this.say(`It cannot be told how flows stand by ${by}.`);
      return;
    }
    this.drawing?.setMarks(marks);
    this.sidebar?.mark(marks);
    if (this.model !== null && this.legend !== null) {
      const keys = this.legend.querySelector("[data-keys]");
      const meanings = by === "domain" ? {} : TONES[by];
      keys?.replaceChildren(
        ...Object.entries(meanings).map(([tone, words]) =>
          swatch(toneOf(tone as Tone | "none", themeOfPage()), words),
        ),
      );
    }
  }

  private filter(): void {
    if (this.model === null) {
      return;
    }
    const { by, text } = this.toolbar;
    if (text.trim() === "") {
      this.clear();
      return;
    }
    const picked = this.model.matching(by, text);
    const flows = [...picked.ids].filter((id) => this.model?.flows.has(id));
    this.sidebar?.list(flows);
    const all = this.model.graph.flows.length;
    this.pick(picked, `${flows.length} of ${counted(all, "flow")} fit.`);
  }

  private pick(picked: Picked | null, words: string): void {
    this.focus = picked;
    this.drawing?.setPicked(this.focus);
    this.say(words);
  }

  private whole(): string {
    const { model } = this;
    if (model === null) {
      return "";
    }
    const { flows, links, domains } = model.graph;
    const bundles = model.bundles(model.between(links));
    const hint =
      bundles.length > MOST_BUNDLES
        ? " Point at a domain or flow to see its links, or zoom in."
        : "";
    return `${counted(flows.length, "flow")} in ${counted(domains.length, "domain")}, ${counted(links.length, "link")}.${hint}`;
  }

  private key(event: KeyboardEvent): void {
    const step = KEYS[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    if (step) {
      this.drawing?.move(...step);
    } else if (event.key === "f" || event.key === "F") {
      this.drawing?.show();
    } else if (event.key === "Escape" && this.focus !== null) {
      this.clear();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  private hover(id: string | null, { x, y }: { x: number; y: number }): void {
    const lines = id === null ? [] : (this.model?.linesOf(id) ?? []);
    this.tip.hidden = lines.length === 0;
    const [title = "", ...rest] = lines;
    this.tip.replaceChildren(
      element("strong", {}, title),
      ...rest.filter(Boolean).map((line) => element("div", {}, line)),
    );
    const { width, height } = this.frame.getBoundingClientRect();
    this.tip.style.left = `${Math.max(0, Math.min(x + 12, width - 260))}px`;
    this.tip.style.top = `${y > height - 110 ? y - 96 : y + 16}px`;
  }

  private say(words: string): void {
    this.status.textContent = words;
  }

  private fail(words: string): void {
    this.offer(words, { "Try again": () => void this.reload() });
  }

  /** Say why there is no map, and what can be done. */
  private offer(words: string, actions: Readonly<Record<string, () => void>>): void {
    this.say(words);
    const buttons = Object.entries(actions).map(([label, act]) => {
      const button = element("button", { type: "button", textContent: label });
      button.addEventListener("click", act);
      return button;
    });
    const row = element("div", { className: "ddd-lab-flow-actions" }, ...buttons);
    this.el.replaceChildren(this.status, row);
  }
}

function swatch(colour: string, words: string): HTMLElement {
  const spot = element("span", { className: "ddd-lab-flow-spot" });
  spot.style.background = colour;
  return element("li", {}, spot, words);
}
