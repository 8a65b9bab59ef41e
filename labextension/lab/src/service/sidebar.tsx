import { VDomRenderer } from "@jupyterlab/ui-components";
import type { IDisposable } from "@lumino/disposable";
import type { Message } from "@lumino/messaging";
import * as React from "react";

/**
 * A panel of a sidebar: its code is loaded when it is first shown, which JupyterLab's start does not
 * wait for, and it asks the server for news only while it can be seen.
 */
export abstract class SidebarWidget<Model extends VDomRenderer.IModel> extends VDomRenderer<Model> {
  private readonly Panel: React.ComponentType<{ model: Model }>;
  private wasShown = false;
  private watch: IDisposable | null = null;

  constructor(model: Model, load: () => Promise<React.ComponentType<{ model: Model }>>) {
    super(model);
    this.Panel = React.lazy(async () => ({ default: await load() }));
    this.addClass("ddd-lab-panel");
    this.node.tabIndex = -1;
  }

  /** Ask for news, until the answer is disposed of. */
  protected abstract ask(): IDisposable;

  override dispose(): void {
    this.unwatch();
    super.dispose();
  }

  protected override render(): React.ReactElement {
    const { Panel, model } = this;
    return this.wasShown ? (
      <React.Suspense fallback={null}>
        <Panel model={model} />
      </React.Suspense>
    ) : (
      <div />
    );
  }

  protected override onActivateRequest(_: Message): void {
    this.node.focus();
  }

  protected override onAfterShow(_: Message): void {
    this.wasShown = true;
    this.update();
    this.watch ??= this.ask();
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

  private unwatch(): void {
    this.watch?.dispose();
    this.watch = null;
  }
}
