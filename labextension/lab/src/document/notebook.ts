import type { CommandRegistry } from "@lumino/commands";
import type { DesignDocument } from "./widget";

/** What is needed of a new notebook. */
interface NewNotebook {
  readonly context: { readonly ready: Promise<void>; save(): Promise<void> };
  readonly sessionContext: { readonly ready: Promise<void> };
  readonly content: {
    readonly model: {
      readonly sharedModel: { getCell(index: number): { setSource(source: string): void } };
    } | null;
  };
}

/** Opens a notebook on the kernel of a tab, with the project at hand. */
export async function openNotebook(commands: CommandRegistry, tab: DesignDocument): Promise<void> {
  if (tab.kernel === "") {
    throw new Error("The kernel has stopped. Start one in the design's tab first.");
  }
  const notebook: NewNotebook = await commands.execute("notebook:create-new", {
    cwd: tab.folder?.path ?? "",
    kernelId: tab.kernel,
  });
  await notebook.context.ready;
  // A cell that is run before that would have JupyterLab start a second session, and end the kernel
  // together with the one that came too late.
  await notebook.sessionContext.ready;
  notebook.content.model?.sharedModel.getCell(0).setSource(firstCell(tab.cell));
  await notebook.context.save();
}

/** Also opens the design where the notebook is run by itself later. */
function firstCell(opened: string): string {
  const [variable = ""] = opened.split(" ");
  return `import ddd_lab as ddd

${opened}  # the design in the tab: what is edited here shows there at once
${variable}`;
}
