import type { IStateDB } from "@jupyterlab/statedb";
import { type ISignal, Signal } from "@lumino/signaling";

/** A design that was opened. */
export interface RecentDesign {
  readonly root: string;
  readonly name: string;
}

const KEY = "ddd-lab:recent-designs";
const KEPT = 10;

/** The designs that were opened last, the newest first; remembered where JupyterLab can. */
export class RecentDesigns {
  readonly changed: ISignal<this, void>;
  private readonly signal = new Signal<this, void>(this);
  private designs: readonly RecentDesign[] = [];
  /** What was remembered has been read. */
  readonly ready: Promise<void>;

  constructor(private readonly database: IStateDB | null) {
    this.changed = this.signal;
    this.ready = this.load().catch(() => undefined); // others wrote it: it begins anew
  }

  get all(): readonly RecentDesign[] {
    return this.designs;
  }

  /** Take note that a design was opened. */
  async note(design: RecentDesign): Promise<void> {
    await this.put([design, ...this.designs.filter(({ root }) => root !== design.root)]);
  }

  /** Forget one, which is gone. */
  async forget(root: string): Promise<void> {
    await this.put(this.designs.filter((design) => design.root !== root));
  }

  private async load(): Promise<void> {
    const value: unknown = await this.database?.fetch(KEY);
    if (Array.isArray(value)) {
      this.designs = value.filter(isDesign);
      this.signal.emit();
    }
  }

  private async put(designs: readonly RecentDesign[]): Promise<void> {
    await this.ready;
    this.designs = designs.slice(0, KEPT);
    this.signal.emit();
    await this.database?.save(
      KEY,
      this.designs.map((design) => ({ ...design })),
    );
  }
}

function isDesign(value: unknown): value is RecentDesign {
  const { root, name } = (value ?? {}) as Partial<RecentDesign>;
  return typeof root === "string" && typeof name === "string";
}
