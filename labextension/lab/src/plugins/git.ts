import {
  ILayoutRestorer,
  type JupyterFrontEnd,
  type JupyterFrontEndPlugin,
} from "@jupyterlab/application";
import { ICommandPalette } from "@jupyterlab/apputils";
import { IDesignDocuments } from "../document/tokens";
import { addGitCommands, addToJupyterlabGit } from "../git/commands";
import * as jupyterlabGit from "../git/jupyterlabGit";
import { GitModel } from "../git/model";
import { GitPlace } from "../git/place";
import { shellIn } from "../git/shell";
import { IGitPanel } from "../git/tokens";
import { GitWidget } from "../git/widget";
import { IDesignService, IDesignTree } from "../service/tokens";

/** The Git panel: status, commits and history of a design, in its own words. */
export const git: JupyterFrontEndPlugin<IGitPanel> = {
  id: "ddd-lab:git",
  description: "Shows what of a design is committed and what is not, in the words of the design.",
  autoStart: true,
  requires: [IDesignService],
  optional: [IDesignDocuments, IDesignTree, ILayoutRestorer, ICommandPalette],
  provides: IGitPanel,
  activate: (
    app: JupyterFrontEnd,
    service: IDesignService,
    documents: IDesignDocuments | null,
    tree: IDesignTree | null,
    restorer: ILayoutRestorer | null,
    palette: ICommandPalette | null,
  ) => {
    const shell = shellIn(app, documents, tree);
    const model = new GitModel(service, shell);
    const widget = new GitWidget(model);
    const place = new GitPlace(app, widget, model);
    const panel: IGitPanel = {
      toggle: () => place.toggle(),
      open: async (root) => {
        place.show();
        await service.choose(root);
      },
      showHistory: async (root, flow) => {
        place.showHistory();
        await service.choose(root);
        await model.showHistory(flow);
      },
    };
    const add = () => {
      place.add();
      restorer?.add(widget, widget.id);
    };
    if (jupyterlabGit.isInstalled(app)) {
      void jupyterlabGit.isShown(app).then((isShown) => {
        if (isShown) {
          place.yieldToOther();
          addToJupyterlabGit(app, service, shell, palette);
        } else {
          add();
        }
      });
    } else {
      add();
    }
    documents?.currentChanged.connect((_, tab) => {
      tab?.changed.connect(model.onDesignChanged, model);
      model.onDesignChanged();
    });
    tree?.changed.connect(model.onDesignChanged, model);
    addGitCommands(app, service, panel, palette);
    return panel;
  },
};
