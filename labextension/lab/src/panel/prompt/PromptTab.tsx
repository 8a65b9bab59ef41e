import { keyOf } from "../drafts";
import { ActionButton, Failure, useAction } from "../parts/action";
import { useShown } from "../parts/shown";
import { Cancel } from "./Cancel";
import { DraftBox } from "./DraftBox";
import { NoClaude } from "./NoClaude";

/** Characters of a command that leave most of the panel to the prompt. */
const SHORT = 80;

/** The prompts that were built, to be read and edited; nothing is sent before Run. */
export function PromptTab() {
  const { model, state } = useShown();
  const { drafts } = model.sheet;
  if (drafts.length === 0) {
    return (
      <p className="ddd-lab-hint">
        No prompt is ready. Choose a flow under Flows, or press Implement on the canvas.
      </p>
    );
  }
  return (
    <>
      {drafts.map((draft, index) => (
        <DraftBox draft={draft} first={index === 0} key={keyOf(draft.built)} />
      ))}
      {state.claude.found ? <Going /> : <NoClaude />}
    </>
  );
}

/** What will run, and the button that runs it. */
function Going() {
  const { model, state } = useShown();
  const action = useAction();
  const { drafts } = model.sheet;
  const unseen = drafts.filter((draft) => !draft.seen).length;
  const several = drafts.length > 1;
  const empty = drafts.some((draft) => draft.text.trim() === "");
  return (
    <div className="ddd-lab-going">
      <details className="ddd-lab-meta" open={state.claude.command.length < SHORT || undefined}>
        <summary>
          Runs in a terminal, at the project’s root, with the prompt as it stands here
        </summary>
        <code>{state.claude.command} --settings … --session-id … -- PROMPT</code>
      </details>
      <p className="ddd-lab-meta">{state.claude.asks}</p>
      {several && (
        <p className="ddd-lab-meta">One after another. A failure pauses the queue and asks you.</p>
      )}
      {unseen > 0 && (
        <p className="ddd-lab-meta">
          Look at {unseen === 1 ? "one more prompt" : `${unseen} more prompts`} first.
        </p>
      )}
      <div className="ddd-lab-row">
        <ActionButton
          action={action}
          disabled={unseen > 0 || empty}
          look="main"
          work={() => model.runDrafts()}
        >
          {several ? "Run all" : "Run"}
        </ActionButton>
        <Cancel />
      </div>
      <Failure action={action} />
    </div>
  );
}
