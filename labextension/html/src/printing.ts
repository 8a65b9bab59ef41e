// On paper there is one page for each place, with its picture and what is on it.
import type { Place } from "./contents";
import type { Design } from "./design";
import { h } from "./dom";

export function printOnPages(design: Design): void {
  const pages = h("div", { class: "pages" });
  window.addEventListener("beforeprint", () => {
    pages.replaceChildren(...design.contents.places.map((place) => page(place, design)));
    document.body.append(pages);
  });
  window.addEventListener("afterprint", () => pages.remove());
}

function page(place: Place, design: Design): HTMLElement {
  const path = [...design.above(place.at), place].map((one) => one.title).join(" › ");
  const picture = new DOMParser().parseFromString(place.svg, "image/svg+xml").documentElement;
  const drawing = place.svg ? document.importNode(picture, true) : "";
  if (drawing) {
    for (const name of ["style", "width", "height"]) {
      drawing.removeAttribute(name);
    }
  }
  return h(
    "section",
    {},
    h("h1", {}, place.title),
    h("p", {}, place.about || place.kind),
    h("figure", {}, drawing),
    h("p", { class: "quiet" }, path),
  );
}
