import { codeCheckIcon, VDomRenderer } from "@jupyterlab/ui-components";
import type { IDisposable } from "@lumino/disposable";
import type { Message } from "@lumino/messaging";
import type * as React from "react";
import type { PanelModel } from "./model";
import { Panel } from "./Panel";

/** The widget around the panel; the server is asked for news only while it can be seen. */
export class ImplementationWidget extends VDomRenderer<PanelModel> {
  private watch: IDisposable | null = null;

  constructor(model: PanelModel) {
    super(model);
    this.id = "ddd-lab-implementation";
    this.addClass("ddd-lab-panel");
    this.title.icon = codeCheckIcon;
    this.title.caption = "Implementation";
    this.title.label = "";
    this.node.tabIndex = -1;
  }

  override dispose(): void {
    this.unwatch();
    super.dispose();
  }

  protected override onAfterShow(_: Message): void {
    this.watch ??= this.model.service.watch();
  }

  protected override onAfterAttach(message: Message): void {
    super.onAfterAttach(message);
    if (this.isVisible) {
      this.onAfterShow(message);
    }
  }

  protected override onAfterHide(_: Message): void {
    this.unwatch();
  }

  protected override onBeforeDetach(message: Message): void {
    this.unwatch();
    super.onBeforeDetach(message);
  }

  protected override onActivateRequest(_: Message): void {
    this.node.focus();
  }

  protected override render(): React.ReactElement {
    return <Panel model={this.model} />;
  }

  private unwatch(): void {
    this.watch?.dispose();
    this.watch = null;
  }
}
