import type { IDisposable } from "@lumino/disposable";
import type { Message } from "@lumino/messaging";
import * as React from "react";
import { WatchingRenderer } from "../service/watching";
import { gitIcon } from "./icon";
import type { GitModel } from "./model";

/** Loaded when it is first shown: JupyterLab's start does not wait for it. */
const GitPanel = React.lazy(async () => ({ default: (await import("./GitPanel")).GitPanel }));

/** The widget around the panel. */
export class GitWidget extends WatchingRenderer<GitModel> {
  private wasShown = false;

  constructor(model: GitModel) {
    super(model);
    this.id = "ddd-lab-git";
    this.addClass("ddd-lab-panel");
    this.title.icon = gitIcon;
    this.title.caption = "Git: the Design's Versions";
    this.node.tabIndex = -1;
  }

  protected override ask(): IDisposable {
    this.wasShown = true;
    this.update();
    return this.model.service.watch();
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
}
