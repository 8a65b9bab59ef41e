import { useMemo } from "react";
import { FixList, useFixes } from "../panels/Fixes";
import { ProblemRow } from "../panels/Problems";
import type { ProblemView } from "../protocol";

/** The problems of what is shown, with what would mend them. */
export function OwnProblems({ problems }: { problems: readonly ProblemView[] }) {
  const keys = useMemo(() => problems.map((problem) => problem.key), [problems]);
  const fixes = useFixes(keys);
  return problems.length > 0 ? (
    <ul className="ddd-list ddd-problems ddd-own-problems">
      {problems.map((problem) => (
        <li key={problem.key}>
          <ProblemRow problem={problem} />
          <FixList problem={problem.key} titles={fixes[problem.key] ?? []} />
        </li>
      ))}
    </ul>
  ) : null;
}
