import { useState } from "react";
import { plural } from "../panels/ProblemMark";
import { ToolButton } from "../panels/ToolButton";
import type { Drift as DriftView } from "../protocol";
import { implement } from "../state/building";
import { useSession } from "../state/session";
import { useAsking } from "./asking";
import { Diff } from "./Changes";
import { Frame } from "./Frame";
import { DialogForm, TextField } from "./parts";

/** The lines of a flow's spec then and now, and what became of its code. */
export function Drift({ at, title }: { at: string; title: string }) {
  const session = useSession();
  const { result, error } = useAsking("drift", { at });
  return (
    <Frame title={`What has changed in “${title}”`} wide>
      {result ? (
        <>
          <Words moved={result} />
          <Lines moved={result} />
          <Code moved={result} />
        </>
      ) : (
        <Waiting error={error} />
      )}
      <div className="ddd-buttons">
        <ToolButton label="Close" onPress={() => session.dialog(null)} text />
        {result?.stale ? (
          <>
            <ToolButton
              label="Accept…"
              onPress={() => session.dialog({ kind: "accept-drift", at, title })}
              text
            />
            <ToolButton
              label="Update code"
              onPress={() => {
                session.dialog(null);
                void implement(session, [at]);
              }}
              primary
              text
            />
          </>
        ) : null}
      </div>
    </Frame>
  );
}

/** Takes both sides as they are for being in sync, with a reason that others will read. */
export function AcceptDrift({ at, title }: { at: string; title: string }) {
  const session = useSession();
  const [reason, setReason] = useState("");
  const { result, error } = useAsking("drift", { at });
  const accept = async () => {
    await session.call("accept_drift", { at, reason, seen: result?.seen ?? "" });
    session.dialog(null);
    session.note({ tone: "good", text: `Accepted: ${title} and its code count as in sync.` });
  };
  return (
    <Frame title={`Accept the changes of “${title}”`}>
      <DialogForm action="Accept" off={!result?.stale || !reason.trim()} onSubmit={accept}>
        <TextField
          help="Others read it in .ddd/mapping.yaml, where it is written at once."
          label="Why is it right as it is?"
          onChange={setReason}
          value={reason}
        />
        {result ? <Words moved={result} /> : <Waiting error={error} />}
      </DialogForm>
    </Frame>
  );
}

function Waiting({ error }: { error: string }) {
  return error ? (
    <p className="ddd-error" role="alert">
      {error}
    </p>
  ) : (
    <p className="ddd-quiet">Comparing…</p>
  );
}

function Words({ moved }: { moved: DriftView }) {
  return (
    <div>
      <p>{moved.title}.</p>
      <ul className="ddd-moved">
        {moved.words.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  );
}

function Lines({ moved }: { moved: DriftView }) {
  if (moved.diff) {
    return <Diff diff={moved.diff} error="" label="The spec then and now" />;
  }
  if (moved.unknown) {
    return <p className="ddd-quiet">There are no lines to show: {moved.unknown}.</p>;
  }
  return <p className="ddd-quiet">The spec has not changed since.</p>;
}

function Code({ moved }: { moved: DriftView }) {
  const files = [
    ...moved.changed.map((path) => ({ path, what: "changed" })),
    ...moved.missing.map((path) => ({ path, what: "is not there any more" })),
  ];
  if (files.length === 0) {
    return <p className="ddd-quiet">The code has not changed since.</p>;
  }
  return (
    <section aria-label="Code">
      <p>{plural(files.length, "file")} of code changed; Git has the lines:</p>
      <ul className="ddd-moved">
        {files.map(({ path, what }) => (
          <li key={path}>
            <code>{path}</code> {what}
          </li>
        ))}
      </ul>
    </section>
  );
}
