import type { KeyboardEvent } from "react";
import { useId } from "../ids";

export type Side = "form" | "yaml";

const TITLES = { form: "Form", yaml: "YAML" } as const;
const ORDER: readonly Side[] = ["form", "yaml"];

/** The two sides of a spec: fields to fill in, and the lines of the file. */
export function Tabs({
  side,
  setSide,
  unapplied,
  children,
}: {
  side: Side;
  setSide: (side: Side) => void;
  /** Lines were edited and not yet taken over. */
  unapplied: boolean;
  children: React.ReactNode;
}) {
  const id = useId();
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      event.preventDefault();
      const other = side === "form" ? "yaml" : "form";
      setSide(other);
      document.getElementById(`${id}${other}`)?.focus();
    }
  };
  return (
    <>
      <div aria-label="Sides of the spec" className="ddd-sides" role="tablist">
        {ORDER.map((one) => (
          <button
            aria-controls={`${id}panel`}
            aria-selected={one === side}
            className="ddd-side ddd-bare"
            data-side={one}
            id={`${id}${one}`}
            key={one}
            onClick={() => setSide(one)}
            onKeyDown={onKeyDown}
            role="tab"
            tabIndex={one === side ? 0 : -1}
            type="button"
          >
            {TITLES[one]}
            {one === "yaml" && unapplied ? (
              <>
                <span aria-hidden="true"> ●</span>
                <span className="ddd-sr"> with edits that are not applied</span>
              </>
            ) : null}
          </button>
        ))}
      </div>
      <div
        aria-labelledby={`${id}${side}`}
        className="ddd-side-panel"
        id={`${id}panel`}
        role="tabpanel"
      >
        {children}
      </div>
    </>
  );
}
