import type { JupyterFrontEnd } from "@jupyterlab/application";
import type { Widget } from "@lumino/widgets";

/** Shells whose sidebars can be folded: JupyterLab's and Notebook's. */
interface Foldable {
  collapseLeft(): void;
  collapseRight(): void;
}

/** Where the panel stands: in a sidebar, or among the documents. */
export class Place {
  constructor(
    private readonly shell: JupyterFrontEnd.IShell,
    private readonly widget: Widget,
  ) {}

  /** Put it into the right sidebar, without opening that. */
  add(): void {
    this.widget.title.closable = false;
    this.widget.title.label = "";
    this.shell.add(this.widget, "right", { rank: 700 });
  }

  /** Show it. */
  show(): void {
    if (!this.widget.isAttached) {
      this.add(); // it was closed among the documents
    }
    this.shell.activateById(this.widget.id);
  }

  /** Show it, or hide it where it is to be seen. */
  toggle(): void {
    if (!this.widget.isVisible) {
      this.show();
    } else if (this.isIn("main")) {
      this.widget.close();
    } else {
      const shell = this.shell as JupyterFrontEnd.IShell & Partial<Foldable>;
      (this.isIn("left") ? shell.collapseLeft : shell.collapseRight)?.call(shell);
    }
  }

  /** From the sidebar to the documents, or back. */
  move(): void {
    if (this.isIn("main")) {
      this.add();
    } else {
      this.widget.title.closable = true;
      this.widget.title.label = "Implementation";
      this.shell.add(this.widget, "main", { mode: "split-right" });
    }
    this.shell.activateById(this.widget.id);
  }

  private isIn(area: string): boolean {
    return [...this.shell.widgets(area)].includes(this.widget);
  }
}
