import type { MarkedBy } from "../protocol";
import { element, option } from "./elements";
import { FILTERS, type FilterBy } from "./model";

/** Names that are offered at once. */
const MOST = 500;
const FILTER_WORDS: Readonly<Record<FilterBy, string>> = {
  text: "Text",
  domain: "Domain",
  event: "Event",
  schema: "Schema",
};
const COLOURS: Readonly<Record<MarkedBy | "domain", string>> = {
  domain: "Domain",
  staleness: "Staleness",
  problems: "Problems",
  tests: "Tests",
};

/** What people do above the map. */
export interface Wishes {
  /** Another filter is filled in. */
  filter(): void;
  /** Another colouring is chosen. */
  colour(): void;
  zoom(factor: number): void;
  /** Bring all that is picked into view. */
  fit(): void;
  showAll(): void;
  reload(): void;
}

/** The row above the map: filter, colours, zoom. */
export class Toolbar {
  readonly node: HTMLElement;
  private readonly filterText = element("input", { type: "search", placeholder: "Filter" });
  private readonly names = element("datalist", { id: `ddd-lab-names-${++count}` });
  private readonly filters = element(
    "select",
    {},
    ...FILTERS.map((one) => option(one, FILTER_WORDS[one])),
  );
  private readonly colours = element(
    "select",
    {},
    ...Object.entries(COLOURS).map(([value, words]) => option(value, words)),
  );
  private namesOf: (by: FilterBy) => readonly string[] = () => [];

  constructor(wishes: Wishes) {
    this.filterText.setAttribute("list", this.names.id);
    this.filterText.setAttribute("aria-label", "Filter");
    this.filters.setAttribute("aria-label", "Filter by");
    this.colours.setAttribute("aria-label", "Colour by");
    this.filterText.addEventListener("input", () => wishes.filter());
    this.filters.addEventListener("change", () => {
      this.offerNames();
      if (this.text !== "") {
        wishes.filter();
      }
    });
    this.colours.addEventListener("change", () => wishes.colour());
    this.node = element(
      "div",
      { className: "ddd-lab-flow-bar", role: "toolbar" },
      this.filters,
      this.filterText,
      this.names,
      element("label", {}, element("span", {}, "Colour "), this.colours),
      button("−", "Zoom out", () => wishes.zoom(0.8)),
      button("+", "Zoom in", () => wishes.zoom(1.25)),
      button("Fit", "Show all that is picked", () => wishes.fit()),
      button("Show all", "Show all flows again", () => wishes.showAll()),
      button("↻", "Read the design again", () => wishes.reload()),
    );
    this.node.setAttribute("aria-label", "Flow map");
  }

  get by(): FilterBy {
    return this.filters.value as FilterBy;
  }

  get text(): string {
    return this.filterText.value;
  }

  get colouredBy(): MarkedBy | "domain" {
    return this.colours.value as MarkedBy | "domain";
  }

  /** Fill the filter in. */
  filterBy(by: FilterBy, text: string): void {
    this.filters.value = by;
    this.filterText.value = text;
  }

  /** Empty the filter. */
  clear(): void {
    this.filterText.value = "";
  }

  /** As it is when the map opens; the kind of filter stays. */
  reset(): void {
    this.clear();
    this.colours.value = "domain";
  }

  /** Offer names to filter by from now on. */
  offer(namesOf: (by: FilterBy) => readonly string[]): void {
    this.namesOf = namesOf;
    this.offerNames();
  }

  private offerNames(): void {
    const names = this.namesOf(this.by).slice(0, MOST);
    this.names.replaceChildren(...names.map((name) => option(name, name)));
  }
}

let count = 0;

function button(label: string, title: string, act: () => void): HTMLButtonElement {
  const created = element("button", { type: "button", title, textContent: label });
  created.setAttribute("aria-label", title);
  created.addEventListener("click", act);
  return created;
}
