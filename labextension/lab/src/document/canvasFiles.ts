import type { Requests } from "../service/requests";
import type { CanvasModel } from "./canvasModel";

interface CanvasModule {
  readonly default: {
    render(view: { model: CanvasModel; el: HTMLElement }): () => void;
  };
}

let loaded: Promise<CanvasModule> | null = null;

/** The canvas, loaded from the server when it is first needed. */
export function loadCanvas(requests: Requests): Promise<CanvasModule> {
  loaded ??= load(requests);
  loaded.catch(() => {
    loaded = null; // the next tab tries again
  });
  return loaded;
}

async function load(requests: Requests): Promise<CanvasModule> {
  const { js, css } = await requests.ask("canvas", {});
  const style = document.createElement("style");
  style.textContent = css;
  document.head.append(style);
  const address = URL.createObjectURL(new Blob([js], { type: "text/javascript" }));
  try {
    return (await import(/* webpackIgnore: true */ address)) as CanvasModule;
  } finally {
    URL.revokeObjectURL(address);
  }
}
