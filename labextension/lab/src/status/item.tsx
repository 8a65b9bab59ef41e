import { VDomModel, VDomRenderer } from "@jupyterlab/ui-components";
import type { IDisposable } from "@lumino/disposable";
import type * as React from "react";
import { counted } from "../page/words";
import type { IDesignTree } from "../service/tokens";
import { problems } from "../tree/rows";

/** What the status bar says of the current design. */
export class StatusModel extends VDomModel {
  private watch: IDisposable | null = null;

  constructor(private readonly tree: IDesignTree) {
    super();
    tree.changed.connect(this.onChanged, this);
    void this.begin();
  }

  /** Whether there is a design to say something of. */
  get isActive(): boolean {
    return this.watch !== null && this.tree.state !== null;
  }

  /** Its name, then what needs a look, as short signs and in words. */
  get parts(): readonly { readonly sign: string; readonly words: string }[] {
    const { state, unsaved } = this.tree;
    if (state === null) {
      return [];
    }
    const stale = [...state.flows, ...state.schemas].filter((row) => row.stale).length;
    return [
      { sign: state.name, words: `Design ${state.name}` },
      ...(unsaved.size > 0
        ? [{ sign: `● ${unsaved.size}`, words: `${counted(unsaved.size, "file")} unsaved` }]
        : []),
      ...problems(state),
      ...(stale > 0 ? [{ sign: `↓ ${stale}`, words: `${stale} stale` }] : []),
    ];
  }

  /** Of several designs none is asked about before somebody works with it. */
  private onChanged(): void {
    if (this.tree.service.isInUse) {
      this.watch ??= this.tree.watch();
    }
    this.stateChanged.emit();
  }

  private async begin(): Promise<void> {
    await this.tree.service.find().catch(() => undefined); // the tree says why
    this.onChanged();
  }
}

/** The item of the status bar; pressing it opens a menu. */
export class StatusItem extends VDomRenderer<StatusModel> {
  constructor(
    model: StatusModel,
    private readonly open: (at: DOMRect) => void,
  ) {
    super(model);
    this.addClass("ddd-lab-status-item");
  }

  protected override render(): React.ReactElement {
    const { parts } = this.model;
    const words = parts.map((part) => part.words).join(", ");
    return (
      <button
        aria-haspopup="menu"
        aria-label={words}
        onClick={(event) => this.open(event.currentTarget.getBoundingClientRect())}
        title={words}
        type="button"
      >
        {parts.map(({ sign }) => sign).join("  ")}
      </button>
    );
  }
}
