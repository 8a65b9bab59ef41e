import * as React from "react";
import type { Notes as RunNotes } from "../../protocol";
import { Section } from "../parts/Section";

const KINDS = {
  deviations: "Deviations",
  additions: "Additions",
  ambiguities: "Ambiguities",
  schema_changes: "Schema changes",
} as const;

/** What Claude Code noted: where the code is not what the spec says. */
export function Notes({ notes }: { readonly notes: RunNotes }) {
  const kinds = Object.entries(KINDS).map(([key, title]) => ({
    title,
    lines: notes[key as keyof typeof KINDS],
  }));
  const count = kinds.reduce((sum, { lines }) => sum + lines.length, 0);
  return (
    <Section level={4} title="Implementation notes">
      <p className="ddd-lab-meta">{summary(notes, count)}</p>
      {kinds
        .filter(({ lines }) => lines.length > 0)
        .map(({ title, lines }) => (
          <React.Fragment key={title}>
            <h5>{title}</h5>
            <ul className="ddd-lab-words">
              {lines.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </React.Fragment>
        ))}
    </Section>
  );
}

function summary(notes: RunNotes, count: number): string {
  if (!notes.found) {
    return "The last message has no section “Implementation Notes”. It does not say whether the code follows the spec.";
  }
  if (count === 0) {
    return "No deviations.";
  }
  return count === 1 ? "1 note to reconcile" : `${count} notes to reconcile`;
}
