import { VDomRenderer } from "@jupyterlab/ui-components";
import type { IDisposable } from "@lumino/disposable";
import type { Message } from "@lumino/messaging";
import * as React from "react";
import { gitIcon } from "./icon";
import type { GitModel } from "./model";

/** Loaded when it is first shown: JupyterLab's start does not wait for it. */
const GitPanel = React.lazy(async () => ({ default: (await import("./GitPanel")).GitPanel }));

/** The widget around the panel; the server is asked for news only while it can be seen. */
export class GitWidget extends VDomRenderer<GitModel> {
  private watch: IDisposable | null = null;
  private wasShown = false;

  constructor(model: GitModel) {
    super(model);
    this.id = "ddd-lab-git";
    this.addClass("ddd-lab-panel");
    this.title.icon = gitIcon;
    this.title.caption = "Git: the Design's Versions";
    this.node.tabIndex = -1;
  }

  override dispose(): void {
    this.unwatch();
    super.dispose();
  }

  protected override onAfterShow(_: Message): void {
    this.wasShown = true;
    this.watch ??= this.model.service.watch();
    this.update();
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
    return this.wasShown ? (
      <React.Suspense fallback={null}>
        <GitPanel model={this.model} />
      </React.Suspense>
    ) : (
      <div />
    );
  }

  private unwatch(): void {
    this.watch?.dispose();
    this.watch = null;
  }
}
