import type { JupyterFrontEnd, JupyterFrontEndPlugin } from "@jupyterlab/application";
import { ICommandPalette } from "@jupyterlab/apputils";
import { ILauncher } from "@jupyterlab/launcher";
import { ISettingRegistry } from "@jupyterlab/settingregistry";
import { IStateDB } from "@jupyterlab/statedb";
import { notebookIcon } from "@jupyterlab/ui-components";
import { DisposableSet } from "@lumino/disposable";
import { ROOT, schema, TEXT, textOf } from "../commands/arguments";
import { OPEN_DESIGN, run } from "../commands/places";
import { designIcon } from "../icons";
import { chooseDesign } from "../launcher/choose";
import { RecentDesigns } from "../launcher/recent";
import { RefusedError } from "../service/requests";
import { IDesignService } from "../service/tokens";

const CATEGORY = "DDD Lab";
const CHOOSE = "ddd-lab:choose-design";
const RECENT = "ddd-lab:open-recent-design";
const NEW = "ddd-lab:new-design";
const WALKTHROUGHS = "ddd-lab:open-walkthroughs";
/** Designs that the launcher shows by name. */
const SHOWN = 3;

/** Ways into a design: the launcher's cards, and the designs that were opened last. */
export const launcher: JupyterFrontEndPlugin<void> = {
  id: "ddd-lab:launcher",
  description: "Opens designs and walkthroughs from the launcher, and remembers recent designs.",
  autoStart: true,
  requires: [IDesignService],
  optional: [ILauncher, ICommandPalette, IStateDB, ISettingRegistry],
  activate: (
    app: JupyterFrontEnd,
    service: IDesignService,
    cards: ILauncher | null,
    palette: ICommandPalette | null,
    database: IStateDB | null,
    settings: ISettingRegistry | null,
  ) => {
    const recent = new RecentDesigns(database);
    addCommands(app, service, recent);
    remember(app, service, recent);
    for (const command of [CHOOSE, WALKTHROUGHS]) {
      palette?.addItem({ command, category: CATEGORY });
    }
    void app.restored.then(() => {
      if (cards !== null) {
        addCards(app, cards, recent);
      }
      void openAtStart(app, recent, settings);
    });
  },
};

function addCommands(app: JupyterFrontEnd, service: IDesignService, recent: RecentDesigns): void {
  const { commands } = app;
  commands.addCommand(CHOOSE, {
    label: "Open a Design…",
    caption: "Choose one of the designs below the folder that JupyterLab shows",
    icon: designIcon,
    describedBy: { args: schema({}) },
    execute: async () => {
      const root = await chooseDesign(service, recent.all);
      return root === "" ? undefined : await run(commands, OPEN_DESIGN, { root });
    },
  });
  commands.addCommand(RECENT, {
    label: ({ name }) => (typeof name === "string" ? name : "Open a Recent Design"),
    caption: ({ root }) => (typeof root === "string" ? root : "Open a design once more"),
    icon: designIcon,
    describedBy: { args: schema({ root: ROOT, name: TEXT }, ["root"]) },
    execute: async (args) =>
      await run(commands, OPEN_DESIGN, { root: textOf(args, "root", ROOT) ?? "" }),
  });
  commands.addCommand(WALKTHROUGHS, {
    label: "Walkthroughs",
    caption: "Notebooks that show what DDD Lab does, copied into your folder",
    icon: notebookIcon,
    describedBy: { args: schema({}) },
    execute: async () => {
      const { path } = await service.requests.act("walkthroughs", {});
      return await commands.execute("docmanager:open", { path });
    },
  });
}

/** Take note of every design that is opened, whoever opens it, and forget those that are gone. */
function remember(app: JupyterFrontEnd, service: IDesignService, recent: RecentDesigns): void {
  app.commands.commandExecuted.connect((_, { id, args, result }) => {
    const { root } = args as { root?: unknown };
    if (id === OPEN_DESIGN && typeof root === "string" && root !== "") {
      result
        .then(async () => {
          if (await isGone(service, root)) {
            await recent.forget(root);
            return;
          }
          await service.find();
          const known = service.projects?.find((project) => project.root === root);
          await recent.note({ root, name: known?.name ?? root.split(/[\\/]/u).at(-1) ?? root });
        })
        .catch(() => undefined); // whoever opened it is told why it could not be
    }
  });
}

/** Whether there is no such folder any more: its tab says so. */
async function isGone(service: IDesignService, root: string): Promise<boolean> {
  try {
    await service.requests.ask("folder", { root });
    return false;
  } catch (error) {
    return error instanceof RefusedError && error.isMissing;
  }
}

/** The cards of the launcher. */
function addCards(app: JupyterFrontEnd, cards: ILauncher, recent: RecentDesigns): void {
  const fixed = [CHOOSE, NEW, WALKTHROUGHS].filter((command) => app.commands.hasCommand(command));
  fixed.forEach((command, rank) => {
    cards.add({ command, category: CATEGORY, rank });
  });
  let shown = new DisposableSet();
  const show = () => {
    shown.dispose();
    shown = DisposableSet.from(
      recent.all
        .slice(0, SHOWN)
        .map((design, index) =>
          cards.add({ command: RECENT, args: { ...design }, category: CATEGORY, rank: 10 + index }),
        ),
    );
  };
  recent.changed.connect(show);
  show();
}

/** Open the design that was open last, where the settings ask for it and no tab was restored. */
async function openAtStart(
  app: JupyterFrontEnd,
  recent: RecentDesigns,
  registry: ISettingRegistry | null,
): Promise<void> {
  const settings = await registry?.load(launcher.id).catch(() => undefined);
  await recent.ready;
  const [last] = recent.all;
  if (settings?.get("openAtStart").composite === true && last !== undefined) {
    await app.commands.execute(RECENT, { ...last }).catch(() => undefined);
  }
}
