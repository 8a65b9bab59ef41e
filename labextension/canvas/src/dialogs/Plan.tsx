import type { Args } from "../connection";
import { useLandmark } from "../ids";
import { plural } from "../panels/ProblemMark";
import type { DesignChange, FileChange } from "../protocol";
import { useAsking } from "../state/useAsking";
import { Diff } from "./Changes";

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
            <FileRow file={file} />
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
const SIGNS = { new: "+", changed: "±", moved: "→", gone: "−" };
const WORDS = { new: "new", changed: "changed", moved: "moved", gone: "deleted" };

function FileRow({ file }: { file: FileChange }) {
  const name = (
    <>
      <span aria-hidden="true" className="ddd-plan-sign" data-change={file.change}>
        {SIGNS[file.change]}
      </span>
      <span className="ddd-plan-path">
        {file.former ? `${file.former} → ` : ""}
        {file.path} <span className="ddd-quiet">{WORDS[file.change]}</span>
      </span>
    </>
  );
  if (!file.diff) {
    return <div className="ddd-plan-file">{name}</div>;
  }
  return (
    <details>
      <summary className="ddd-plan-file">{name}</summary>
      <Diff diff={file.diff} error="" label={`Lines of ${file.path}`} />
    </details>
  );
}

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
