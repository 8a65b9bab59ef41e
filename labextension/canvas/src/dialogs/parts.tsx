import { type FormEvent, type ReactNode, useState } from "react";
import { useId } from "../ids";
import type { Card } from "../protocol";
import { messageOf, useSession } from "../state/session";

/** A dialog's form: what it asks for, why it was refused, and its two buttons. */
export function DialogForm({
  action,
  danger = false,
  off = false,
  onSubmit,
  onCancel,
  children,
}: {
  /** What the button says. */
  action: string;
  /** Whether something is lost by it. */
  danger?: boolean;
  /** Whether something must be said first. */
  off?: boolean;
  /** Does it and closes the dialog, or throws a refusal. */
  onSubmit: () => Promise<void>;
  /** Does without it; closes the dialog if left out. */
  onCancel?: () => void;
  children: ReactNode;
}) {
  const session = useSession();
  const cancel = onCancel ?? (() => session.dialog(null));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (busy || off) {
      return;
    }
    setBusy(true);
    setError("");
    try {
      await onSubmit();
    } catch (refusal) {
      setError(messageOf(refusal));
    }
    setBusy(false);
  };
  return (
    <form className="ddd-form" noValidate onSubmit={(event) => void submit(event)}>
      {children}
      {error ? (
        <p className="ddd-error" role="alert">
          {error}
        </p>
      ) : null}
      <div className="ddd-buttons">
        <button className="ddd-button" onClick={cancel} type="button">
          Cancel
        </button>
        <button
          aria-busy={busy || undefined}
          aria-disabled={busy || off || undefined}
          className={danger ? "ddd-button ddd-danger" : "ddd-button ddd-primary"}
          type="submit"
        >
          {action}
        </button>
      </div>
    </form>
  );
}

/** A text to fill in, with its label above and help below. */
export function TextField({
  label,
  value,
  help = "",
  error = "",
  placeholder = "",
  search = false,
  onChange,
}: {
  label: string;
  value: string;
  help?: string;
  error?: string;
  placeholder?: string;
  search?: boolean;
  onChange: (value: string) => void;
}) {
  const id = useId();
  const about = [help ? `${id}help` : "", error ? `${id}error` : ""].filter(Boolean).join(" ");
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <input
        aria-describedby={about || undefined}
        aria-invalid={error ? true : undefined}
        autoComplete="off"
        className="ddd-input"
        id={id}
        onChange={(event) => onChange(event.target.value)}
        onFocus={(event) => event.target.select()}
        placeholder={placeholder || undefined}
        type={search ? "search" : "text"}
        value={value}
      />
      {help ? (
        <span className="ddd-help" id={`${id}help`}>
          {help}
        </span>
      ) : null}
      {error ? (
        <p className="ddd-error" id={`${id}error`}>
          {error}
        </p>
      ) : null}
    </>
  );
}

export interface Option {
  readonly value: string;
  readonly text: string;
}

/** A card as one of several to choose from. */
export function cardOption({ id, title, type_title }: Card): Option {
  return { value: id, text: `${title} · ${type_title}` };
}

/** One of several; with `size` they are a list that is always open. */
export function Choice({
  label,
  value,
  options,
  size,
  onChange,
}: {
  label: string;
  value: string;
  options: readonly Option[];
  size?: number;
  onChange: (value: string) => void;
}) {
  const id = useId();
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <select
        className="ddd-input"
        id={id}
        onChange={(event) => onChange(event.target.value)}
        size={size}
        value={value}
      >
        {/* Without it a list would show its first entry as chosen while none is. */}
        {options.some((option) => option.value === value) ? null : <option hidden value={value} />}
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
    </>
  );
}

export function Check({
  label,
  checked,
  onChange,
}: {
  label: ReactNode;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  return (
    <label className="ddd-tick">
      <input
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
        type="checkbox"
      />
      <span>{label}</span>
    </label>
  );
}
