import { useEffect, useMemo, useState } from "react";
import { useLandmark } from "../ids";
import { type ProblemView, SEVERITIES, type Severity } from "../protocol";
import { showProblem } from "../state/problems";
import { useSession, useView } from "../state/session";
import { useAttempt } from "../state/useAttempt";
import { type Fixes, FixList, useFixes } from "./Fixes";
import { plural, Sign } from "./ProblemMark";
import { Refusal } from "./Refusal";
import { ToolButton } from "./ToolButton";

/** The problems of the whole project, each leading to its card. */
export function Problems() {
  const open = useView((state) => state.panels.problems);
  return open ? <Drawer /> : null;
}

/** More than this many rows at once help nobody. */
const ROWS = 200;

function Drawer() {
  const session = useSession();
  const problems = useView((state) => state.problems);
  const { error, run } = useAttempt();
  const load = () => void run(() => session.loadProblems());
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked for once, when it opens
  useEffect(load, []);
  return (
    <section aria-label={useLandmark("Problem list")} className="ddd-drawer">
      <div className="ddd-drawer-head">
        <h2 className="ddd-caption">Problems</h2>
        <ToolButton
          icon="close"
          label="Close the problem list"
          onPress={() => session.panel({ problems: false })}
        />
      </div>
      {error ? (
        <p className="ddd-error" role="alert">
          {error} <ToolButton label="Try again" onPress={load} text />
        </p>
      ) : null}
      {problems === null && !error ? <p className="ddd-quiet">Checking…</p> : null}
      {problems?.length === 0 ? (
        <p className="ddd-quiet">Nothing is wrong: every check passes.</p>
      ) : null}
      {problems && problems.length > 0 ? <Listed problems={problems} /> : null}
    </section>
  );
}

/** The problems with what narrows them down, and what would mend them. */
function Listed({ problems }: { problems: readonly ProblemView[] }) {
  const [all, setAll] = useState(false);
  const [hidden, setHidden] = useState<ReadonlySet<Severity>>(NONE);
  const [words, setWords] = useState("");
  const keys = useMemo(() => problems.map((problem) => problem.key), [problems]);
  const fixes = useFixes(keys);
  const shown = problems.filter(
    (problem) => (problem.todo || !hidden.has(problem.severity)) && names(problem, words),
  );
  const listed = shown.slice(0, all ? undefined : ROWS);
  const toggle = (severity: Severity) =>
    setHidden((before) => {
      const after = new Set(before);
      return after.delete(severity) ? after : after.add(severity);
    });
  return (
    <>
      <div className="ddd-filters">
        {SEVERITIES.map((severity) => {
          const count = problems.filter(
            (problem) => problem.severity === severity && !problem.todo,
          ).length;
          return count > 0 ? (
            <button
              aria-pressed={!hidden.has(severity)}
              className="ddd-chip"
              key={severity}
              onClick={() => toggle(severity)}
              type="button"
            >
              <Sign severity={severity} /> {plural(count, WORDS[severity].toLowerCase())}
            </button>
          ) : null;
        })}
        <input
          aria-label="Show problems that mention"
          className="ddd-input"
          onChange={(event) => setWords(event.target.value)}
          placeholder="Filter by text"
          type="search"
          value={words}
        />
        <FixAll fixes={fixes} />
      </div>
      <p aria-live="polite" className={shown.length === problems.length ? "ddd-sr" : "ddd-quiet"}>
        {shown.length === problems.length
          ? plural(shown.length, "problem")
          : `${shown.length} of ${plural(problems.length, "problem")} shown`}
      </p>
      <Rows fixes={fixes} problems={listed.filter(({ todo }) => !todo)} />
      <Rows fixes={fixes} problems={listed.filter(({ todo }) => todo)} title="To do" />
      {shown.length > ROWS && !all ? (
        <ToolButton label={`Show all ${shown.length}`} onPress={() => setAll(true)} text />
      ) : null}
    </>
  );
}

/** Problems with what would mend them; nothing where there are none. */
export function Rows({
  problems,
  fixes,
  title = "",
}: {
  problems: readonly ProblemView[];
  fixes: Fixes;
  title?: string;
}) {
  return problems.length > 0 ? (
    <>
      {title ? <h3 className="ddd-caption">{title}</h3> : null}
      <ul aria-label={title || "Problems"} className="ddd-list ddd-problems">
        {problems.map((problem) => (
          <li key={keyOf(problem)}>
            <ProblemRow problem={problem} />
            <FixList problem={problem.key} titles={fixes[problem.key] ?? []} />
            {problem.rule === "file.conflict" ? <ChooseVersions path={problem.path} /> : null}
          </li>
        ))}
      </ul>
    </>
  ) : null;
}

function ChooseVersions({ path }: { path: string }) {
  const session = useSession();
  return (
    <ToolButton
      label="Choose…"
      onPress={() => session.dialog({ kind: "merge", path })}
      text
      title="Choose a version in each place that a merge has left"
    />
  );
}

const NONE: ReadonlySet<Severity> = new Set();

/** Whether a problem has all words, in its message, its rule or its place. */
function names(problem: ProblemView, words: string): boolean {
  const { message, rule, path, card, title } = problem;
  const text = `${message} ${rule} ${path} ${card} ${title}`.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** Carries out every fix that nobody needs to be asked about. */
function FixAll({ fixes }: { fixes: Fixes }) {
  const session = useSession();
  const { busy, error, run } = useAttempt();
  const count = Object.keys(fixes).length;
  const fixAll = async () => {
    const { titles: done } = await session.call("fix_all");
    const text =
      done.length > 0
        ? `${plural(done.length, "fix", "fixes")} applied: ${done.join("; ")}. Undo takes them back.`
        : "These fixes need a decision. Open each one.";
    session.note({ tone: done.length > 0 ? "good" : "info", text });
    session.announce(text);
  };
  return (
    <>
      {count > 0 ? (
        <ToolButton
          busy={busy}
          label={`Fix all (${count})`}
          onPress={() => void run(fixAll)}
          text
        />
      ) : null}
      <Refusal error={error} />
    </>
  );
}

function keyOf(problem: ProblemView): string {
  return problem.key || [problem.rule, problem.line, problem.column, problem.message].join(" ");
}

const WORDS = { error: "Error", warning: "Warning", info: "Hint" } as const;

export function ProblemRow({ problem }: { problem: ProblemView }) {
  const session = useSession();
  return (
    <button
      className="ddd-problem ddd-bare"
      onClick={() => showProblem(session, problem)}
      title={`${problem.rule}, ${problem.path}${problem.line > 0 ? `:${problem.line}` : ""}: go to it`}
      type="button"
    >
      <Sign severity={problem.todo ? "todo" : problem.severity} />
      <span className="ddd-sr">{problem.todo ? "To do" : WORDS[problem.severity]}: </span>
      <span className="ddd-problem-text">{problem.message}</span>
      <span className="ddd-where">{problem.title || problem.path}</span>
    </button>
  );
}
