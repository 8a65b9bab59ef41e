import type { IDisposable } from "@lumino/disposable";
import { gitIcon } from "../icons";
import { SidebarWidget } from "../service/sidebar";
import type { GitModel } from "./model";

/** The widget around the panel. */
export class GitWidget extends SidebarWidget<GitModel> {
  constructor(model: GitModel) {
    super(model, async () => (await import("./GitPanel")).GitPanel);
    this.id = "ddd-lab-git";
    this.title.icon = gitIcon;
    this.title.caption = "Git: the Design's Versions";
  }

  protected override ask(): IDisposable {
    return this.model.watch();
  }
}
