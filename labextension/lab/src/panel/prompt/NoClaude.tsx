import { Clipboard } from "@jupyterlab/apputils";
import { subject } from "../drafts";
import { Alert, Button } from "../parts/action";
import { useShown } from "../parts/shown";
import { Cancel } from "./Cancel";

/** Where Claude Code cannot be started: how to get it, and the prompt to be used elsewhere. */
export function NoClaude() {
  const { model, state } = useShown();
  const { drafts } = model.sheet;
  const text = drafts.map((draft) => draft.text).join("\n\n");
  const copy = () => {
    Clipboard.copyToSystem(text); // the browser's own is only there on secure pages
    model.announce("The prompt was copied");
  };
  const name = drafts.map((draft) => subject(draft.built)).join("-");
  return (
    <div className="ddd-lab-going">
      <Alert>{state.claude.advice}</Alert>
      <div className="ddd-lab-row">
        <Button
          look="main"
          onClick={() => download(`prompt-${name.replace(/[^\w.-]+/g, "-")}.md`, text)}
        >
          Save prompt as file
        </Button>
        <Button onClick={copy}>Copy prompt</Button>
        <Cancel />
      </div>
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
