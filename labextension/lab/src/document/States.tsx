import { VDomModel, VDomRenderer } from "@jupyterlab/ui-components";
import type * as React from "react";
import { Button } from "../panel/parts/action";

/** What a person can do about something. */
export interface Remedy {
  readonly label: string;
  do(): void;
}

/** What a tab shows in the place of its canvas, or above it while the canvas cannot be used. */
export type State =
  | { readonly kind: "shown" }
  | { readonly kind: "busy"; readonly text: string }
  | {
      readonly kind: "trouble";
      readonly title: string;
      readonly text: string;
      readonly remedies: readonly Remedy[];
    };

export class StatesModel extends VDomModel {
  private now: State = { kind: "busy", text: "" };

  get state(): State {
    return this.now;
  }

  set state(state: State) {
    this.now = state;
    this.stateChanged.emit();
  }
}

export class States extends VDomRenderer<StatesModel> {
  constructor(model: StatesModel) {
    super(model);
    this.addClass("ddd-lab-states");
  }

  protected override render(): React.ReactElement | null {
    const { state } = this.model;
    switch (state.kind) {
      case "shown":
        return null;
      case "busy":
        return (
          <p aria-busy="true" className="ddd-lab-state" role="status">
            {state.text}
          </p>
        );
      default:
        return <Trouble {...state} />;
    }
  }
}

function Trouble({ title, text, remedies }: Exclude<State, { kind: "shown" | "busy" }>) {
  const [first] = remedies;
  return (
    <div className="ddd-lab-state" role="alert">
      <strong>{title}</strong>
      <p>{text}</p>
      <div className="ddd-lab-row">
        {remedies.map((remedy) => (
          <Button
            key={remedy.label}
            look={remedy === first ? "main" : "plain"}
            onClick={() => remedy.do()}
          >
            {remedy.label}
          </Button>
        ))}
      </div>
    </div>
  );
}
