import { PathExt } from "@jupyterlab/coreutils";
import type { Kernel, KernelMessage, KernelSpec, ServiceManager } from "@jupyterlab/services";
import type { JSONObject } from "@lumino/coreutils";
import type { DesignFolder } from "../protocol";

/** A kernel that cannot show a design, in words for the person. */
export class KernelError extends Error {
  override readonly name = "KernelError";
}

/**
 * What a design's session is called in its folder, where the kernel works. It counts as a console:
 * from its list of kernels JupyterLab opens one on it.
 */
const SESSION = "ddd-lab.design";

/** Finds the kernel of a design, or starts one. */
export class DesignKernels {
  constructor(private readonly services: ServiceManager.IManager) {}

  /**
   * A connection to the kernel of a design.
   *
   * @param wanted id of the kernel that is to be used while it is running.
   * @throws KernelError there is none, and none can be started.
   */
  async connect(folder: DesignFolder, wanted: string): Promise<Kernel.IKernelConnection> {
    const { kernels } = this.services;
    const model = wanted && (await kernels.findById(wanted));
    // The notebook's connection must be the one that has comms.
    return model ? kernels.connectTo({ model, handleComms: false }) : await this.start(folder);
  }

  /** Start a kernel; the server gives the one that it has started for this folder before. */
  private async start({ root, path }: DesignFolder): Promise<Kernel.IKernelConnection> {
    const name = await this.specName();
    const session = await this.services.sessions.startNew(
      {
        path: PathExt.join(path ?? "", SESSION),
        type: "console",
        name: nameOf(root),
        kernel: { name },
      },
      { kernelConnectionOptions: { handleComms: false } },
    );
    const { kernel } = session;
    if (kernel === null) {
      throw new KernelError("The server has started no kernel.");
    }
    kernel.disposed.connect(() => session.dispose());
    return kernel;
  }

  private async specName(): Promise<string> {
    const { kernelspecs } = this.services;
    await kernelspecs.ready;
    const known = kernelspecs.specs ?? { default: "", kernelspecs: {} };
    const specs = Object.values(known.kernelspecs).filter(isPython);
    const spec = specs.find(({ name }) => name === known.default) ?? specs[0];
    if (spec === undefined) {
      throw new KernelError(
        "This Jupyter server has no Python kernel. Install ipykernel in the environment that has " +
          "ddd-lab (pip install ipykernel), and try again.",
      );
    }
    return spec.name;
  }
}

function isPython(spec: KernelSpec.ISpecModel | undefined): spec is KernelSpec.ISpecModel {
  return spec?.language.toLowerCase() === "python";
}

/** What a folder is called. */
export function nameOf(root: string): string {
  return root.split(/[\\/]/u).findLast((part) => part !== "") ?? root;
}

/** Waits until a kernel can be asked. */
export async function isThere(kernel: Kernel.IKernelConnection): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const look = () => {
      const { status } = kernel;
      if (kernel.isDisposed || status === "dead") {
        reject(new KernelError("The kernel has stopped."));
      } else if (status === "restarting" || status === "autorestarting") {
        return;
      }
      resolve();
      kernel.statusChanged.disconnect(look);
    };
    kernel.statusChanged.connect(look);
    look();
  });
  await kernel.info;
}

type Evaluated =
  | { readonly status: "ok"; readonly data: Record<string, string> }
  | { readonly status: "error"; readonly ename: string; readonly evalue: string };

/**
 * Open a design in a kernel.
 *
 * @throws KernelError it cannot be opened.
 */
export async function serve(kernel: Kernel.IKernelConnection, root: string): Promise<void> {
  const call = `__import__("ddd_lab.project.tabs", fromlist=["serve"]).serve(${quoted(root)})`;
  const request = { code: "", silent: true, store_history: false, allow_stdin: false };
  const future = kernel.requestExecute({ ...request, user_expressions: { served: call } });
  const { content } = (await future.done) as KernelMessage.IExecuteReplyMsg;
  const expressions = (content as { user_expressions?: JSONObject }).user_expressions;
  const value = (expressions?.served ?? content) as unknown as Evaluated;
  if (value.status !== "ok" || !("data" in value)) {
    throw new KernelError(wordsFor(value as { ename?: string; evalue?: string }, kernel.name));
  }
}

/** A text as Python writes it; what JSON escapes means the same there. */
function quoted(text: string): string {
  return JSON.stringify(text);
}

function wordsFor({ ename = "", evalue = "" }: { ename?: string; evalue?: string }, name: string) {
  if (ename === "ModuleNotFoundError" && evalue.includes("ddd_lab")) {
    return (
      `The kernel ${name} has no DDD Lab of this version. Install ddd-lab in its environment ` +
      "(%pip install ddd-lab in a notebook of it), and try again."
    );
  }
  return ename === "ProjectError" ? evalue : `${ename}: ${evalue}`;
}
