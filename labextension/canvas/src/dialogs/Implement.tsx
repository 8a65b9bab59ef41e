import { useState } from "react";
import { CommandError } from "../connection";
import { useId } from "../ids";
import { plural } from "../panels/ProblemMark";
import { ToolButton } from "../panels/ToolButton";
import type { RunResult, TrustView } from "../protocol";
import { implement } from "../state/building";
import { write } from "../state/clipboard";
import { type Session, useSession, useView } from "../state/session";
import type { PromptKind } from "../state/types";
import { useAsking } from "./asking";
import { Frame } from "./Frame";
import { DialogForm } from "./parts";
import { RunState } from "./RunState";
import { Trust } from "./Trust";

interface Wish {
  readonly flows: readonly string[];
  readonly what: PromptKind;
}

/** Characters of a token, roughly. */
const TOKEN = 4;

/** Asks to save before code is written: that is done from what is on disk. */
export function SaveFirst({ flows, what }: Wish) {
  const session = useSession();
  const unsaved = useView((state) => state.sheet?.head.status.unsaved) ?? [];
  const save = async () => {
    await session.call("save");
    session.dialog(null);
    void implement(session, flows, what);
  };
  return (
    <Frame title="Save first">
      <DialogForm action="Save and go on" onSubmit={save}>
        <p>
          Claude Code reads the specs as they are on disk, and {plural(unsaved.length, "file")}{" "}
          {unsaved.length === 1 ? "has" : "have"} unsaved changes:
        </p>
        <ul className="ddd-moved">
          {unsaved.map((path) => (
            <li key={path}>
              <code>{path}</code>
            </li>
          ))}
        </ul>
      </DialogForm>
    </Frame>
  );
}

/** Where the project has to be trusted first: what is asked, and the prompt that waits for it. */
interface Waiting {
  readonly asked: TrustView;
  readonly text: string;
}

/** The prompt for flows: read, edited and run here where the host has no panel for it. */
export function Implement({ flows, what }: Wish) {
  const session = useSession();
  const [tries, setTries] = useState(0);
  const [run, setRun] = useState<RunResult | null>(null);
  const [waiting, setWaiting] = useState<Waiting | null>(null);
  const title = `${what === "fix" ? "Fix failing tests of" : "Implement"} ${flows.join(", ")}`;
  const start = async (text: string) => {
    try {
      const args = { flows, kind: what, text };
      setRun(await session.call("implement", args));
    } catch (refusal) {
      if (!(refusal instanceof CommandError && refusal.trust)) {
        throw refusal;
      }
      setWaiting({ asked: refusal.trust, text });
      return;
    }
    session.memory.prompts.delete(keyOf({ flows, what }));
    setWaiting(null);
    session.announce("Claude Code was started.");
  };
  const trust = async ({ asked, text }: Waiting) => {
    try {
      await session.call("trust", { fingerprint: asked.fingerprint });
    } catch (refusal) {
      // Where it has changed since it was shown, starting asks anew.
      if (!(refusal instanceof CommandError && refusal.trust)) {
        throw refusal;
      }
    }
    await start(text);
  };
  return (
    <Frame title={waiting?.asked.title ?? title} wide>
      {waiting ? (
        <Trust
          asked={waiting.asked}
          key={waiting.asked.fingerprint}
          onCancel={() => setWaiting(null)}
          onTrust={() => trust(waiting)}
        />
      ) : run ? (
        <RunState run={run} />
      ) : (
        <Draft
          key={tries}
          onRetry={() => setTries(tries + 1)}
          onRun={start}
          wish={{ flows, what }}
        />
      )}
    </Frame>
  );
}

function Draft({
  wish: { flows, what },
  onRetry,
  onRun,
}: {
  wish: Wish;
  onRetry: () => void;
  onRun: (text: string) => Promise<void>;
}) {
  const session = useSession();
  const args = { flows, kind: what };
  const { result, error } = useAsking("prompt", args);
  const [edited, setEdited] = useEdited(session, keyOf({ flows, what }));
  if (result?.run) {
    return <RunState run={result.run} />;
  }
  if (!result) {
    return (
      <>
        {error ? (
          <p className="ddd-error" role="alert">
            {error}
          </p>
        ) : (
          <p className="ddd-quiet" role="status">
            Putting the prompt together…
          </p>
        )}
        <div className="ddd-buttons">
          <ToolButton label="Close" onPress={() => session.dialog(null)} text />
          {error ? <ToolButton label="Try again" onPress={onRetry} primary text /> : null}
        </div>
      </>
    );
  }
  const text = edited ?? result.text;
  return (
    <DialogForm action="Run" off={!text.trim()} onSubmit={() => onRun(text)}>
      <Editor onChange={setEdited} text={text} />
      <Named files={result.files} />
      <p className="ddd-help">
        “Run” opens a terminal in the project’s folder and starts this there, with the prompt as you
        see it; nothing else is sent. {result.asks}
      </p>
      <p className="ddd-command">
        <code>{result.command} “the prompt above”</code>
      </p>
      <div className="ddd-prompt-deeds">
        <CopyButton text={text} />
        {edited !== null && edited !== result.text ? (
          <ToolButton
            label="Undo my changes"
            onPress={() => setEdited(null)}
            text
            title="Take the prompt as it was put together"
          />
        ) : null}
      </div>
    </DialogForm>
  );
}

function keyOf({ flows, what }: Wish): string {
  return `${what} ${flows.join(" ")}`;
}

/** The prompt as it was edited, which no closing of the dialog throws away; null where it was not. */
function useEdited(session: Session, key: string): [string | null, (text: string | null) => void] {
  const { prompts } = session.memory;
  const [edited, setEdited] = useState(() => prompts.get(key) ?? null);
  const edit = (text: string | null) => {
    if (text === null) {
      prompts.delete(key);
    } else {
      prompts.set(key, text);
    }
    setEdited(text);
  };
  return [edited, edit];
}

function Editor({ text, onChange }: { text: string; onChange: (text: string) => void }) {
  const id = useId();
  const tokens = Math.ceil([...text].length / TOKEN);
  return (
    <>
      <label htmlFor={id}>Prompt</label>
      <textarea
        aria-describedby={`${id}count`}
        className="ddd-input ddd-code ddd-prompt"
        id={id}
        onChange={(event) => onChange(event.target.value)}
        rows={14}
        spellCheck={false}
        value={text}
      />
      <span className="ddd-help" id={`${id}count`}>
        About {tokens.toLocaleString("en")} tokens
      </span>
    </>
  );
}

/** The files that a prompt names, folded: there may be many. */
function Named({ files }: { files: readonly string[] }) {
  return (
    <details className="ddd-named">
      <summary>It names {plural(files.length, "file")}</summary>
      <ul className="ddd-moved">
        {files.map((path) => (
          <li key={path}>
            <code>{path}</code>
          </li>
        ))}
      </ul>
    </details>
  );
}

function CopyButton({ text }: { text: string }) {
  const session = useSession();
  const [said, setSaid] = useState("");
  const copy = async () => {
    const done = await write(session, text);
    session.announce(done ? "The prompt is on the clipboard." : "The browser did not copy it.");
    setSaid(done ? "Copied" : "Not copied");
  };
  return (
    <ToolButton
      label={said || "Copy prompt"}
      onPress={() => void copy()}
      text
      title="Take the prompt elsewhere"
    />
  );
}
