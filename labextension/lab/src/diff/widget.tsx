import { VDomRenderer } from "@jupyterlab/ui-components";
import type { Message } from "@lumino/messaging";
import type * as React from "react";
import { diffIcon } from "../icons";
import { DiffView } from "./DiffView";
import type { DiffModel } from "./model";

/** The tab that compares two versions of a design. */
export class DesignDiffTab extends VDomRenderer<DiffModel> {
  constructor(id: string, model: DiffModel) {
    super(model);
    this.id = id;
    this.addClass("ddd-lab-panel");
    this.addClass("ddd-lab-diff");
    this.node.tabIndex = -1;
    this.title.icon = diffIcon;
    this.title.closable = true;
    this.name();
    model.stateChanged.connect(() => this.name());
  }

  /** Files may have been saved meanwhile. */
  protected override onAfterShow(_: Message): void {
    if (!this.model.isBusy) {
      void this.model.load();
    }
  }

  protected override onActivateRequest(_: Message): void {
    if (!this.node.contains(document.activeElement)) {
      (this.node.querySelector<HTMLElement>(".ddd-diff-picture") ?? this.node).focus();
    }
  }

  protected override render(): React.ReactElement {
    return <DiffView model={this.model} />;
  }

  private name(): void {
    const { place, diff } = this.model;
    const name = diff?.title ?? (place.at || "System Map");
    this.title.label = `Diff: ${name}`;
    this.title.caption = `Two versions of ${name}\n${place.root}`;
  }
}
