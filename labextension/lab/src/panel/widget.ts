import { codeCheckIcon } from "@jupyterlab/ui-components";
import type { IDisposable } from "@lumino/disposable";
import { SidebarWidget } from "../service/sidebar";
import type { PanelModel } from "./model";

/** The widget around the panel. */
export class ImplementationWidget extends SidebarWidget<PanelModel> {
  constructor(model: PanelModel) {
    super(model, async () => (await import("./Panel")).Panel);
    this.id = "ddd-lab-implementation";
    this.title.icon = codeCheckIcon;
    this.title.caption = "Implementation";
  }

  protected override ask(): IDisposable {
    return this.model.service.watch();
  }
}
