import * as React from "react";

interface Props {
  readonly title: string;
  /** How many there are, beside the title. */
  readonly count?: React.ReactNode;
  readonly level?: 3 | 4;
  readonly className?: string;
  /** How what it shows stands, for its look. */
  readonly state?: string;
  readonly children: React.ReactNode;
}

/** A part of a tab under its title. */
export function Section({ title, count, level = 3, className, state, children }: Props) {
  const id = React.useId();
  const Heading = level === 3 ? "h3" : "h4";
  return (
    <section aria-labelledby={id} className={className} data-state={state}>
      <Heading id={id}>
        {title} {count !== undefined && <span className="ddd-lab-count">{count}</span>}
      </Heading>
      {children}
    </section>
  );
}
