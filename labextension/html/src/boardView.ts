// A picture to look around in: cards that can be reached, looked at and opened.
import { type Area, Camera, READABLE } from "./camera";
import type { Card, Place } from "./contents";
import type { Design } from "./design";
import { h, plural, s } from "./dom";
import { OverviewMap } from "./overviewMap";

const STEP = 1.25;
/** Pixels of a line of a title that is seen from afar. */
const LINE = 15.6;
const DIRECTIONS: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

type Words = { title: HTMLElement; about: HTMLElement; note: HTMLElement };
type Shown = Words & { card: Card; element: SVGElement; area: Area };

export type Wishes = { select(id: string): void; open(at: string): void };

export class BoardView {
  readonly element: HTMLElement;
  readonly #svg: SVGElement;
  readonly #cards = new Map<string, Shown>();
  readonly #labels: Area[] = [];
  readonly #wishes: Wishes;
  readonly #camera: Camera;
  readonly #overview: OverviewMap;
  #zoom = 0;

  constructor(place: Place, design: Design, wishes: Wishes) {
    this.#wishes = wishes;
    this.#svg = s("svg", { role: "group", "aria-label": `Picture of ${place.title}` });
    const whole = this.#draw(place, design);
    const stage = h("div", { class: "stage" });
    stage.append(this.#svg);
    this.#camera = new Camera(stage, whole, () => this.#show());
    this.#overview = new OverviewMap(
      [...this.#cards.values()].map((one) => one.area),
      this.#camera,
    );
    const hint = place.at.includes("/")
      ? "Click a card to read its spec."
      : "Double-click a card, or press Enter, to open it.";
    this.element = h(
      "section",
      { class: "board", "aria-label": "Picture" },
      h("div", { class: "room" }, stage, this.#overview.element),
      h(
        "div",
        { class: "below" },
        h("p", { class: "quiet" }, `${hint} Drag to move, scroll to zoom, arrow keys to walk.`),
        this.#button("−", "Zoom out", () => this.#camera.zoomBy(1 / STEP)),
        this.#button("+", "Zoom in", () => this.#camera.zoomBy(STEP)),
        this.#button("Fit", "Fit all of it", () => this.#camera.fit()),
      ),
    );
    this.#listen(stage);
  }

  /** Show it as it opens; it must stand in the page by then. */
  open(): void {
    this.#camera.open();
  }

  /** Mark a card as the one whose details are shown. */
  mark(id: string): void {
    for (const [other, { element }] of this.#cards) {
      element.classList.toggle("selected", other === id);
      element.setAttribute("aria-pressed", String(other === id));
    }
    const shown = this.#cards.get(id);
    if (shown) {
      this.#camera.reveal(shown.area);
    }
  }

  /** Bring the keyboard to a card, or to the first one. */
  focus(id = ""): void {
    const shown = this.#cards.get(id) ?? this.#cards.values().next().value;
    shown?.element.focus({ preventScroll: true });
  }

  #draw(place: Place, design: Design): Area {
    const root = new DOMParser().parseFromString(place.svg, "image/svg+xml").documentElement;
    const [x = 0, y = 0, width = 1, height = 1] = numbers(root.getAttribute("viewBox"));
    this.#svg.setAttribute("font-family", root.getAttribute("font-family") ?? "sans-serif");
    // Its title, its description and its ground are the page's own.
    for (const child of [...root.children].slice(3)) {
      this.#svg.append(document.importNode(child, true));
    }
    const cards = new Map(place.cards.map((card) => [card.id, card]));
    for (const element of this.#svg.querySelectorAll<SVGElement>("[data-card]")) {
      const card = cards.get(element.dataset.card ?? "");
      if (card) {
        this.#prepare(element, card, design.problemsOf(place, card).length);
      }
    }
    for (const box of this.#svg.querySelectorAll("g[data-part=label] > rect")) {
      this.#labels.push(areaOf(box));
    }
    this.#roving(place.cards[0]?.id ?? "");
    return { x, y, width, height };
  }

  #prepare(element: SVGElement, card: Card, problems: number): void {
    const [x = 0, y = 0] = numbers(element.getAttribute("transform"));
    const { width, height } = sizeOf(element.querySelector("rect, polygon"));
    const title = h("strong", {}, card.title);
    const about = h("span", {}, card.summary);
    const note = h("span", {}, card.note || card.summary);
    const words = h("div", { class: "far", "aria-hidden": "true" }, title, about, note);
    const counted = problems > 0 && `${plural(problems, "problem")}.`;
    const texts = [`${card.kind}: ${card.title}.`, card.summary && `${card.summary}.`, counted];
    element.setAttribute("role", "button");
    // Its title says all of it; what is printed is cut where there is no room.
    for (const child of element.children) {
      child.setAttribute("aria-hidden", "true");
    }
    const name = s("title");
    name.textContent = texts.filter(Boolean).join(" ");
    element.querySelector(":scope > title")?.replaceWith(name);
    element.append(s("foreignObject", { x: 12, y: 0, width: width - 18, height }, words));
    if (problems > 0) {
      const count = s("text", { "text-anchor": "middle", "dominant-baseline": "central" });
      count.textContent = String(problems);
      const sign = s("g", { transform: `translate(${width} 0)` }, s("circle"), count);
      sign.classList.add("mark");
      element.append(sign);
    }
    const area = { x, y, width, height };
    this.#cards.set(card.id, { card, element, title, about, note, area });
  }

