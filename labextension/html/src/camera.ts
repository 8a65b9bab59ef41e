// What of a picture is seen: wheel, drag, pinch and buttons move it.

export type Point = { x: number; y: number };
export type Area = Point & { width: number; height: number };

/** From this zoom on the smallest text of a picture has 11 pixels. */
export const READABLE = 1.05;
/** A picture opens no smaller than this: titles would say too little. */
const OPENING = 0.5;
const LARGEST = 1.4;
const LEAST = 0.05;
const MOST = 4;
/** Pixels that a pointer may move and still have clicked. */
const CLICK = 4;
const MARGIN = 16;

export class Camera {
  zoom = 1;
  #centre: Point = { x: 0, y: 0 };
  #moved = 0;
  #opened = true;
  readonly #pointers = new Map<number, PointerEvent>();

  constructor(
    readonly stage: HTMLElement,
    readonly whole: Area,
    readonly changed: () => void,
  ) {
    this.#listen();
    new ResizeObserver(() => (this.#opened ? this.open() : this.changed())).observe(stage);
  }

  /** Whether the last press of a pointer was no drag. */
  get clicked(): boolean {
    return this.#moved <= CLICK;
  }

  /** What is seen of the picture. */
  get seen(): Area {
    const { width, height } = this.#size;
    const [w, h] = [width / this.zoom, height / this.zoom];
    return { x: this.#centre.x - w / 2, y: this.#centre.y - h / 2, width: w, height: h };
  }

  /** Show all of it, or its beginning where all of it would be too small to read. */
  open(): void {
    this.fit();
    if (this.zoom < OPENING) {
      this.zoom = OPENING;
      const { width, height } = this.seen;
      const { x, y, width: w, height: h } = this.whole;
      this.#centre = { x: x + Math.min(width, w) / 2, y: y + Math.min(height, h) / 2 };
      this.changed();
    }
    this.#opened = true;
  }

  fit(): void {
    const { width, height } = this.#size;
    const { x, y, width: w, height: h } = this.whole;
    this.zoom = Math.max(LEAST, Math.min(width / w, height / h, LARGEST));
    this.lookAt({ x: x + w / 2, y: y + h / 2 });
  }

  lookAt(centre: Point): void {
    this.#centre = centre;
    this.#opened = false;
    this.changed();
  }

  pan(dx: number, dy: number): void {
    this.lookAt({ x: this.#centre.x + dx / this.zoom, y: this.#centre.y + dy / this.zoom });
  }

  /** Zoom around a point of the stage; around its middle if it is left out. */
  zoomBy(factor: number, at?: Point): void {
    const { width, height } = this.#size;
    const [dx, dy] = at ? [at.x - width / 2, at.y - height / 2] : [0, 0];
    const before = this.zoom;
    this.zoom = Math.max(LEAST, Math.min(MOST, this.zoom * factor));
    const part = this.zoom / before - 1;
    this.pan(dx * part, dy * part);
  }

  /** Move as little as it takes for an area to be seen. */
  reveal(area: Area): void {
    const { x, y, width, height } = this.seen;
    const margin = MARGIN / this.zoom;
    const dx = outside(area.x - margin, area.x + area.width + margin, x, x + width);
    const dy = outside(area.y - margin, area.y + area.height + margin, y, y + height);
    if (dx !== 0 || dy !== 0) {
      this.pan(dx * this.zoom, dy * this.zoom);
    }
  }

  get #size(): { width: number; height: number } {
    return { width: this.stage.clientWidth || 1, height: this.stage.clientHeight || 1 };
  }

  #listen(): void {
    const { stage } = this;
    stage.addEventListener("wheel", (event) => {
      event.preventDefault();
      const amount = event.deltaMode === 1 ? event.deltaY * 20 : event.deltaY;
      this.zoomBy(Math.exp(-amount / 400), this.#onStage(event.clientX, event.clientY));
    });
    stage.addEventListener("pointerdown", (event) => {
      this.#pointers.set(event.pointerId, event);
      this.#moved = this.#pointers.size > 1 ? CLICK + 1 : 0;
    });
    stage.addEventListener("pointermove", (event) => this.#drag(event));
    for (const name of ["pointerup", "pointercancel"] as const) {
      stage.addEventListener(name, (event) => this.#pointers.delete(event.pointerId));
    }
  }

  #drag(event: PointerEvent): void {
    const before = this.#pointers.get(event.pointerId);
    if (!before) {
      return;
    }
    const dx = event.clientX - before.clientX;
    const dy = event.clientY - before.clientY;
    if (this.clicked) {
      this.#moved = Math.hypot(dx, dy);
      return;
    }
    if (!this.stage.hasPointerCapture(event.pointerId)) {
      this.stage.setPointerCapture(event.pointerId);
    }
    this.#pointers.set(event.pointerId, event);
    const fingers = this.#pointers.size;
    this.pan(-dx / fingers, -dy / fingers);
    const other = [...this.#pointers.values()].find((one) => one.pointerId !== event.pointerId);
    if (other) {
      const apart = (one: PointerEvent) =>
        Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY) || 1;
      const [x, y] = [event.clientX + other.clientX, event.clientY + other.clientY];
      this.zoomBy(apart(event) / apart(before), this.#onStage(x / 2, y / 2));
    }
  }

  #onStage(x: number, y: number): Point {
    const { left, top } = this.stage.getBoundingClientRect();
    return { x: x - left, y: y - top };
  }
}

/** How far a stretch lies outside of what is seen; its beginning counts where it is longer. */
function outside(low: number, high: number, from: number, to: number): number {
  if (low < from || high - low > to - from) {
    return low - from;
  }
  return high > to ? high - to : 0;
}
