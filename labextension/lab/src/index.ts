/** What DDD Lab adds to JupyterLab: one plugin for each concern. */

import type { JupyterFrontEndPlugin } from "@jupyterlab/application";

const plugins: JupyterFrontEndPlugin<unknown>[] = [];

export default plugins;
