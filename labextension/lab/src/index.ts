/** What DDD Lab adds to JupyterLab: one plugin for each concern, each can be disabled. */

import type { JupyterFrontEndPlugin } from "@jupyterlab/application";
import { api } from "./plugins/api";
import { bridge } from "./plugins/bridge";
import { commands } from "./plugins/commands";
import { documents } from "./plugins/document";
import { git } from "./plugins/git";
import { implementation } from "./plugins/implementation";
import { opening } from "./plugins/opening";

export { IDesignDocuments } from "./document/tokens";
export { IGitPanel } from "./git/tokens";
export { IImplementationPanel } from "./panel/tokens";
export { IDesignService } from "./service/tokens";

const plugins: JupyterFrontEndPlugin<unknown>[] = [
  api,
  implementation,
  commands,
  bridge,
  documents,
  git,
  opening,
] as JupyterFrontEndPlugin<unknown>[];

export default plugins;
