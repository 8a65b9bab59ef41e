import { type KeyboardEvent, type RefObject, useLayoutEffect, useRef, useState } from "react";
import { useDraft, useEditing } from "./editing";
import { numberOr } from "./schema";

interface InputProps {
  readonly id?: string;
  readonly label: string;
  readonly error: string;
  /** What it is for stands beside it. */
  readonly helped?: boolean;
  /** Its unit stands beside it. */
  readonly measured?: boolean;
  readonly commit: (value: unknown) => Promise<boolean>;
  /** Takes the focus when it appears: it was just asked for. */
  readonly fresh?: boolean;
}

/** What ties a control to its label, its help and its refusal. */
function labelling({ id, error, helped, measured, label }: InputProps) {
  const about = id
    ? [measured ? `${id}unit` : "", helped ? `${id}help` : "", error ? `${id}error` : ""]
    : [];
  return {
    "aria-describedby": about.filter(Boolean).join(" ") || undefined,
    "aria-invalid": error ? true : undefined,
    "aria-label": id ? undefined : label,
    id,
  };
}

type Draft = ReturnType<typeof useDraft>;

/** Enter takes a text over; so does whatever else leaves the field, Escape included. */
function onKey(event: KeyboardEvent, draft: Draft, long = false): void {
  if (event.key === "Enter" && (!long || event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    draft.leave();
  }
}

/** A text, in one line or in as many as it has; taken over on leaving, or on Enter. */
export function TextInput({
  value,
  long = false,
  prompt = false,
  list,
  placeholder,
  ...props
}: InputProps & {
  value: string;
  long?: boolean;
  prompt?: boolean;
  list?: string;
  placeholder?: string;
}) {
  const { readonly } = useEditing();
  const draft = useDraft(value, props.commit);
  const ref = useTextField(props.fresh);
  const lines = draft.text.split("\n").reduce((n, line) => n + 1 + Math.floor(line.length / 44), 0);
  const shared = {
    ...labelling(props),
    className: prompt ? "ddd-input ddd-prompt" : "ddd-input",
    onBlur: draft.leave,
    onKeyDown: (event: KeyboardEvent) => onKey(event, draft, long),
    placeholder,
    readOnly: readonly,
    spellCheck: long,
    value: draft.text,
  };
  return long ? (
    <textarea
      {...shared}
      onChange={(event) => draft.type(event.target.value)}
      ref={ref as RefObject<HTMLTextAreaElement | null>}
      rows={Math.min(24, Math.max(prompt ? 6 : 2, lines))}
    />
  ) : (
    <input
      {...shared}
      autoComplete="off"
      list={list}
      onChange={(event) => draft.type(event.target.value)}
      ref={ref as RefObject<HTMLInputElement | null>}
      type="text"
    />
  );
}

/** A number; a text that is none is sent as it stands, for Python to say what it expects. */
export function NumberInput({
  value,
  clear,
  placeholder,
  words = false,
  ...props
}: InputProps & {
  value: unknown;
  clear?: () => Promise<boolean>;
  placeholder?: string;
  /** A text may stand here as well; one that is there stays a text. */
  words?: boolean;
}) {
  const { readonly } = useEditing();
  const shown = value === undefined || value === null ? "" : String(value);
  const asText = words && typeof value === "string" && value !== "";
  const draft = useDraft(shown, (text) =>
    text.trim() === "" && clear ? clear() : props.commit(asText ? text : numberOr(text)),
  );
  const ref = useTextField(props.fresh);
  return (
    <input
      {...labelling(props)}
      autoComplete="off"
      className="ddd-input ddd-number"
      inputMode={words ? undefined : "decimal"}
      onBlur={draft.leave}
      onChange={(event) => draft.type(event.target.value)}
      onKeyDown={(event) => onKey(event, draft)}
      placeholder={placeholder}
      readOnly={readonly}
      ref={ref as RefObject<HTMLInputElement | null>}
      type="text"
      value={draft.text}
    />
  );
}

/** Yes or no; a third way, unset, is the field's remove button. */
export function BooleanInput({ value, ...props }: InputProps & { value: unknown }) {
  const { readonly } = useEditing();
  const ref = useFresh(props.fresh);
  return (
    <label className="ddd-check">
      <input
        {...labelling(props)}
        aria-label={props.label}
        checked={value === true}
        disabled={readonly}
        onChange={(event) => void props.commit(event.target.checked)}
        ref={ref as RefObject<HTMLInputElement | null>}
        type="checkbox"
      />
      <span aria-hidden="true">
        {value === undefined ? "not set" : value === true ? "yes" : "no"}
      </span>
    </label>
  );
}

const OTHER = "\u0000other";

/** One of several values, or another one: specs may be ahead of what is known here. */
export function ChoiceInput({
  value,
  choices,
  ...props
}: InputProps & { value: unknown; choices: readonly unknown[] }) {
  const { readonly } = useEditing();
  const [free, setFree] = useState(false);
  const ref = useFresh(props.fresh);
  if (free) {
    const commit = async (next: unknown) => {
      const taken = await props.commit(next);
      if (taken) {
        setFree(false);
      }
      return taken;
    };
    return <TextInput {...props} commit={commit} fresh value={String(value ?? "")} />;
  }
  const known = value === undefined || choices.includes(value);
  const options = known ? choices : [...choices, value];
  return (
    <select
      {...labelling(props)}
      className="ddd-input"
      disabled={readonly}
      onChange={(event) => {
        const chosen = event.target.value;
        if (chosen === OTHER) {
          setFree(true);
        } else {
          void props.commit(options[Number(chosen)]);
        }
      }}
      ref={ref as RefObject<HTMLSelectElement | null>}
      value={value === undefined ? "" : options.indexOf(value)}
    >
      {value === undefined ? <option value="">Choose…</option> : null}
      {options.map((option, index) => (
        <option key={String(option)} value={index}>
          {String(option)}
          {known || option !== value ? "" : " (not a known value)"}
        </option>
      ))}
      <option value={OTHER}>Another value…</option>
    </select>
  );
}

/** Gives a field the focus when it was just asked for, before anybody can type elsewhere. */
function useFresh(fresh = false) {
  const ref = useRef<HTMLElement | null>(null);
  useLayoutEffect(() => {
    if (fresh) {
      ref.current?.focus();
    }
  }, [fresh]);
  return ref;
}

/** A field keeps the focus, and all selected if it was, when its value comes from elsewhere: what
 * people type replaces it then, too.
 */
function useTextField(fresh?: boolean) {
  const ref = useFresh(fresh);
  const before = ref.current as HTMLInputElement | HTMLTextAreaElement | null;
  const isFocused = before !== null && before === document.activeElement;
  const isAll = before?.selectionStart === 0 && before.selectionEnd === before.value.length;
  useLayoutEffect(() => {
    if (isFocused) {
      // A long text has another element.
      ref.current?.focus();
      isAll && (ref.current as HTMLInputElement).select();
    }
  });
  return ref;
}
