import type { Counts } from "../protocol";

export const SIGNS = { error: "✕", warning: "▲", info: "i", todo: "○" } as const;

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** "2 errors, 1 warning"; empty when there is nothing to say. */
export function countsInWords(counts: Counts): string {
  return [
    counts.errors ? plural(counts.errors, "error") : "",
    counts.warnings ? plural(counts.warnings, "warning") : "",
    counts.infos ? plural(counts.infos, "hint") : "",
    counts.todo ? `${counts.todo} to do` : "",
  ]
    .filter(Boolean)
    .join(", ");
}

/** Counts of problems by severity, as signs and numbers with the words behind them. */
export function ProblemMark({ counts }: { counts: Counts }) {
  const words = countsInWords(counts);
  if (!words) {
    return null;
  }
  const quiet = counts.errors + counts.warnings + counts.todo === 0;
  return (
    <span className="ddd-mark" title={words}>
      <span className="ddd-sr">{words}</span>
      {counts.errors ? <Sign severity="error" count={counts.errors} /> : null}
      {counts.warnings ? <Sign severity="warning" count={counts.warnings} /> : null}
      {counts.todo ? <Sign severity="todo" count={counts.todo} /> : null}
      {quiet ? <Sign severity="info" count={counts.infos} /> : null}
    </span>
  );
}

export function Sign({ severity, count }: { severity: keyof typeof SIGNS; count?: number }) {
  return (
    <span aria-hidden="true" className="ddd-sign" data-severity={severity}>
      {SIGNS[severity]}
      {count === undefined ? "" : `\u2009${count}`}
    </span>
  );
}
