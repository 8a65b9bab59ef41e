import type { IDisposable } from "@lumino/disposable";
import type { Message } from "@lumino/messaging";
import * as React from "react";
import { designIcon } from "../icons";
import { WatchingRenderer } from "../service/watching";
import type { TreeModel } from "./model";

/** Loaded when it is first shown: JupyterLab's start does not wait for it. */
const TreePanel = React.lazy(async () => ({ default: (await import("./TreePanel")).TreePanel }));

/** The widget around the tree. */
export class TreeWidget extends WatchingRenderer<TreeModel> {
  private wasShown = false;

  constructor(model: TreeModel) {
    super(model);
    this.id = "ddd-lab-tree";
    this.addClass("ddd-lab-panel");
    this.title.icon = designIcon;
    this.title.caption = "Design";
    this.node.tabIndex = -1;
  }

  protected override ask(): IDisposable {
    this.wasShown = true;
    this.update();
    return this.model.tree.watch();
  }

  protected override onActivateRequest(_: Message): void {
    const tree = this.node.querySelector<HTMLElement>('[role="tree"]');
    (tree ?? this.node).focus();
  }

  protected override render(): React.ReactElement {
    return this.wasShown ? (
      <React.Suspense fallback={null}>
        <TreePanel model={this.model} />
      </React.Suspense>
    ) : (
      <div />
    );
  }
}
