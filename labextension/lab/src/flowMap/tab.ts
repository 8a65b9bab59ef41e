import type { JupyterFrontEnd } from "@jupyterlab/application";
import { PathExt } from "@jupyterlab/coreutils";
import { Widget } from "@lumino/widgets";
import { OPEN_DESIGN } from "../commands/places";
import { flowMapIcon } from "../icons";
import { words } from "../page/words";
import { notify, notifyFailure } from "../service/notify";
import type { IDesignService } from "../service/tokens";
import type { FlowMapView } from "./view";

/** The tab of the map of all flows; it asks the server and needs no kernel. */
export class FlowMapTab extends Widget {
  private readonly view: Promise<FlowMapView | null>;

  constructor(
    private readonly app: JupyterFrontEnd,
    private readonly service: IDesignService,
    readonly root: string,
  ) {
    super();
    this.id = `ddd-lab-flow-map-${root}`;
    this.title.label = `Flow Map: ${PathExt.basename(root)}`;
    this.title.caption = `All flows of ${root}`;
    this.title.icon = flowMapIcon;
    this.title.closable = true;
    this.node.tabIndex = -1;
    this.view = this.draw().catch((error: unknown) => {
      this.node.textContent = words(error);
      return null;
    });
  }

  /** Dim all that a flow does not lead to, or all but a domain; nothing where it is empty. */
  async goTo(at: string): Promise<void> {
    await (await this.view)?.goTo(at);
  }

  override dispose(): void {
    void this.view.then((view) => view?.dispose());
    super.dispose();
  }

  protected override onActivateRequest(): void {
    const map = this.node.querySelector<HTMLElement>(".ddd-lab-flow-graph");
    (map ?? this.node).focus();
  }

  private async draw(): Promise<FlowMapView> {
    // Both are large, and most people never open a map.
    const [{ FlowMapView }, { default: cytoscape }] = await Promise.all([
      import("./view"),
      import("cytoscape"),
    ]);
    const { root } = this;
    const { requests } = this.service;
    const view = new FlowMapView(this.node, {
      graph: () => requests.ask("flow-map", { root }),
      marks: (by) => requests.ask("flow-map/marks", { root, by }),
      trace: (flow) => requests.ask("flow-map/trace", { root, flow, depth: 0 }),
      open: (at) => this.open(at),
      cytoscape: async (container) =>
        cytoscape({
          container,
          layout: { name: "preset" },
          autoungrabify: true,
          autounselectify: true,
          minZoom: 0.005,
          maxZoom: 2.5,
          wheelSensitivity: 0.3,
        }),
    });
    await view.load();
    return view;
  }

  private open(at: string): void {
    const { commands } = this.app;
    if (commands.hasCommand(OPEN_DESIGN)) {
      notifyFailure(commands.execute(OPEN_DESIGN, { root: this.root, at }));
    } else {
      notify(`A notebook shows ${at} with project.canvas("${at}").`);
    }
  }
}
