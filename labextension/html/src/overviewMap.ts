// The whole picture in a corner, where only a part of it is seen: a press leads there.
import type { Area, Camera } from "./camera";
import { s } from "./dom";

export class OverviewMap {
  readonly element: SVGElement;
  readonly #frame = s("rect", { class: "frame" });

  constructor(
    cards: Iterable<Area>,
    readonly camera: Camera,
  ) {
    const { x, y, width, height } = camera.whole;
    const rects = [...cards].map((area) => s("rect", { ...area }));
    this.element = s(
      "svg",
      { class: "overview", viewBox: `${x} ${y} ${width} ${height}`, "aria-hidden": "true" },
      ...rects,
      this.#frame,
    );
    const look = (event: PointerEvent) => {
      if (event.buttons !== 0) {
        const box = this.element.getBoundingClientRect();
        camera.lookAt({
          x: x + ((event.clientX - box.left) / box.width) * width,
          y: y + ((event.clientY - box.top) / box.height) * height,
        });
      }
      event.stopPropagation();
    };
    this.element.addEventListener("pointerdown", look);
    this.element.addEventListener("pointermove", look);
    const scale = Math.min(180 / width, 120 / height);
    this.element.style.width = `${width * scale}px`;
    this.element.style.height = `${height * scale}px`;
  }

  show(): void {
    const { x, y, width, height } = this.camera.seen;
    const all = this.camera.whole;
    const whole = width >= all.width * 0.98 && height >= all.height * 0.98;
    this.element.classList.toggle("needless", whole);
    for (const [name, value] of Object.entries({ x, y, width, height })) {
      this.#frame.setAttribute(name, String(value));
    }
  }
}
