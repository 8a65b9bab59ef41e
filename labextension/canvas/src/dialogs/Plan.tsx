import type { Args } from "../connection";
import { useLandmark } from "../ids";
import { plural } from "../panels/ProblemMark";
import type { DesignChange, FileChange } from "../protocol";
import { type FileLines, filesOf } from "../state/diff";
import { useAsking } from "../state/useAsking";
import { FileDiff } from "./Diff";

/** What a change of the design would do to the files, before it is done.
 *
 * `args` is null while something is missing to say it.
 */
export function Plan<Change extends DesignChange>({
  change,
  args,
}: {
  change: Change;
  args: Args<Change> | null;
}) {
  const name = useLandmark("What will change");
  const { result, error, busy } = useAsking("plan", args && { change, args });
  if (error) {
    return <p className="ddd-error">{error}</p>;
  }
  const files = result?.files ?? [];
  return (
    <section aria-busy={busy || undefined} aria-label={name} className="ddd-plan">
      <h3 className="ddd-caption">What will change</h3>
      <p className="ddd-quiet">{result ? inWords(files) : hint(args !== null)}</p>
      <ul className="ddd-list">
        {files.slice(0, SHOWN).map((file) => (
          <li key={file.path}>
            <FileDiff file={linesOf(file)} />
          </li>
        ))}
      </ul>
      {files.length > SHOWN ? (
        <p className="ddd-quiet">And {plural(files.length - SHOWN, "file")} more.</p>
      ) : null}
    </section>
  );
}

const SHOWN = 40;
const WORDS = { new: "new", changed: "changed", moved: "moved", gone: "deleted" };

/** The lines of a planned change; none where they were not compared. */
function linesOf({ path, change, former, diff }: FileChange): FileLines {
  const [compared = NOT_COMPARED] = filesOf(diff);
  return { ...compared, path, change, former };
}

const NOT_COMPARED = { lines: [], added: 0, removed: 0 };

function inWords(files: readonly FileChange[]): string {
  if (files.length === 0) {
    return "Nothing to change.";
  }
  const counts = (["new", "moved", "changed", "gone"] as const).flatMap((change) => {
    const count = files.filter((file) => file.change === change).length;
    return count > 0 ? [`${count} ${WORDS[change]}`] : [];
  });
  const [only = ""] = counts;
  const all = counts.length > 1 ? `: ${counts.join(", ")}` : only.replace(/^\d+/, "");
  return `${plural(files.length, "file")}${all}. Nothing is written before you save.`;
}

function hint(asked: boolean): string {
  return asked ? "Checking…" : "Fill in the form to see it here.";
}
