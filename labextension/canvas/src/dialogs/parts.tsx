import type { FormEvent, ReactNode } from "react";
import { useId } from "../ids";
import { Refusal } from "../panels/Refusal";
import type { Card } from "../protocol";
import { useSession } from "../state/session";
import { useAttempt } from "../state/useAttempt";
import { Frame } from "./Frame";

/** A dialog with a form: what it asks for, why it was refused, and its two buttons. */
export function DialogForm({
  title,
  wide = false,
  action,
  danger = false,
  off = false,
  onSubmit,
  children,
}: {
  title: string;
  wide?: boolean;
  /** What the button says. */
  action: string;
  /** Whether something is lost by it. */
  danger?: boolean;
  /** Whether something must be said first. */
  off?: boolean;
  /** Does it, or throws a refusal; resolves to what is announced when the dialog has closed. */
  onSubmit: () => Promise<string>;
  children: ReactNode;
}) {
  const session = useSession();
  const { busy, error, run } = useAttempt();
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!busy && !off) {
      await run(async () => {
        const outcome = await onSubmit();
        session.dialog(null);
        session.announce(outcome);
      });
    }
  };
  return (
    <Frame title={title} wide={wide}>
      <form className="ddd-form" noValidate onSubmit={(event) => void submit(event)}>
        {children}
        <Refusal error={error} />
        <div className="ddd-buttons">
          <button className="ddd-button" onClick={() => session.dialog(null)} type="button">
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
    </Frame>
  );
}

/** A dialog that only says something. */
export function Message({ title, text }: { title: string; text: string }) {
  return (
    <Frame title={title}>
      <p>{text}</p>
    </Frame>
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
  first = false,
  onChange,
}: {
  label: string;
  value: string;
  help?: string;
  error?: string;
  placeholder?: string;
  search?: boolean;
  /** It has the focus when the dialog opens, although others stand before it. */
  first?: boolean;
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
        data-first={first || undefined}
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
      <Refusal error={error} id={`${id}error`} />
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
