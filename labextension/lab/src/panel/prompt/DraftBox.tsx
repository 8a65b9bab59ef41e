import * as React from "react";
import { type Draft, isEdited, keyOf, subject, tokens } from "../drafts";
import { ActionButton, Button, Failure, useAction } from "../parts/action";
import { FileLinks } from "../parts/FileLinks";
import { Scrolled } from "../parts/Scrolled";
import { useShown } from "../parts/shown";

const KINDS: Record<Draft["built"]["kind"], string> = {
  implement: "Implement",
  fix: "Fix failing tests",
  migrate: "Migrate",
};

interface Props {
  readonly draft: Draft;
  /** It is open from the beginning. */
  readonly first: boolean;
}

/** One prompt: its text, to read or to edit, about how long it is, and the files it names. */
export function DraftBox({ draft, first }: Props) {
  const { model } = useShown();
  const about = subject(draft.built);
  const [open, setOpen] = React.useState(first);
  const title = titleOf(draft);
  if (model.sheet.drafts.length === 1) {
    return (
      <section aria-label={title}>
        <h3>{title}</h3>
        <Opened draft={draft} />
      </section>
    );
  }
  const toggle = (event: React.SyntheticEvent<HTMLDetailsElement>) => {
    setOpen(event.currentTarget.open);
    if (event.currentTarget.open && !draft.seen) {
      model.change(keyOf(draft.built), { seen: true });
    }
  };
  return (
    <details data-prompt={about} onToggle={toggle} open={open}>
      <summary>
        {title} {draft.seen ? "" : "· not read yet"}
      </summary>
      {open && <Opened draft={draft} />}
    </details>
  );
}

function titleOf({ built }: Draft): string {
  const update = built.mode === "update" && built.kind === "implement";
  return `${update ? "Update" : KINDS[built.kind]} ${subject(built)}`;
}

function Opened({ draft }: Pick<Props, "draft">) {
  const { model } = useShown();
  const action = useAction();
  const [editing, setEditing] = React.useState(false);
  const about = subject(draft.built);
  return (
    <>
      <p className="ddd-lab-meta">
        about {tokens(draft).toLocaleString("en")} tokens
        {isEdited(draft) && " · edited; kept until you run or rebuild it"}
      </p>
      {draft.outdated && (
        <p className="ddd-lab-hint">
          The spec has changed since you edited this prompt. Choose Rebuild to see the new prompt.
        </p>
      )}
      <div className="ddd-lab-row">
        <Button aria-pressed={editing} onClick={() => setEditing(!editing)}>
          Edit
        </Button>
        <ActionButton action={action} work={() => model.rebuild(draft)}>
          Rebuild
        </ActionButton>
      </div>
      <Failure action={action} />
      {editing ? (
        <textarea
          aria-label={`Prompt for ${about}`}
          className="ddd-lab-text"
          onChange={(event) => model.change(keyOf(draft.built), { text: event.target.value })}
          rows={16}
          spellCheck={false}
          value={draft.text}
        />
      ) : (
        <Scrolled name={`Prompt for ${about}`}>{draft.text}</Scrolled>
      )}
      <FileLinks files={draft.built.files} title="Files it names" />
    </>
  );
}
