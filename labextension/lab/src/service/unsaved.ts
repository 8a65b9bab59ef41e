import type { Kernel } from "@jupyterlab/services";
import { type ISignal, Signal } from "@lumino/signaling";

/** What a canvas tells the page whenever the unsaved files of its project are others. */
const EVENT = "ddd-lab:unsaved";
const NOTHING: ReadonlySet<string> = new Set();

/** The unsaved files of each project, as an open canvas has told last: only its kernel knows. */
export class Unsaved {
  readonly changed: ISignal<this, void>;
  private readonly signal = new Signal<this, void>(this);
  private readonly files = new Map<string, ReadonlySet<string>>();

  constructor(kernels: Kernel.IManager) {
    this.changed = this.signal;
    kernels.runningChanged.connect((_, running) => {
      if (running.length === 0 && this.files.size > 0) {
        this.files.clear();
        this.signal.emit();
      }
    });
    document.addEventListener(EVENT, (event) => {
      const { root, unsaved } = (event as CustomEvent<{ root: string; unsaved: string[] }>).detail;
      this.files.set(root, new Set(unsaved));
      this.signal.emit();
    });
  }

  of(root: string): ReadonlySet<string> {
    return this.files.get(root) ?? NOTHING;
  }
}
