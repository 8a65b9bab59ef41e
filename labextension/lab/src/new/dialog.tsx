import { Dialog, ReactWidget } from "@jupyterlab/apputils";
import type { Requests } from "../service/requests";
import { Form } from "./Form";
import { type Given, NewDesignModel } from "./model";

const TITLE = "New Design";
const BEGIN = 1;

/** Ask for a new design and begin it; returns its folder, or nothing where the person leaves. */
export async function beginNewDesign(requests: Requests, given: Given): Promise<string | null> {
  const model = new NewDesignModel(requests, given);
  const dialog = new NewDesignDialog(model);
  void model.load();
  const { button } = await dialog.launch();
  return button.accept ? (model.state?.root ?? null) : null;
}

/** Stays open until the design is begun, so that errors stand beside what is to be changed. */
class NewDesignDialog extends Dialog<unknown> {
  constructor(private readonly model: NewDesignModel) {
    super({
      title: TITLE,
      body: ReactWidget.create(<Form model={model} />),
      buttons: [Dialog.cancelButton(), Dialog.okButton({ label: "Begin" })],
      defaultButton: BEGIN,
      focusNodeSelector: "input[name='name']",
    });
    this.node.ariaLabel = TITLE;
    this.addClass("ddd-lab-new");
  }

  override resolve(index = BEGIN): void {
    if (index !== BEGIN) {
      super.resolve(index);
      return;
    }
    void this.model.begin().then((root) => {
      if (root !== null) {
        super.resolve(BEGIN);
      } else {
        this.node.querySelector<HTMLInputElement>("input[aria-invalid='true']")?.focus();
      }
    });
  }
}
