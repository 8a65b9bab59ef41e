import * as React from "react";
import { counted } from "../page/words";
import { ActionButton, Button, Failure, useAction } from "../panel/parts/action";
import { Section } from "../panel/parts/Section";
import type { GitModel } from "./model";

/** The message and the commit; the message is offered from what is staged. */
export function CommitBox({ model }: { readonly model: GitModel }) {
  const action = useAction();
  const id = React.useId();
  const { design, state } = model;
  const staged = state?.files.filter((file) => file.area === "staged").length ?? 0;
  const unsaved = model.unsaved.length;
  const unnamed = model.message.trim() === "" ? "Say in the message what changed" : "";
  return (
    <Section title="Commit">
      <label className="ddd-lab-hint" htmlFor={id}>
        Message{model.draft === null && staged > 0 && ", offered from what is staged"}
      </label>
      <textarea
        className="ddd-lab-text"
        id={id}
        onChange={(event) => model.write(event.target.value)}
        placeholder={staged === 0 ? "Stage what is to be committed" : ""}
        rows={4}
        value={model.message}
      />
      {unsaved > 0 && (
        <div className="ddd-lab-notice" role="note">
          <p>
            {counted(unsaved, "file")} {unsaved === 1 ? "has" : "have"} unsaved edits: the commit
            does not have them.
          </p>
          {design === null ? (
            <p>Save them where they were made.</p>
          ) : (
            <ActionButton action={action} work={() => design.save()}>
              Save
            </ActionButton>
          )}
        </div>
      )}
      <div className="ddd-lab-row">
        <ActionButton
          action={action}
          cannot={state?.cannot.commit || unnamed}
          look="main"
          work={() => model.commit()}
        >
          Commit {staged > 0 && counted(staged, "file")}
        </ActionButton>
        {model.draft !== null && (
          <Button look="link" onClick={() => model.write(null)}>
            Offer a message again
          </Button>
        )}
      </div>
      <Failure action={action} />
    </Section>
  );
}
