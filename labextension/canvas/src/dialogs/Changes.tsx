import { useState } from "react";
import { Refusal } from "../panels/Refusal";
import { ToolButton } from "../panels/ToolButton";
import { save as saveAll } from "../state/drafts";
import { useSession, useView } from "../state/session";
import { useAsking } from "../state/useAsking";
import { useAttempt } from "../state/useAttempt";
import { Diff } from "./Diff";
import { Frame } from "./Frame";

const VIEWS = { unsaved: "Not saved", committed: "Since the last commit" } as const;

/** The lines that saving would change, or those that differ from the last commit. */
export function Changes({ committed = false }: { committed?: boolean }) {
  const session = useSession();
  const [view, setView] = useState<keyof typeof VIEWS>(committed ? "committed" : "unsaved");
  const saving = useView((state) => state.running.has("save"));
  const pending = useView((state) => (state.sheet?.head.status.unsaved.length ?? 0) > 0);
  const save = async () => {
    if (await saveAll(session)) {
      session.dialog(null);
    }
  };
  return (
    <Frame title={view === "unsaved" ? "What saving would change" : VIEWS.committed} wide>
      <div className="ddd-tabs">
        {(Object.keys(VIEWS) as (keyof typeof VIEWS)[]).map((key) => (
          <button
            aria-pressed={key === view}
            className="ddd-tab ddd-bare"
            key={key}
            onClick={() => setView(key)}
            type="button"
          >
            {VIEWS[key]}
          </button>
        ))}
      </div>
      {view === "unsaved" ? <Unsaved /> : <SinceCommit />}
      <div className="ddd-buttons">
        <ToolButton label="Close" onPress={() => session.dialog(null)} text />
        {pending ? (
          <ToolButton busy={saving} label="Save" onPress={() => void save()} primary text />
        ) : null}
      </div>
    </Frame>
  );
}

function Unsaved() {
  const { result, error } = useAsking("preview", {}, 0);
  return <Diff diff={result?.diff} error={error} />;
}

/** What Git would show, with what is not saved yet. */
function SinceCommit() {
  const { result, error } = useAsking("since_commit", {}, 0);
  return (
    <>
      {result?.message ? <p>{result.message}</p> : null}
      {result?.message && !result.diff ? null : <Diff diff={result?.diff} error={error} />}
    </>
  );
}

/** The places of a file that changed on disk and here, with both versions to choose from. */
export function Conflict({ path }: { path: string }) {
  const session = useSession();
  const { result, error } = useAsking("preview", { path }, 0);
  const { busy, error: refusal, run } = useAttempt();
  const keep = async (which: "mine" | "theirs") => {
    if (await run(() => session.call("conflict", { path, keep: which }))) {
      session.dialog(null);
    }
  };
  return (
    <Frame title={`Conflict in ${path}`} wide>
      {result?.places.length ? (
        <>
          <p>Both sides changed:</p>
          <ul>
            {result.places.map((place) => (
              <li key={place}>{place}</li>
            ))}
          </ul>
        </>
      ) : null}
      <p>
        Your choice decides only this. All other changes of both sides stay. Undo brings the choice
        back. Lines with − are on disk, lines with + are here.
      </p>
      <Diff diff={result?.diff} error={error} />
      <Refusal error={refusal} />
      <div className="ddd-buttons">
        <ToolButton label="Decide later" onPress={() => session.dialog(null)} text />
        <ToolButton busy={busy} label="Take theirs" onPress={() => void keep("theirs")} text />
        <ToolButton busy={busy} label="Keep mine" onPress={() => void keep("mine")} primary text />
      </div>
    </Frame>
  );
}
