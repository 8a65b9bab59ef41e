import type { DesignChange } from "../protocol";
import { Titles } from "./titles";
import {
  type Area,
  centred,
  fitted,
  LEGIBLE,
  opened,
  type Size,
  type Viewport,
  zoomed,
} from "./viewport";

/** Width of a picture against its height beyond which two stand one below the other. */
const STACKED = 1.6;
const STEP = 60;
const ZOOM = 1.25;
/** Pixels that a pointer may move within a click. */
const STILL = 4;
const MARKED = "[data-ghost]";
/** Scales from which on all texts, or at least titles, are large enough to be read. */
const DETAILS = { all: 0.95, titles: 0.84 };
const LARGEST_SIGN = 4;

/** One board or two in line with each other, which move and grow together. */
export class Boards {
  private svgs: readonly SVGSVGElement[] = [];
  private panes: readonly HTMLElement[] = [];
  private titles = new Titles([]);
  private view: Viewport = { x: 0, y: 0, scale: 1 };
  private place = "";
  private shownIn: Size = { width: 0, height: 0 };
  private readonly resizing: ResizeObserver;
  private readonly moves: Readonly<Record<string, () => void>> = {
    ArrowLeft: () => this.move(STEP, 0),
    ArrowRight: () => this.move(-STEP, 0),
    ArrowUp: () => this.move(0, STEP),
    ArrowDown: () => this.move(0, -STEP),
    "+": () => this.zoomIn(),
    "=": () => this.zoomIn(),
    "-": () => this.zoomOut(),
    f: () => this.fit(),
    "0": () => this.fit(),
  };

  /**
   * @param node what holds them.
   * @param onOpen a card or an edge with this id was clicked.
   */
  constructor(
    private readonly node: HTMLElement,
    private readonly onOpen: (id: string) => void,
  ) {
    node.addEventListener("wheel", (event) => this.turn(event), { passive: false });
    node.addEventListener("keydown", (event) => this.press(event));
    this.resizing = new ResizeObserver(() => this.recentre());
    this.resizing.observe(node);
  }

  dispose(): void {
    this.resizing.disconnect();
  }

  /**
   * Show other pictures. Another place opens at a change; the same one stays in view.
   *
   * @param sought id of that change; empty if there is none.
   */
  show(pictures: readonly string[], names: readonly string[], place: string, sought: string): void {
    this.svgs = pictures.map(parse);
    const figures = this.svgs.map((svg, index) => figure(svg, names[index] ?? ""));
    this.panes = figures.map((one) => one.lastElementChild as HTMLElement);
    for (const pane of this.panes) {
      this.follow(pane);
    }
    const { width, height } = this.size;
    this.node.dataset.stacked = String(width > STACKED * height);
    this.node.replaceChildren(...figures);
    this.titles = new Titles(this.svgs);
    const key = `${place}\n${pictures.length}`;
    if (key === this.place) {
      this.draw(this.view);
    } else {
      this.place = key;
      this.draw(opened(this.size, this.window, this.areaOf(sought)));
    }
  }

  /** Say which change is looked at, and which cards stand for places. */
  mark(current: DesignChange | undefined, changes: readonly DesignChange[]): void {
    const id = idOf(current);
    const leading = new Set(changes.filter(({ at }) => at !== "").map(({ card }) => card));
    for (const svg of this.svgs) {
      for (const marked of svg.querySelectorAll<SVGElement>(MARKED)) {
        const own = markOf(marked);
        marked.classList.toggle("ddd-current", own === id && id !== "");
        marked.classList.toggle("ddd-leads", leading.has(own));
      }
    }
  }

  /** Bring a change into the middle, large enough to be read. */
  reveal(change: DesignChange | undefined): void {
    const area = this.areaOf(idOf(change));
    if (area !== null) {
      this.draw(centred(area, this.window, Math.max(this.view.scale, LEGIBLE)));
    }
  }

  fit(): void {
    this.draw(fitted(this.size, this.window));
  }

  zoomIn(): void {
    this.zoom(ZOOM);
  }

  zoomOut(): void {
    this.zoom(1 / ZOOM);
  }

  private zoom(factor: number): void {
    const { width, height } = this.window;
    this.draw(zoomed(this.view, factor, width / 2, height / 2));
  }

  private move(x: number, y: number): void {
    this.draw({ ...this.view, x: this.view.x + x, y: this.view.y + y });
  }

