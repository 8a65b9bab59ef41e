import { type FormEvent, useId, useState } from "react";
import { messageOf, useSession, useView } from "../state/session";
import { Frame } from "./Dialogs";

const KINDS = [
  ["traditional", "Traditional", "Steps and decisions from a trigger to its outcomes."],
  ["agent", "Agent", "A language model works in a loop with tools and guardrails."],
] as const;

/** Asks for what a new flow needs, and goes there. */
export function NewFlow() {
  const session = useSession();
  const domains = useView((state) => state.sheet?.head.domains) ?? [];
  const at = useView((state) => state.sheet?.head.at) ?? "";
  const busy = useView((state) => state.running.has("new_flow"));
  const [name, setName] = useState("");
  const [domain, setDomain] = useState(at.split("/")[0] || domains[0]?.at || "");
  const [type, setType] = useState<string>("traditional");
  const [error, setError] = useState("");
  const ids = useId();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) {
      return;
    }
    if (!name.trim()) {
      setError("Give the flow a name.");
      return;
    }
    try {
      const result = await session.call("new_flow", { name: name.trim(), domain, type });
      session.dialog(null);
      if (typeof result.at === "string" && result.at !== session.sheet()?.head.at) {
        session.go(result.at);
      }
    } catch (refusal) {
      setError(messageOf(refusal));
    }
  };
  return (
    <Frame title="New flow">
      <form className="ddd-form" noValidate onSubmit={(event) => void submit(event)}>
        <label htmlFor={`${ids}name`}>Name</label>
        <input
          aria-describedby={error ? `${ids}error` : undefined}
          aria-invalid={error ? true : undefined}
          autoComplete="off"
          className="ddd-input"
          id={`${ids}name`}
          onChange={(event) => {
            setName(event.target.value);
            setError("");
          }}
          placeholder="Register user"
          value={name}
        />
        {error ? (
          <p className="ddd-error" id={`${ids}error`} role="alert">
            {error}
          </p>
        ) : null}
        <label htmlFor={`${ids}domain`}>Domain</label>
        <select
          className="ddd-input"
          id={`${ids}domain`}
          onChange={(event) => setDomain(event.target.value)}
          value={domain}
        >
          {domains.map((one) => (
            <option key={one.at} value={one.at}>
              {one.title}
            </option>
          ))}
        </select>
        <fieldset className="ddd-choices">
          <legend>Kind</legend>
          {KINDS.map(([value, title, help]) => (
            <label key={value}>
              <input
                checked={type === value}
                name={`${ids}kind`}
                onChange={() => setType(value)}
                type="radio"
                value={value}
              />
              <span>
                {title}
                <span className="ddd-help">{help}</span>
              </span>
            </label>
          ))}
        </fieldset>
        <div className="ddd-buttons">
          <button className="ddd-button" onClick={() => session.dialog(null)} type="button">
            Cancel
          </button>
          <button
            aria-busy={busy || undefined}
            aria-disabled={busy || undefined}
            className="ddd-button ddd-primary"
            type="submit"
          >
            Create
          </button>
        </div>
      </form>
    </Frame>
  );
}
