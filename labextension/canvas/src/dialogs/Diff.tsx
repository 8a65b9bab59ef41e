import { useMemo } from "react";
import { useLandmark } from "../ids";
import { Refusal } from "../panels/Refusal";
import { type FileLines, filesOf } from "../state/diff";

/** From so many lines on the files of a difference are folded. */
const MANY = 40;

/** The changes of some files, each with what it gains and loses. */
export function Diff({
  diff,
  error,
  label = "Difference",
}: {
  /** Undefined until it is known. */
  diff: string | undefined;
  error: string;
  label?: string;
}) {
  const name = useLandmark(label);
  const files = useMemo(() => filesOf(diff ?? ""), [diff]);
  if (error) {
    return <Refusal error={error} />;
  }
  if (diff === undefined) {
    return <p className="ddd-quiet">Comparing…</p>;
  }
  if (files.length === 0) {
    return <p className="ddd-quiet">There are no changes.</p>;
  }
  const total = files.reduce((sum, { lines }) => sum + lines.length, 0);
  return (
    <section aria-label={name} className="ddd-changes">
      {files.map((file) => (
        <FileDiff file={file} key={file.path} open={files.length === 1 || total <= MANY} />
      ))}
    </section>
  );
}

const WORDS = { new: "new", changed: "", moved: "moved", gone: "deleted" };

/** What changes in one file: its name and counts, and its lines when it is unfolded. */
export function FileDiff({ file, open = false }: { file: FileLines; open?: boolean }) {
  const { path, former, change, lines, added, removed } = file;
  const name = useLandmark(`Lines of ${path}`);
  const head = (
    <>
      <span className="ddd-change-path">
        {former ? `${former} → ` : ""}
        {path}
      </span>{" "}
      {WORDS[change] ? (
        <span className="ddd-badge" data-change={change}>
          {WORDS[change]}
        </span>
      ) : null}{" "}
      <span className="ddd-change-count">
        {added ? <b data-sign="+">+{added}</b> : null}{" "}
        {removed ? <b data-sign="-">−{removed}</b> : null}
      </span>
    </>
  );
  return lines.length > 0 ? (
    <details className="ddd-change" open={open}>
      <summary className="ddd-change-head">{head}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <section aria-label={name} className="ddd-diff" tabIndex={0}>
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines repeat and never move
          <code data-sign={change === "new" ? undefined : line[0]} key={index}>
            {line[0] === "@" ? line.slice(2) : line || " "}
          </code>
        ))}
      </section>
    </details>
  ) : (
    <div className="ddd-change-head">{head}</div>
  );
}