  private draw(view: Viewport): void {
    this.view = view;
    this.shownIn = this.window;
    const { x, y, scale } = view;
    const { width, height } = this.size;
    for (const svg of this.svgs) {
      svg.setAttribute("width", String(width * scale));
      svg.setAttribute("height", String(height * scale));
      svg.style.transform = `translate(${x}px, ${y}px)`;
    }
    const { all, titles } = DETAILS;
    this.titles.draw(scale, scale >= titles);
    this.node.dataset.detail = scale >= all ? "all" : scale >= titles ? "titles" : "none";
    const grown = Math.min(LARGEST_SIGN, Math.max(1, 0.9 / scale));
    this.node.style.setProperty("--ddd-sign", String(grown));
  }

  /** What is in the middle stays there when the tab grows or shrinks. */
  private recentre(): void {
    const { width, height } = this.window;
    const { shownIn } = this;
    if (this.svgs.length > 0 && (shownIn.width !== width || shownIn.height !== height)) {
      this.move((width - shownIn.width) / 2, (height - shownIn.height) / 2);
    }
  }

  private get size(): Size {
    return this.svgs[0]?.viewBox.baseVal ?? { width: 1, height: 1 };
  }

  private get window(): Size {
    const { clientWidth = 1, clientHeight = 1 } = this.panes[0] ?? {};
    return { width: clientWidth, height: clientHeight };
  }

  private areaOf(id: string): Area | null {
    for (const svg of this.svgs) {
      const marks = [...svg.querySelectorAll<SVGGraphicsElement>(MARKED)];
      const box = marks.find((one) => id !== "" && markOf(one) === id)?.getBBox();
      if (box !== undefined) {
        const { x, y } = svg.viewBox.baseVal;
        return { x: box.x - x, y: box.y - y, width: box.width, height: box.height };
      }
    }
    return null;
  }

  /** The wheel moves, and zooms with Ctrl, as on the canvas. */
  private turn(event: WheelEvent): void {
    event.preventDefault();
    if (event.ctrlKey || event.metaKey) {
      const pane = (event.target as Element).closest(".ddd-diff-pane") ?? this.node;
      const { left, top } = pane.getBoundingClientRect();
      const factor = Math.exp(-event.deltaY / 200);
      this.draw(zoomed(this.view, factor, event.clientX - left, event.clientY - top));
    } else {
      this.move(-event.deltaX, -event.deltaY);
    }
  }

  private press(event: KeyboardEvent): void {
    const act = this.moves[event.key];
    if (act !== undefined && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      event.stopPropagation();
      act();
    }
  }

  /** Drag a board, or click on what it shows. */
  private follow(pane: HTMLElement): void {
    let grip: { readonly x: number; readonly y: number; readonly isStill: boolean } | null = null;
    pane.addEventListener("pointerdown", ({ button, clientX: x, clientY: y, pointerId }) => {
      if (button === 0) {
        grip = { x, y, isStill: true };
        pane.setPointerCapture(pointerId);
      }
    });
    pane.addEventListener("pointermove", ({ clientX: x, clientY: y }) => {
      if (grip !== null && (!grip.isStill || Math.hypot(x - grip.x, y - grip.y) > STILL)) {
        this.move(x - grip.x, y - grip.y);
        grip = { x, y, isStill: false };
      }
    });
    pane.addEventListener("pointerup", ({ clientX, clientY }) => {
      const under = grip?.isStill ? document.elementFromPoint(clientX, clientY) : null;
      grip = null;
      const marked = under?.closest<SVGElement>(MARKED);
      if (marked) {
        this.onOpen(markOf(marked));
      }
    });
    pane.addEventListener("pointercancel", () => {
      grip = null;
    });
  }
}

/** The card or edge of a change; empty if it has none. */
export function idOf(change: DesignChange | undefined): string {
  return change?.card || change?.edge || "";
}

function markOf({ dataset }: SVGElement): string {
  return dataset.card ?? dataset.edge ?? "";
}

/** A picture of the server's as an element of the page: XML, in which no text is markup. */
function parse(text: string): SVGSVGElement {
  const { documentElement } = new DOMParser().parseFromString(text, "image/svg+xml");
  const svg = document.importNode(documentElement, true) as unknown as SVGSVGElement;
  svg.removeAttribute("style");
  for (const named of svg.querySelectorAll("[id]")) {
    named.removeAttribute("id"); // two pictures may be in one page
  }
  return svg;
}

/** A window onto a picture, below its name. */
function figure(svg: SVGSVGElement, name: string): HTMLElement {
  const figure = document.createElement("figure");
  const caption = document.createElement("figcaption");
  caption.textContent = name;
  const pane = document.createElement("div");
  pane.className = "ddd-diff-pane";
  pane.style.background = svg.querySelector(":scope > rect")?.getAttribute("fill") ?? "";
  pane.append(svg);
  figure.append(caption, pane);
  return figure;
}
