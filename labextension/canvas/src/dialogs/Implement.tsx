import { useState } from "react";
import { useId, useLandmark } from "../ids";
import { plural } from "../panels/ProblemMark";
import { Refusal } from "../panels/Refusal";
import { ToolButton } from "../panels/ToolButton";
import type { Drift as DriftView } from "../protocol";
import { write } from "../state/clipboard";
import { implement } from "../state/implementing";
import { useSession, useView } from "../state/session";
import type { PromptKind } from "../state/types";
import { useAsking } from "../state/useAsking";
import { Diff } from "./Diff";
import { Frame } from "./Frame";
import { DialogForm } from "./parts";

interface Wish {
  readonly flows: readonly string[];
  readonly what: PromptKind;
}

/** Asks to save before code is written: that is done from what is on disk. */
export function SaveFirst({ flows, what }: Wish) {
  const session = useSession();
  const unsaved = useView((state) => state.sheet?.head.status.unsaved) ?? [];
  const save = async () => {
    await session.call("save");
    // What comes next may be a dialog, too: this one closes first.
    setTimeout(() => void implement(session, flows, what));
    return "";
  };
  return (
    <DialogForm action="Save and go on" onSubmit={save} title="Save first">
      <p>
        Claude Code reads the specs as they are on disk, and {plural(unsaved.length, "file")}{" "}
        {unsaved.length === 1 ? "has" : "have"} unsaved changes:
      </p>
      <Files paths={unsaved} />
    </DialogForm>
  );
}

/** What a host without a panel can do: read what changed, copy the prompt, run a command. */
export function Implement({ flows, what }: Wish) {
  const [tries, setTries] = useState(0);
  return (
    <Frame
      title={`${what === "fix" ? "Fix failing tests of" : "Implement"} ${flows.join(", ")}`}
      wide
    >
      <Prompt key={tries} onRetry={() => setTries(tries + 1)} wish={{ flows, what }} />
    </Frame>
  );
}

function Prompt({ wish: { flows, what }, onRetry }: { wish: Wish; onRetry: () => void }) {
  const session = useSession();
  const { result, error } = useAsking("prompt", { flows: [...flows], kind: what });
  return (
    <>
      {result ? (
        <div className="ddd-form">
          {result.drifts.map((drift) => (
            <Drift drift={drift} key={drift.flow} />
          ))}
          <PromptText text={result.text} />
          <Named files={result.files} />
          <Command
            about="To let Claude Code do it, run this in a terminal on the computer that has the project:"
            command={result.command}
            name="command"
          />
          {flows.length === 1 && result.drifts.length === 1 ? (
            <Command
              about="If spec and code are both right as they are, run this with your reason between the quotes:"
              command={result.accept}
              name="command that accepts"
            />
          ) : null}
        </div>
      ) : error ? (
        <Refusal error={error} />
      ) : (
        <p className="ddd-quiet" role="status">
          Preparing the prompt…
        </p>
      )}
      <div className="ddd-buttons">
        {error ? <ToolButton label="Try again" onPress={onRetry} text /> : null}
        <ToolButton label="Close" onPress={() => session.dialog(null)} primary text />
      </div>
    </>
  );
}

function Drift({ drift: { flow, title, words, diff, unknown } }: { drift: DriftView }) {
  return (
    <section aria-label={useLandmark(`What has changed in ${flow}`)}>
      <p>
        <strong>{title}:</strong>
      </p>
      <ul className="ddd-moved">
        {words.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      {diff ? <Diff diff={diff} error="" label="The spec then and now" /> : null}
      {unknown ? <p className="ddd-quiet">There are no lines to show: {unknown}.</p> : null}
    </section>
  );
}

function PromptText({ text }: { text: string }) {
  const id = useId();
  return (
    <>
      <label htmlFor={id}>Prompt</label>
      <textarea
        className="ddd-input ddd-code ddd-prompt"
        id={id}
        readOnly
        rows={12}
        spellCheck={false}
        value={text}
      />
      <Copy name="prompt" text={text} />
    </>
  );
}

function Files({ paths }: { paths: readonly string[] }) {
  return (
    <ul className="ddd-moved">
      {paths.map((path) => (
        <li key={path}>
          <code>{path}</code>
        </li>
      ))}
    </ul>
  );
}

/** The files that a prompt names, folded: there may be many. */
function Named({ files }: { files: readonly string[] }) {
  return (
    <details className="ddd-named">
      <summary>The prompt names {plural(files.length, "file")}</summary>
      <Files paths={files} />
    </details>
  );
}

function Command({ about, command, name }: { about: string; command: string; name: string }) {
  return (
    <>
      <p>{about}</p>
      <p className="ddd-command">
        <code>{command}</code>
      </p>
      <Copy name={name} text={command} />
    </>
  );
}

function Copy({ name, text }: { name: string; text: string }) {
  const session = useSession();
  const [outcome, setOutcome] = useState("");
  const copy = async () => {
    const done = await write(session, text);
    session.announce(
      done ? `The ${name} is on the clipboard.` : "The browser did not allow copying.",
    );
    setOutcome(done ? "Copied" : "Not copied");
  };
  return (
    <div className="ddd-action-row">
      <ToolButton label={outcome || `Copy ${name}`} onPress={() => void copy()} text />
    </div>
  );
}
