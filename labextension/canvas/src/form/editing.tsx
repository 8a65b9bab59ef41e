import { createContext, type ReactNode, useContext, useRef, useState } from "react";
import { messageOf } from "../state/session";
import type { Path, Schema } from "./schema";

/** What fields need to change the card that the panel shows. */
export interface Editing {
  /** Schema with the definitions that others refer to. */
  readonly root: Schema;
  readonly readonly: boolean;
  /** Each resolves when the panel shows what Python made of it.
   *
   * @throws CommandError Python refused.
   */
  set(path: Path, value: unknown): Promise<void>;
  unset(path: Path): Promise<void>;
}

const EditingContext = createContext<Editing | null>(null);

export const EditingProvider = EditingContext.Provider;

export function useEditing(): Editing {
  const editing = useContext(EditingContext);
  if (!editing) {
    throw new Error("A field belongs inside a spec panel.");
  }
  return editing;
}

/** Runs one edit at a time and keeps what was said about it. */
export function useCommit(): {
  busy: boolean;
  error: string;
  run: (edit: () => Promise<void>) => Promise<boolean>;
} {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");
  const run = async (edit: () => Promise<void>) => {
    setBusy(true);
    try {
      await edit();
      setError("");
      return true;
    } catch (reason) {
      setError(messageOf(reason));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, error, run };
}

/** What is typed and not yet taken over; a refused text stays, so that it can be mended. */
export function useDraft(
  value: string,
  commit: (text: string) => Promise<boolean>,
): { text: string; type: (text: string) => void; leave: () => void; revert: () => void } {
  const [draft, setDraft] = useState<string | null>(null);
  const sent = useRef<string | null>(null);
  return {
    text: draft ?? value,
    type: (text) => {
      sent.current = null;
      setDraft(text);
    },
    leave: () => {
      if (draft === null || draft === sent.current) {
        return;
      }
      if (draft === value) {
        setDraft(null);
        return;
      }
      sent.current = draft;
      void commit(draft).then((taken) => {
        if (taken) {
          // Unless people went on typing meanwhile.
          setDraft((now) => (now === draft ? null : now));
        }
        return taken;
      });
    },
    revert: () => setDraft(null),
  };
}

/** A label with its control, what is wrong, and what it is for. */
export function Row({
  id,
  label,
  title = "",
  required = false,
  error,
  busy = false,
  tools,
  children,
}: {
  id: string;
  label: string;
  title?: string;
  required?: boolean;
  error: string;
  busy?: boolean;
  tools?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="ddd-row" data-busy={busy || undefined}>
      <div className="ddd-row-head">
        <label htmlFor={id} title={title}>
          {label}
          {required ? <span className="ddd-required"> required</span> : null}
        </label>
        {tools}
      </div>
      {children}
      {error ? (
        <p className="ddd-error" id={`${id}error`} role="alert">
          {error}
        </p>
      ) : null}
    </div>
  );
}

/** A small button with a sign for a name. */
export function Small({
  sign,
  label,
  onPress,
}: {
  sign: string;
  label: string;
  onPress: () => void;
}) {
  const { readonly } = useEditing();
  return readonly ? null : (
    <button aria-label={label} className="ddd-small" onClick={onPress} title={label} type="button">
      {sign}
    </button>
  );
}
