import { useState } from "react";

/** Asks for the name of a key that no schema knows. */
export function NewKey({
  onAdd,
  taken,
  what = "key",
}: {
  onAdd: (key: string) => void;
  taken: (key: string) => boolean;
  what?: string;
}) {
  const [name, setName] = useState<string | null>(null);
  if (name === null) {
    return (
      <button className="ddd-chip" onClick={() => setName("")} type="button">
        Add {what}…
      </button>
    );
  }
  const clash = taken(name.trim());
  const finish = () => {
    if (name.trim() && !clash) {
      onAdd(name.trim());
    }
    if (!clash) {
      setName(null);
    }
  };
  return (
    <span className="ddd-new-key">
      <input
        aria-invalid={clash || undefined}
        aria-label={`Name of the new ${what}`}
        autoComplete="off"
        className="ddd-input"
        onBlur={finish}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" || event.key === "Escape") {
            event.preventDefault();
            finish();
          }
        }}
        placeholder={`name of the ${what}`}
        ref={focus}
        value={name}
      />
      {clash ? (
        <span className="ddd-error" role="alert">
          There is a {what} called “{name.trim()}” already.
        </span>
      ) : null}
    </span>
  );
}

function focus(input: HTMLInputElement | null): void {
  input?.focus();
}
