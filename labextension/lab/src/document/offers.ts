import type { JupyterFrontEnd } from "@jupyterlab/application";
import type { WidgetTracker } from "@jupyterlab/apputils";
import type { Kernel } from "@jupyterlab/services";
import { OPEN_DESIGN } from "../commands/places";
import { addOffers, type Offer, OPEN_IN_TAB } from "../page/offers";
import { notifyFailure } from "../service/notify";
import type { DesignDocument } from "./widget";

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
    act: (place) => notifyFailure(commands.execute(command, { ...place, ...args })),
  });

  addOffers((canvas) => {
    if (tracker.find(({ node }) => node.contains(canvas)) !== undefined) {
      return [
        offer("New view of the design", "ddd-lab:clone-design"),
        offer("Open a notebook on this design", "ddd-lab:open-notebook"),
      ];
    }
    return [...shell.widgets("main")]
      .filter(({ node }) => node.contains(canvas))
      .flatMap((widget) => {
        const { sessionContext, console } = widget as WithKernel;
        const kernel = (sessionContext ?? console?.sessionContext)?.session?.kernel?.id;
        return kernel === undefined ? [] : [offer(OPEN_IN_TAB, OPEN_DESIGN, { kernel })];
      });
  });
}
