import { codeCheckIcon } from "@jupyterlab/ui-components";
import type { IDisposable } from "@lumino/disposable";
import type { Message } from "@lumino/messaging";
import type * as React from "react";
import { WatchingRenderer } from "../service/watching";
import type { PanelModel } from "./model";
import { Panel } from "./Panel";

/** The widget around the panel. */
export class ImplementationWidget extends WatchingRenderer<PanelModel> {
  constructor(model: PanelModel) {
    super(model);
    this.id = "ddd-lab-implementation";
    this.addClass("ddd-lab-panel");
    this.title.icon = codeCheckIcon;
    this.title.caption = "Implementation";
    this.title.label = "";
    this.node.tabIndex = -1;
  }

  protected override ask(): IDisposable {
    return this.model.service.watch();
  }

  protected override onActivateRequest(_: Message): void {
    this.node.focus();
  }

  protected override render(): React.ReactElement {
    return <Panel model={this.model} />;
  }
}
