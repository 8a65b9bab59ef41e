import type { FlowMarks, FlowTrace, GraphLink } from "../protocol";
import { element, option } from "./elements";
import type { FlowModel } from "./model";

/** Flows of a list that are shown at once. */
const MOST = 200;
const DEPTHS = ["1", "2", "3", "4"];
const ENDS = {
  "": "",
  again: "followed elsewhere",
  cycle: "↺ a cycle",
  missing: "⚠ no such flow",
  unconsumed: "⚠ no flow awaits it",
  depth: "… leads on",
} as const;

/** What can be done with a flow. */
export interface Actions {
  open(id: string): void;
  select(id: string): void;
  follow(id: string): void;
  neighbours(id: string, depth: number): void;
}

/** Every flow as a list, by domain, and what is to be said of one: the map without the picture. */
export class Sidebar {
  readonly node: HTMLElement;
  private readonly about = element("section", { className: "ddd-lab-flow-about", hidden: true });
  private readonly flows = element("div", { className: "ddd-lab-flow-list" });
  private marks: FlowMarks | null = null;
  private listed: readonly string[] | null = null;

  constructor(
    private readonly model: FlowModel,
    private readonly actions: Actions,
  ) {
    this.about.setAttribute("aria-label", "Selected flow");
    this.node = element("aside", { className: "ddd-lab-flow-side" }, this.about, this.flows);
    this.node.setAttribute("aria-label", "Flows");
  }

  /** List some flows, or all by their domains. */
  list(flows: readonly string[] | null): void {
    this.listed = flows;
    if (flows !== null) {
      this.flows.replaceChildren(
        this.items(flows.slice(0, MOST)),
        ...left(flows.length),
        ...(flows.length === 0 ? [element("p", {}, "No flow fits.")] : []),
      );
      return;
    }
    const own = new Map<string, string[]>();
    for (const { id, domain } of this.model.graph.flows) {
      own.get(domain)?.push(id) ?? own.set(domain, [id]);
    }
    this.flows.replaceChildren(
      ...this.model.graph.domains.map(({ id, name }) => {
        const flows = own.get(id) ?? [];
        const part = element("details", {}, element("summary", {}, `${name} (${flows.length})`));
        part.addEventListener("toggle", () => {
          if (part.open && part.children.length === 1) {
            part.append(this.items(flows));
          }
        });
        return part;
      }),
    );
  }

  /** List all flows, and tell of none. */
  clear(): void {
    this.about.hidden = true;
    this.list(null);
  }

  /** Say beside each flow how it stands. */
  mark(marks: FlowMarks | null): void {
    this.marks = marks;
    this.list(this.listed);
  }

  /** Tell of a flow or schema. */
  select(id: string): void {
    const { model, actions } = this;
    const flow = model.flows.get(id);
    const links = model.linksOf(id);
    const depth = element("select", {}, ...DEPTHS.map((one) => option(one, one)));
    depth.setAttribute("aria-label", "Depth");
    const show = () => actions.neighbours(id, Number(depth.value));
    depth.addEventListener("change", show);
    this.tell(
      model.nameOf(id),
      ...(flow ? [element("p", {}, id)] : [element("p", {}, "Shared schema")]),
      ...(flow?.trigger ? [element("p", {}, flow.trigger)] : []),
      element(
        "p",
        { className: "ddd-lab-flow-actions" },
        ...(flow && flow.sort !== "missing"
          ? [button("Open", () => actions.open(id)), button("Follow", () => actions.follow(id))]
          : []),
        button("Neighbours", show),
        depth,
      ),
      ...this.links(
        "Leads to",
        links.filter(({ source }) => source === id),
        "target",
      ),
      ...this.links(
        "Comes from",
        links.filter(({ source }) => source !== id),
        "source",
      ),
    );
  }

  /** Tell where a flow leads. */
  follow(trace: FlowTrace): void {
    const steps = trace.steps.slice(0, MOST).map((step) => {
      const row = element("li", {});
      row.style.marginInlineStart = `${Math.min(step.depth - 1, 8) * 12}px`;
      row.append(`${step.kind}${step.via ? ` ${step.via}` : ""} `);
      if (step.target) {
        row.append("→ ", this.link(step.target));
      }
      row.append(step.end ? ` (${ENDS[step.end]})` : "");
      return row;
    });
    this.tell(
      `${this.model.nameOf(trace.flow)} leads to`,
      steps.length > 0
        ? element("ul", {}, ...steps)
        : element("p", {}, "It leads to no other flow."),
      ...left(trace.steps.length),
    );
  }

  private tell(title: string, ...parts: Node[]): void {
    this.about.hidden = false;
    this.about.replaceChildren(element("h3", {}, title), ...parts);
    this.about.scrollIntoView({ block: "nearest" });
  }

  private links(title: string, links: readonly GraphLink[], end: "source" | "target"): Node[] {
    if (links.length === 0) {
      return [];
    }
    const rows = links.slice(0, MOST).map((link) => {
      const via = link.via.length > 0 ? ` ${link.via.join(", ")}` : "";
      return element("li", {}, `${link.kind}${via}: `, this.link(link[end]));
    });
    return [element("h4", {}, title), element("ul", {}, ...rows)];
  }

  private items(flows: readonly string[]): HTMLElement {
    const rows = flows.map((id) => {
      const mark = this.marks?.marks[id];
      const row = element("li", {}, this.link(id));
      if (mark) {
        const text = element("span", {}, ` ${mark.text}`);
        text.dataset.tone = mark.tone;
        row.append(text);
      }
      return row;
    });
    return element("ul", {}, ...rows);
  }

  private link(id: string): HTMLButtonElement {
    return button(this.model.nameOf(id), () => this.actions.select(id), "ddd-lab-flow-link", id);
  }
}

function button(words: string, act: () => void, className = "", title = ""): HTMLButtonElement {
  const created = element("button", { type: "button", className, title, textContent: words });
  created.addEventListener("click", act);
  return created;
}

/** How many of a list are not shown; nothing where all are. */
function left(all: number): Node[] {
  return all > MOST ? [element("p", {}, `and ${(all - MOST).toLocaleString("en")} more`)] : [];
}
