import type { JupyterFrontEnd } from "@jupyterlab/application";
import type { Widget } from "@lumino/widgets";
import * as jupyterlabGit from "./jupyterlabGit";
import type { GitModel } from "./model";

/** Where the panel stands: in the left sidebar, unless jupyterlab-git has its own there. */
export class GitPlace {
  private hasOther = false;

  constructor(
    private readonly app: JupyterFrontEnd,
    private readonly widget: Widget,
    private readonly model: GitModel,
  ) {}

  add(): void {
    this.app.shell.add(this.widget, "left", { rank: 620 });
  }

  /** Leave the sidebar to jupyterlab-git; what it does not have is shown among the documents. */
  yieldToOther(): void {
    this.hasOther = true;
    this.model.isHistoryOnly = true;
    this.widget.title.closable = true;
    this.widget.title.label = "Design History";
  }

  show(): void {
    if (this.hasOther) {
      jupyterlabGit.show(this.app);
    } else {
      this.app.shell.activateById(this.widget.id);
    }
  }

  /** Show it, or hide it where it is to be seen. */
  toggle(): void {
    const shell = this.app.shell as JupyterFrontEnd.IShell & { collapseLeft?(): void };
    if (this.widget.isVisible && !this.hasOther) {
      shell.collapseLeft?.();
    } else {
      this.show();
    }
  }

  showHistory(): void {
    if (this.hasOther && !this.widget.isAttached) {
      this.app.shell.add(this.widget, "main");
    }
    this.app.shell.activateById(this.widget.id);
  }
}
