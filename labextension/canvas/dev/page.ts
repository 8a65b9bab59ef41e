import widget from "../src/index";
import { VERSION } from "../src/protocol";
import { FakeModel } from "./fake";

declare global {
  interface Window {
    model: FakeModel;
    started: number;
  }
}

// ?at=lending/borrow-book&delay=5&height=640&nodes=1000
const query = new URLSearchParams(location.search);
const number = (name: string, otherwise: number) => Number(query.get(name) ?? otherwise);
window.model = new FakeModel(query.get("at") ?? "", {
  delay: number("delay", 5),
  height: number("height", 640),
  nodes: number("nodes", 1000),
});
window.model.version = query.get("version") ?? VERSION;
const el = document.getElementById("cell");
if (el) {
  window.started = performance.now();
  widget.render({ model: window.model, el });
}
