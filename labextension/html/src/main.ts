import "./page.css";
import { Design } from "./design";
import { h } from "./dom";
import { load } from "./load";
import { Page } from "./page";
import { printOnPages } from "./printing";

try {
  if (!("DecompressionStream" in window)) {
    throw new Error("it is too old; use one of the last three years");
  }
  load().then((contents) => {
    const design = new Design(contents);
    printOnPages(design);
    new Page(design).start();
  });
} catch (error) {
  document.body.append(h("p", {}, `This browser cannot show the design: ${error}`));
}
