import type { Core } from "cytoscape";
import { OPEN_IN_TAB, offersFor } from "../page/offers";
import type { FlowGraph, FlowMarks, FlowTrace } from "../protocol";
import { FlowMapView } from "./view";

/** A widget in the browser, as anywidget gives it. */
interface Model {
  get(name: string): unknown;
  on(name: string, listener: (content: Reply) => void): void;
  off(name: string, listener: (content: Reply) => void): void;
  send(content: unknown): void;
  readonly widget_manager: {
    get_model(id: string): Promise<unknown>;
    create_view(model: unknown): Promise<WidgetView>;
  };
}

/** A view of another widget; `cytoscape_obj` is there in ipycytoscape's once it is displayed. */
interface WidgetView {
  readonly el: HTMLElement;
  readonly displayed: Promise<unknown>;
  readonly cytoscape_obj?: Core;
  trigger(name: string): void;
  remove(): void;
}

type Reply = { id?: number; answer?: unknown; refusal?: string };

/** Shows the map in the output of a cell: asks Python, and draws in ipycytoscape's widget. */
function render({ model, el }: { model: Model; el: HTMLElement }): () => void {
  const views = new Map<string, WidgetView>();
  const waiting = new Map<number, (reply: Reply) => void>();
  let last = 0;
  const hear = (reply: Reply) => {
    waiting.get(reply.id ?? 0)?.(reply);
    waiting.delete(reply.id ?? 0);
  };
  model.on("msg:custom", hear);
  const ask = <Answer>(what: string, args: object = {}) =>
    new Promise<Answer>((resolve, reject) => {
      waiting.set(++last, ({ answer, refusal }) =>
        refusal === undefined ? resolve(answer as Answer) : reject(new Error(refusal)),
      );
      model.send({ id: last, ask: what, args });
    });

  async function show(trait: string, place: HTMLElement): Promise<WidgetView> {
    const child = await model.widget_manager.get_model(idOf(model.get(trait)));
    const view = await model.widget_manager.create_view(child);
    views.get(trait)?.remove();
    views.set(trait, view);
    place.replaceChildren(view.el);
    view.trigger("displayed");
    await view.displayed;
    return view;
  }

  const map = document.createElement("div");
  map.style.height = `${model.get("height")}px`;
  const below = document.createElement("div");
  el.append(map, below);
  const showCanvas = () => {
    if (model.get("canvas")) {
      void show("canvas", below);
    }
  };
  model.on("change:canvas", showCanvas);
  const root = String(model.get("root"));
  const view = new FlowMapView(map, {
    graph: () => ask<FlowGraph>("flow-map"),
    marks: (by) => ask<FlowMarks>("flow-map/marks", { by }),
    trace: (flow) => ask<FlowTrace>("flow-map/trace", { flow }),
    picture: (theme) => ask<string>("svg", { theme }),
    open: (at) => {
      const offers = model.get("asks_lab") ? offersFor(el) : [];
      const tab = offers.find(({ label }) => label === OPEN_IN_TAB);
      tab ? tab.act({ root, at }) : void ask("open", { at });
    },
    cytoscape: async (container) => {
      const { cytoscape_obj } = await show("cytoscape", container);
      if (!cytoscape_obj) {
        throw new Error("ipycytoscape’s part for the browser is missing");
      }
      return cytoscape_obj;
    },
  });
  void view.load().then(() => view.goTo(String(model.get("follow"))));
  showCanvas();
  return () => {
    model.off("msg:custom", hear);
    model.off("change:canvas", showCanvas);
    view.dispose();
    for (const one of views.values()) {
      one.remove();
    }
  };
}

/** The id of a widget that a trait holds, as the browser is told of it or has it already. */
function idOf(value: unknown): string {
  return typeof value === "string"
    ? value.replace("IPY_MODEL_", "")
    : (value as { model_id: string }).model_id;
}

export default { render };
