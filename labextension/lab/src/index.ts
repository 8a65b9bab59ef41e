/** What DDD Lab adds to JupyterLab: one plugin for each concern, each can be disabled. */

import type { JupyterFrontEndPlugin } from "@jupyterlab/application";
import { api, designTree } from "./plugins/api";
import { bridge } from "./plugins/bridge";
import { commands } from "./plugins/commands";
import { designDiff } from "./plugins/designDiff";
import { documents } from "./plugins/document";
import { flowMap } from "./plugins/flowMap";
import { git } from "./plugins/git";
import { implementation } from "./plugins/implementation";
import { launcher } from "./plugins/launcher";
import { newDesign } from "./plugins/newDesign";
import { opening } from "./plugins/opening";
import { openWith } from "./plugins/openWith";
import { places } from "./plugins/places";
import { statusBar } from "./plugins/statusBar";
import { tree } from "./plugins/tree";

export { IDesignDocuments } from "./document/tokens";
export { IGitPanel } from "./git/tokens";
export { IImplementationPanel } from "./panel/tokens";
export { IDesignService, IDesignTree } from "./service/tokens";

const plugins: JupyterFrontEndPlugin<unknown>[] = [
  api,
  implementation,
  commands,
  bridge,
  documents,
  git,
  newDesign,
  designDiff,
  opening,
  designTree,
  places,
  tree,
  statusBar,
  launcher,
  openWith,
  flowMap,
] as JupyterFrontEndPlugin<unknown>[];

export default plugins;
