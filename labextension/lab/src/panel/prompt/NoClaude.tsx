import { subject } from "../drafts";
import { Alert, DeedButton, Failure, useDeed } from "../parts/deed";
import { useShown } from "../parts/shown";

/** Where Claude Code cannot be started: how to get it, and the prompt to be used elsewhere. */
export function NoClaude() {
  const { model, state } = useShown();
  const deed = useDeed();
  const { drafts } = model.sheet;
  const text = drafts.map((draft) => draft.text).join("\n\n");
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    model.announce("The prompt was copied");
  };
  const name = drafts.map((draft) => subject(draft.built)).join("-");
  return (
    <div className="ddd-lab-going">
      <Alert>{state.claude.advice}</Alert>
      <div className="ddd-lab-row">
        <button
          className="ddd-lab-button ddd-lab-main"
          onClick={() => download(`prompt-${name.replace(/[^\w.-]+/g, "-")}.md`, text)}
          type="button"
        >
          Save prompt as file
        </button>
        <DeedButton deed={deed} work={copy}>
          Copy prompt
        </DeedButton>
        <button className="ddd-lab-button" onClick={() => model.dropDrafts()} type="button">
          Cancel
        </button>
      </div>
      <Failure deed={deed} />
    </div>
  );
}

function download(name: string, text: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/markdown" }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
