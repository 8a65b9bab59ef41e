import type { JupyterFrontEnd } from "@jupyterlab/application";
import { Notification, type WidgetTracker } from "@jupyterlab/apputils";
import type { Kernel } from "@jupyterlab/services";
import { words } from "../service/requests";
import type { DesignDocument } from "./widget";

/** Something to do with a place of the design, as an entry of the canvas's menu. */
interface Offer {
  readonly label: string;
  act(place: { root: string; at: string }): void;
}

/** What is needed of a notebook, a console or an output that stands alone. */
interface WithKernel {
  readonly sessionContext?: {
    readonly session?: { readonly kernel?: Kernel.IKernelConnection | null } | null;
  };
  readonly console?: WithKernel;
}

/**
 * Adds to a canvas's menu what can be done with tabs, whenever it is opened.
 *
 * A canvas in a cell shows its project in a tab: on the kernel of its notebook, so that both show
 * the same.
 */
export function offerTabs(app: JupyterFrontEnd, tracker: WidgetTracker<DesignDocument>): void {
  const { commands, shell } = app;
  const offer = (label: string, command: string, args: object = {}): Offer => ({
    label,
    act: (place) => {
      commands.execute(command, { ...place, ...args }).catch((error: unknown) => {
        Notification.error(words(error));
      });
    },
  });

  document.addEventListener("ddd-lab:offers", (event) => {
    const { detail } = event as CustomEvent<unknown>;
    const [canvas] = event.composedPath() as Node[];
    if (!Array.isArray(detail) || canvas === undefined) {
      return;
    }
    if (tracker.find(({ node }) => node.contains(canvas)) !== undefined) {
      detail.push(
        offer("New view of the design", "ddd-lab:clone-design"),
        offer("Open a notebook on this design", "ddd-lab:open-notebook"),
      );
      return;
    }
    for (const widget of shell.widgets("main")) {
      const { sessionContext, console } = widget as WithKernel;
      const context = sessionContext ?? console?.sessionContext;
      const kernel = context?.session?.kernel?.id;
      if (kernel !== undefined && widget.node.contains(canvas)) {
        detail.push(offer("Open in a tab", "ddd-lab:open-design", { kernel }));
      }
    }
  });
}
