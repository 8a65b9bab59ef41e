import type { ReactNode } from "react";

interface Props {
  /** What it is, for those who come to it with the keyboard. */
  readonly name: string;
  readonly children: ReactNode;
}

/** A text as it is, lines and all; one that is long is scrolled, with the keyboard, too. */
export function Scrolled({ name, children }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: nothing else in it takes the focus for scrolling
    <section aria-label={name} className="ddd-lab-text" tabIndex={0}>
      {children}
    </section>
  );
}
