import { useEffect, useState } from "react";
import type { ProblemView } from "../protocol";
import { messageOf, useSession, useView } from "../state/session";
import { Sign } from "./ProblemMark";
import { ToolButton } from "./Toolbar";

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
  const [failure, setFailure] = useState("");
  const [all, setAll] = useState(false);
  const load = () => {
    setFailure("");
    session.call("problems").catch((error: unknown) => setFailure(messageOf(error)));
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked for once, when it opens
  useEffect(load, []);
  return (
    <section aria-label="Problem list" className="ddd-drawer">
      <div className="ddd-drawer-head">
        <h2 className="ddd-caption">Problems</h2>
        <ToolButton
          icon="close"
          label="Close the problem list"
          onPress={() => session.panel({ problems: false })}
        />
      </div>
      {failure ? (
        <p className="ddd-error" role="alert">
          {failure} <ToolButton label="Try again" onPress={load} text />
        </p>
      ) : null}
      {problems === null && !failure ? <p className="ddd-quiet">Checking…</p> : null}
      {problems?.length === 0 ? (
        <p className="ddd-quiet">Nothing is wrong: every check passes.</p>
      ) : null}
      {problems && problems.length > 0 ? (
        <ul className="ddd-list ddd-problems">
          {problems.slice(0, all ? undefined : ROWS).map((problem) => (
            <li key={keyOf(problem)}>
              <ProblemRow problem={problem} />
            </li>
          ))}
        </ul>
      ) : null}
      {problems && problems.length > ROWS && !all ? (
        <ToolButton label={`Show all ${problems.length}`} onPress={() => setAll(true)} text />
      ) : null}
    </section>
  );
}

function keyOf(problem: ProblemView): string {
  return [
    problem.rule,
    problem.path,
    problem.line,
    problem.column,
    problem.at,
    problem.card,
    problem.message,
  ].join(" ");
}

const WORDS = { error: "Error", warning: "Warning", info: "Hint" } as const;

export function ProblemRow({ problem }: { problem: ProblemView }) {
  const session = useSession();
  return (
    <button
      className="ddd-problem"
      onClick={() => session.go(problem.at, problem.card)}
      title={`${problem.rule}: go to it`}
      type="button"
    >
      <Sign severity={problem.severity} />
      <span className="ddd-sr">{WORDS[problem.severity]}: </span>
      <span className="ddd-problem-text">{problem.message}</span>
      <span className="ddd-where">
        {problem.path}
        {problem.line > 0 ? `:${problem.line}` : ""}
      </span>
    </button>
  );
}
