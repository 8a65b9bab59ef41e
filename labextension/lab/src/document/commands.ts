import type { JupyterFrontEnd } from "@jupyterlab/application";
import type { ICommandPalette, WidgetTracker } from "@jupyterlab/apputils";
import type { ReadonlyPartialJSONObject } from "@lumino/coreutils";
import { ANOTHER, AT, KERNEL, placeOf, ROOT, schema, TAB, textOf } from "../commands/arguments";
import { OPEN_DESIGN } from "../commands/places";
import { rootOf } from "../commands/root";
import { designIcon } from "../icons";
import type { IDesignService } from "../service/tokens";
import type { DesignDocuments } from "./documents";
import { openNotebook } from "./notebook";
import type { DesignDocument } from "./widget";

const CATEGORY = "DDD Lab";
const NO_TAB = "Open a design in a tab first";

/** The commands that open designs, and those of the tab that was used last. */
export function addDocumentCommands(
  app: JupyterFrontEnd,
  service: IDesignService,
  documents: DesignDocuments,
  tracker: WidgetTracker<DesignDocument>,
  palette: ICommandPalette | null,
): void {
  const { commands } = app;

  /** Of the tab of the design that is named, which is opened for it, or of the last one. */
  const ofTab = (
    id: string,
    label: string,
    caption: string,
    act: (tab: DesignDocument) => unknown,
  ) => {
    const why = (args: ReadonlyPartialJSONObject) =>
      documents.obstacle || (tracker.currentWidget || args.root ? "" : NO_TAB);
    commands.addCommand(id, {
      label,
      caption: (args) => why(args) || caption,
      describedBy: { args: schema({ root: ROOT }) },
      isEnabled: (args) => why(args) === "",
      execute: async (args) => {
        const root = textOf(args, "root", ROOT);
        const { currentWidget } = tracker;
        const isMeant =
          root === undefined || (currentWidget && documents.shows(currentWidget, root));
        const tab = isMeant || root === undefined ? currentWidget : await documents.open({ root });
        if (tab === null) {
          throw new Error(NO_TAB);
        }
        await tab.shown;
        return await act(tab);
      },
    });
    palette?.addItem({ command: id, category: CATEGORY });
    app.contextMenu.addItem({ command: id, selector: "[data-type='ddd-lab-design']" });
  };

  commands.addCommand(OPEN_DESIGN, {
    label: "Open the Design",
    caption: () => documents.obstacle || "Show the design of the current project in a tab",
    isEnabled: () => documents.obstacle === "",
    icon: designIcon,
    describedBy: {
      args: schema({ root: ROOT, at: AT, kernel: KERNEL, another: ANOTHER, id: TAB }),
    },
    execute: async (args) => {
      const place = await wantedBy(args, service);
      const id = textOf(args, "id", TAB);
      return id === undefined ? await documents.open(place) : await documents.add(place, id);
    },
  });
  palette?.addItem({ command: OPEN_DESIGN, category: CATEGORY });

  ofTab("ddd-lab:save-design", "Save the Design", "Write what is unsaved", (tab) => tab.save());
  ofTab(
    "ddd-lab:clone-design",
    "New View for the Design",
    "Show the same design in another tab, beside this one",
    ({ root, at, kernel }) => documents.open({ root, at, kernel, another: true }),
  );
  ofTab(
    "ddd-lab:open-notebook",
    "Open a Notebook on This Design",
    "A new notebook on the same kernel: an edit there shows in the tab, and the other way round",
    (tab) => openNotebook(commands, tab),
  );
}

async function wantedBy(args: ReadonlyPartialJSONObject, service: IDesignService) {
  const root = await rootOf(args, service);
  const at = placeOf(args);
  const kernel = args.kernel === "" ? undefined : textOf(args, "kernel", KERNEL);
  return {
    root,
    ...(at === undefined ? {} : { at }),
    ...(kernel === undefined ? {} : { kernel }),
    ...(args.another === true ? { another: true } : {}),
  };
}
