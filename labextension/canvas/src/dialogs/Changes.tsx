import { useEffect, useState } from "react";
import { ToolButton } from "../panels/ToolButton";
import { save as saveAll } from "../state/drafts";
import { messageOf, useSession, useView } from "../state/session";
import { Frame } from "./Frame";

/** The lines that saving would change. */
export function Changes() {
  const session = useSession();
  const { diff, error } = usePreview({});
  const saving = useView((state) => state.running.has("save"));
  const save = async () => {
    if (await saveAll(session)) {
      session.dialog(null);
    }
  };
  return (
    <Frame title="What saving would change" wide>
      <Diff diff={diff} error={error} />
      <div className="ddd-buttons">
        <ToolButton label="Close" onPress={() => session.dialog(null)} text />
        <ToolButton
          busy={saving}
          disabled={saving}
          label="Save"
          onPress={() => void save()}
          primary
          text
        />
      </div>
    </Frame>
  );
}

/** The places of a file that changed on disk and here, with both versions to choose from. */
export function Conflict({ path }: { path: string }) {
  const session = useSession();
  const { diff, error, places } = usePreview({ path });
  const [refusal, setRefusal] = useState("");
  const busy = useView((state) => state.running.has("conflict"));
  const keep = async (which: "mine" | "theirs") => {
    try {
      await session.call("conflict", { path, keep: which });
      session.dialog(null);
    } catch (reason) {
      setRefusal(messageOf(reason));
    }
  };
  return (
    <Frame title={`Conflict in ${path}`} wide>
      {places.length > 0 ? (
        <>
          <p>Both sides changed:</p>
          <ul>
            {places.map((place) => (
              <li key={place}>{place}</li>
            ))}
          </ul>
        </>
      ) : null}
      <p>
        Your choice settles only that; all other changes of both sides stay. Undo brings the choice
        back. Lines with − stand on disk, lines with + stand here.
      </p>
      <Diff diff={diff} error={error} />
      {refusal ? (
        <p className="ddd-error" role="alert">
          {refusal}
        </p>
      ) : null}
      <div className="ddd-buttons">
        <ToolButton label="Decide later" onPress={() => session.dialog(null)} text />
        <ToolButton
          busy={busy}
          disabled={busy}
          label="Take theirs"
          onPress={() => void keep("theirs")}
          text
        />
        <ToolButton
          busy={busy}
          disabled={busy}
          label="Keep mine"
          onPress={() => void keep("mine")}
          primary
          text
        />
      </div>
    </Frame>
  );
}

function usePreview(args: { path?: string }): {
  diff: string | null;
  error: string;
  places: string[];
} {
  const session = useSession();
  const [diff, setDiff] = useState<string | null>(null);
  const [error, setError] = useState("");
  const [places, setPlaces] = useState<string[]>([]);
  const { path } = args;
  useEffect(() => {
    session
      .call("preview", path === undefined ? {} : { path })
      .then((result) => {
        setDiff(result.diff);
        setPlaces(result.places);
      })
      .catch((reason: unknown) => setError(messageOf(reason)));
  }, [session, path]);
  return { diff, error, places };
}

/** A unified diff, line by line. */
export function Diff({
  diff,
  error,
  label = "Difference",
}: {
  diff: string | null;
  error: string;
  label?: string;
}) {
  if (error) {
    return (
      <p className="ddd-error" role="alert">
        {error}
      </p>
    );
  }
  if (diff === null) {
    return <p className="ddd-quiet">Comparing…</p>;
  }
  if (!diff.trim()) {
    return <p className="ddd-quiet">Nothing: the files already say what you see.</p>;
  }
  const lines = diff.replace(/\n$/, "").split("\n");
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <section aria-label={label} className="ddd-diff" tabIndex={0}>
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines repeat and never move
        <span data-sign={line[0]} key={index}>
          {line || " "}
        </span>
      ))}
    </section>
  );
}
