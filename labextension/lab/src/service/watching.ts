import { VDomRenderer } from "@jupyterlab/ui-components";
import type { IDisposable } from "@lumino/disposable";
import type { Message } from "@lumino/messaging";

/** A widget that asks the server for news only while it can be seen. */
export abstract class WatchingRenderer<
  Model extends VDomRenderer.IModel,
> extends VDomRenderer<Model> {
  private watch: IDisposable | null = null;

  /** Ask for news, until the answer is disposed of. */
  protected abstract ask(): IDisposable;

  override dispose(): void {
    this.unwatch();
    super.dispose();
  }

  protected override onAfterShow(_: Message): void {
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
