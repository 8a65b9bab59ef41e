import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin,
} from "@jupyterlab/application";
import { ICommandPalette, WidgetTracker } from "@jupyterlab/apputils";
import type { ReadonlyPartialJSONObject } from "@lumino/coreutils";
import { UUID } from "@lumino/coreutils";
import { AT_OR_FILE, REVISION, ROOT, schema, TAB, textOf } from "../commands/arguments";
import { OPEN_DESIGN, run } from "../commands/places";
import { rootOf } from "../commands/root";
import type { DiffHost } from "../diff/model";
import { type DiffPlace, LAST_COMMIT } from "../diff/tokens";
import type { DesignDiffTab } from "../diff/widget";
import { IDesignDocuments } from "../document/tokens";
import { addOffers } from "../page/offers";
import { watchTheme } from "../page/theme";
import { notifyFailure } from "../service/notify";
import { IDesignService } from "../service/tokens";

const COMMAND = "ddd-lab:show-design-diff";

/** Two versions of a design as a picture, in a tab of the main area. */
export const designDiff: JupyterFrontEndPlugin<void> = {
  id: "ddd-lab:design-diff",
  description: "Compares two versions of a design.",
  autoStart: true,
  requires: [IDesignService],
  optional: [ICommandPalette, ILayoutRestorer, IDesignDocuments],
  activate: (
    app: JupyterFrontEnd,
    service: IDesignService,
    palette: ICommandPalette | null,
    restorer: ILayoutRestorer | null,
    documents: IDesignDocuments | null,
  ) => {
    const { commands, shell } = app;
    const tracker = new WidgetTracker<DesignDiffTab>({ namespace: "ddd-lab-design-diff" });
    const host: DiffHost = {
      requests: service.requests,
      unsaved: (root) => (documents?.current?.root === root ? documents.current.unsaved.length : 0),
      openDesign: (root, at) => notifyFailure(run(commands, OPEN_DESIGN, { root, at })),
    };

    async function open(place: DiffPlace, id: string | undefined): Promise<DesignDiffTab> {
      const known = tracker.find(({ model }) => model.place.root === place.root);
      if (known !== undefined) {
        known.model.go(place);
        shell.activateById(known.id);
        return known;
      }
      const [{ DesignDiffTab }, { DiffModel }] = await Promise.all([
        import("../diff/widget"),
        import("../diff/model"),
      ]);
      const model = new DiffModel(place, host);
      const tab = new DesignDiffTab(id ?? `ddd-lab-design-diff-${UUID.uuid4()}`, model);
      const unwatch = watchTheme(() => void model.load());
      tab.disposed.connect(() => {
        unwatch();
        model.dispose();
      });
      model.stateChanged.connect(() => void tracker.save(tab));
      await tracker.add(tab);
      shell.add(tab, "main");
      shell.activateById(tab.id);
      return tab;
    }

    commands.addCommand(COMMAND, {
      label: "Compare Two Versions of the Design",
      caption: "Show what was added, changed and removed, as a picture and in words",
      describedBy: {
        args: schema({ root: ROOT, at: AT_OR_FILE, old: REVISION, new: REVISION, id: TAB }),
      },
      execute: async (args) => await open(await placeOf(args, service), textOf(args, "id", TAB)),
    });
    palette?.addItem({ command: COMMAND, category: "DDD Lab" });
    addOffers(() => [
      {
        label: "Compare with the last commit",
        act: ({ root, at }) => notifyFailure(commands.execute(COMMAND, { root, at })),
      },
    ]);
    void restorer?.restore(tracker, {
      command: COMMAND,
      args: ({ id, model }) => ({ id, ...model.place }),
      name: ({ id }) => id,
    });
  },
};

async function placeOf(
  args: ReadonlyPartialJSONObject,
  service: IDesignService,
): Promise<DiffPlace> {
  const text = (key: "at" | "old" | "new") =>
    args[key] === "" ? "" : textOf(args, key, key === "at" ? AT_OR_FILE : REVISION);
  return {
    root: await rootOf(args, service),
    at: text("at") ?? "",
    old: text("old") ?? LAST_COMMIT,
    new: text("new") ?? "",
  };
}
