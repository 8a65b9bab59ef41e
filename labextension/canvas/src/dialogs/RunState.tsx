import { useEffect, useState } from "react";
import { ToolButton } from "../panels/ToolButton";
import type { RunResult } from "../protocol";
import { messageOf, useSession } from "../state/session";

/** Milliseconds between two looks at a run, and at one whose turn has ended. */
const LOOK = 1000;
const LOOK_AGAIN = 5000;

/** How a run stands, looked at again and again while it goes on. */
export function RunState({ run }: { run: RunResult }) {
  const session = useSession();
  const { now, error, stop } = useRun(run);
  const bad = isOver(now);
  return (
    <>
      <div className="ddd-run" data-tone={bad ? "bad" : "info"} role="status">
        <p>
          <strong>{sentence(now.why)}</strong>
        </p>
      </div>
      <Terminal name={now.terminal} />
      {now.state === "done" ? (
        <p>
          Confirm in a cell which files are the flow’s code:{" "}
          <code>project.run("{now.id}").confirm()</code>
        </p>
      ) : null}
      <p className="ddd-quiet">
        The prompt and what comes of it are kept in <code>{now.folder}</code>.
      </p>
      {error ? (
        <p className="ddd-error" role="alert">
          {error}
        </p>
      ) : null}
      <div className="ddd-buttons">
        {bad || now.state === "done" ? null : (
          <ToolButton
            label="Stop"
            onPress={stop}
            text
            title="End Claude Code, with everything that it started"
          />
        )}
        <ToolButton
          label="Close"
          onPress={() => session.dialog(null)}
          primary
          text
          title="The run goes on without this dialog"
        />
      </div>
    </>
  );
}

/** Whether nothing comes of a run any more. */
function isOver({ state }: RunResult): boolean {
  return state === "failed" || state === "stopped";
}

function useRun(run: RunResult): { now: RunResult; error: string; stop: () => void } {
  const session = useSession();
  const [now, setNow] = useState(run);
  const [error, setError] = useState("");
  const [looks, setLooks] = useState(0);
  const ask = async (op: "run" | "stop") => {
    try {
      setNow(await session.call(op, { id: run.id }));
      setError("");
    } catch (refusal) {
      setError(messageOf(refusal));
    }
    setLooks((count) => count + 1);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: each look is followed by the next
  useEffect(() => {
    if (isOver(now)) {
      return;
    }
    const pause = now.state === "done" ? LOOK_AGAIN : LOOK;
    const timer = setTimeout(() => void ask("run"), pause);
    return () => clearTimeout(timer);
  }, [looks, now]);
  return { now, error, stop: () => void ask("stop") };
}

/** Where to answer Claude Code. */
function Terminal({ name }: { name: string }) {
  if (!name) {
    return null;
  }
  if (!inJupyter()) {
    return (
      <p>
        Watch it and answer it in the terminal <code>{name}</code> of the Jupyter server.
      </p>
    );
  }
  return (
    <p>
      <button
        className="ddd-button"
        // JupyterLab and Notebook run the command of any element that is marked so.
        data-commandlinker-args={JSON.stringify({ name })}
        data-commandlinker-command="terminal:open"
        type="button"
      >
        Open its terminal
      </button>{" "}
      to watch it and to answer what it asks.
    </p>
  );
}

/** Whether the page is one of Jupyter's own. */
function inJupyter(): boolean {
  return document.getElementById("jupyter-config-data") !== null;
}

function sentence(text: string): string {
  const start = `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
  return start && !/[.!?]$/.test(start) ? `${start}.` : start;
}
