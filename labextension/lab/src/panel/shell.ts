import type { JupyterFrontEnd } from "@jupyterlab/application";
import type { Widget } from "@lumino/widgets";
import type { PanelShell } from "./model";

/** Terminals and files as JupyterLab opens them. */
export function hostIn(app: JupyterFrontEnd): Omit<PanelShell, "move"> {
  const { commands, shell, serviceManager } = app;

  /** Open what has a name; the command alone would start a new terminal for one that is gone. */
  const openTerminal = async (name: string) => {
    await serviceManager.terminals.refreshRunning();
    const running = [...serviceManager.terminals.running()].some((one) => one.name === name);
    if (name === "" || !running) {
      throw new Error("The terminal of this run is gone. Resume it in a new terminal.");
    }
    const beside = shell.currentWidget;
    const known = new Set(shell.widgets("main"));
    const opened = (await commands.execute("terminal:open", { name })) as Widget | undefined;
    if (opened !== undefined && beside !== null && beside !== opened && !known.has(opened)) {
      shell.add(opened, "main", { mode: "split-right", ref: beside.id });
    }
  };

  const openFile = async (path: string) => {
    await commands.execute("docmanager:open", { path });
  };

  return { openTerminal, openFile };
}