  #listen(stage: HTMLElement): void {
    stage.addEventListener("click", (event) => {
      if (this.#camera.clicked) {
        this.#wishes.select(this.#cardOf(event)?.card.id ?? "");
      }
    });
    stage.addEventListener("dblclick", (event) => {
      const opens = this.#cardOf(event)?.card.opens;
      if (opens) {
        this.#wishes.open(opens);
      }
    });
    stage.addEventListener("keydown", (event) => this.#key(event));
    stage.addEventListener("focusin", (event) => {
      const shown = this.#cardOf(event);
      if (shown?.element.matches(":focus-visible")) {
        this.#roving(shown.card.id);
        this.#wishes.select(shown.card.id);
      }
    });
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const shown = this.#cardOf(event);
    const direction = DIRECTIONS[event.key];
    if (direction && event.shiftKey) {
      this.#camera.pan(direction[0] * 80, direction[1] * 80);
    } else if (direction && shown) {
      this.focus(this.#beside(shown, direction));
    } else if (event.key === "+" || event.key === "=") {
      this.#camera.zoomBy(STEP);
    } else if (event.key === "-") {
      this.#camera.zoomBy(1 / STEP);
    } else if (event.key === "f" || event.key === "F") {
      this.#camera.fit();
    } else if (event.key === "Enter" && shown?.card.opens) {
      this.#wishes.open(shown.card.opens);
    } else if ((event.key === "Enter" || event.key === " ") && shown) {
      this.#wishes.select(shown.card.id);
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  /** The nearest card in a direction; the same one where there is none. */
  #beside(from: Shown, [dx, dy]: [number, number]): string {
    let best = from.card.id;
    let least = Number.POSITIVE_INFINITY;
    const start = middle(from.area);
    for (const { card, area } of this.#cards.values()) {
      const to = middle(area);
      const along = (to.x - start.x) * dx + (to.y - start.y) * dy;
      const aside = Math.abs((to.x - start.x) * dy) + Math.abs((to.y - start.y) * dx);
      if (along > 1 && along + 2 * aside < least) {
        best = card.id;
        least = along + 2 * aside;
      }
    }
    return best;
  }

  #cardOf(event: Event): Shown | undefined {
    const element = (event.target as Element).closest<SVGElement>("[data-card]");
    return this.#cards.get(element?.dataset.card ?? "");
  }

  /** Only one card stands in the order of the tab key; arrows lead to the others. */
  #roving(id: string): void {
    for (const [other, { element }] of this.#cards) {
      element.setAttribute("tabindex", other === id ? "0" : "-1");
    }
  }

  #show(): void {
    const { x, y, width, height } = this.#camera.seen;
    this.#svg.setAttribute("viewBox", `${x} ${y} ${width} ${height}`);
    this.#overview.show();
    if (this.#zoom !== this.#camera.zoom) {
      this.#zoom = this.#camera.zoom;
      this.#zoomed();
    }
  }

  /** What would be too small to read gives way to what matters, in a size that can be read. */
  #zoomed(): void {
    const zoom = this.#zoom;
    this.#svg.style.setProperty("--zoom", String(zoom));
    this.#svg.classList.toggle("from-afar", zoom < READABLE);
    for (const { card, title, about, note, area } of this.#cards.values()) {
      const lines = Math.max(1, Math.floor((area.height * zoom - 4) / LINE));
      title.style.setProperty("-webkit-line-clamp", String(Math.min(lines, 2)));
      about.style.setProperty("-webkit-line-clamp", String(Math.min(lines - 3, 2)));
      note.style.setProperty("-webkit-line-clamp", "1");
      about.hidden = lines < 4 || !card.note;
      note.hidden = lines < 3;
    }
    this.#showLabels(1 / zoom);
  }

  /** From afar labels are drawn larger, if none of them then hides a card or another one. */
  #showLabels(scale: number): void {
    const taken = [...this.#cards.values()].map((shown) => shown.area);
    const free = this.#labels.every((area) => {
      const { x, y } = middle(area);
      const [width, height] = [area.width * scale, area.height * scale];
      const large = { x: x - width / 2, y: y - height / 2, width, height };
      return !taken.some((other) => meet(large, other)) && taken.push(large);
    });
    this.#svg.classList.toggle("with-labels", free);
  }

  #button(label: string, title: string, click: () => void): HTMLElement {
    return h("button", { type: "button", title, "aria-label": title, click }, label);
  }
}

function middle({ x, y, width, height }: Area): { x: number; y: number } {
  return { x: x + width / 2, y: y + height / 2 };
}

function meet(one: Area, other: Area): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  );
}

function numbers(text: string | null): number[] {
  return (text?.match(/-?[\d.]+/g) ?? []).map(Number);
}

function areaOf(rect: Element): Area {
  const [x = 0, y = 0, width = 0, height = 0] = ["x", "y", "width", "height"].map((name) =>
    Number(rect.getAttribute(name) ?? 0),
  );
  return { x, y, width, height };
}

/** The size of a card by its outline, from attributes: it may not be laid out yet. */
function sizeOf(outline: Element | null): { width: number; height: number } {
  if (outline?.tagName !== "polygon") {
    return outline ? areaOf(outline) : { width: 0, height: 0 };
  }
  const corners = numbers(outline.getAttribute("points"));
  return {
    width: Math.max(...corners.filter((_, index) => index % 2 === 0)),
    height: Math.max(...corners.filter((_, index) => index % 2 === 1)),
  };
}
