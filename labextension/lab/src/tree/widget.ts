import type { IDisposable } from "@lumino/disposable";
import type { Message } from "@lumino/messaging";
import { designIcon } from "../icons";
import { SidebarWidget } from "../service/sidebar";
import type { TreeModel } from "./model";

/** The widget around the tree. */
export class TreeWidget extends SidebarWidget<TreeModel> {
  constructor(model: TreeModel) {
    super(model, async () => (await import("./TreePanel")).TreePanel);
    this.id = "ddd-lab-tree";
    this.title.icon = designIcon;
    this.title.caption = "Design";
  }

  protected override ask(): IDisposable {
    return this.model.tree.watch();
  }

  protected override onActivateRequest(_: Message): void {
    const tree = this.node.querySelector<HTMLElement>('[role="tree"]');
    (tree ?? this.node).focus();
  }
}
