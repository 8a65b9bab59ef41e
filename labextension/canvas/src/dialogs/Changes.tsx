import { Refusal } from "../panels/Refusal";
import { ToolButton } from "../panels/ToolButton";
import { save as saveAll } from "../state/drafts";
import { useSession, useView } from "../state/session";
import { useAsking } from "../state/useAsking";
import { useAttempt } from "../state/useAttempt";
import { Diff } from "./Diff";
import { Frame } from "./Frame";

/** The lines that saving would change. */
export function Changes() {
  const session = useSession();
  const { result, error } = useAsking("preview", {}, 0);
  const saving = useView((state) => state.running.has("save"));
  const save = async () => {
    if (await saveAll(session)) {
      session.dialog(null);
    }
  };
  return (
    <Frame title="What saving would change" wide>
      <Diff diff={result?.diff} error={error} />
      <div className="ddd-buttons">
        <ToolButton label="Close" onPress={() => session.dialog(null)} text />
        <ToolButton busy={saving} label="Save" onPress={() => void save()} primary text />
      </div>
    </Frame>
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
