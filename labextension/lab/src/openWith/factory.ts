import { ABCWidgetFactory, type DocumentRegistry, DocumentWidget } from "@jupyterlab/docregistry";
import { Widget } from "@lumino/widgets";
import { designIcon } from "../icons";
import { words } from "../page/words";

/** Opens the design at the place of a file; raises why that cannot be done. */
export type OpenFile = (path: string) => Promise<unknown>;

/** What the tab shows until the design is open, or why it is not. */
type Shown = DocumentWidget<Widget, DocumentRegistry.IModel>;

/** "Open with › Design": shows the design at the file's place, in the tab of the design. */
export class DesignFactory extends ABCWidgetFactory<Shown> {
  constructor(
    options: DocumentRegistry.IWidgetFactoryOptions<Shown>,
    private readonly open: OpenFile,
    private readonly openAsText: (path: string) => void,
  ) {
    super(options);
  }

  protected createNewWidget(context: DocumentRegistry.Context): Shown {
    const content = new Widget();
    content.addClass("ddd-lab-panel");
    content.addClass("ddd-lab-open-with");
    content.node.textContent = "Opening the design…";
    const shown = new DocumentWidget({ content, context });
    shown.title.icon = designIcon;
    this.open(context.path).then(
      () => shown.dispose(),
      (error: unknown) => {
        const reason = document.createElement("p");
        reason.textContent = words(error);
        const button = document.createElement("button");
        button.className = "ddd-lab-button";
        button.textContent = "Open as text";
        button.addEventListener("click", () => {
          shown.dispose();
          this.openAsText(context.path);
        });
        content.node.replaceChildren(reason, button);
        content.node.setAttribute("role", "alert");
        button.focus();
      },
    );
    return shown;
  }
}
