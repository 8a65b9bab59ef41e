import { createContext, type ReactNode, useContext, useRef, useState } from "react";
import { Refusal } from "../panels/Refusal";
import type { Path, Schema } from "./schema";

/** What fields need to change the card that the panel shows. */
export interface Editing {
  /** Schema with the definitions that others refer to. */
  readonly root: Schema;
  readonly readonly: boolean;
  /** What of the data lives elsewhere: path to the reference that leads there. */
  readonly kept: Readonly<Record<string, string>>;
  /** Id of the list of names that the project offers for something; none if there are none. */
  readonly offers: (suggest: string) => string | undefined;
  /** Each resolves when the panel shows what Python made of it.
   *
   * @throws CommandError Python refused.
   */
  set(path: Path, value: unknown): Promise<void>;
  unset(path: Path): Promise<void>;
  move(path: Path, to: number): Promise<void>;
  /** Gives a key another name, and another value if there is one; it keeps its place. */
  rename(path: Path, to: string, value?: unknown): Promise<void>;
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

/** What is typed and not yet taken over; a refused text stays, so that it can be mended. */
export function useDraft(
  value: string,
  commit: (text: string) => Promise<boolean>,
): { text: string; type: (text: string) => void; leave: () => void } {
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
  };
}

/** A label with its control, what is wrong, and what it is for. */
export function Row({
  id,
  label,
  name = label,
  path,
  unit = "",
  help = "",
  required = false,
  error,
  busy = false,
  kept = "",
  tools,
  children,
}: {
  id: string;
  label: string;
  /** The key in the file. */
  name?: string;
  path?: Path;
  unit?: string;
  help?: string;
  required?: boolean;
  error: string;
  busy?: boolean;
  /** Reference through which the value is kept elsewhere. */
  kept?: string;
  tools?: ReactNode;
  children: ReactNode;
}) {
  const [open, setOpen] = useState(false);
  return (
    <div className="ddd-row" data-busy={busy || undefined} data-path={path?.join(".")}>
      <div className="ddd-row-head">
        <label htmlFor={id} title={explained(label, name, help)}>
          {label}
          {required ? <span className="ddd-required"> required</span> : null}
        </label>
        <Kept pointer={kept} />
        <span className="ddd-row-tools">
          {help ? <HelpButton name={label} onToggle={() => setOpen(!open)} open={open} /> : null}
          {tools}
        </span>
      </div>
      {unit ? (
        <div className="ddd-measured">
          {children}
          <span className="ddd-quiet" id={`${id}unit`}>
            {unit}
          </span>
        </div>
      ) : (
        children
      )}
      <Help id={`${id}help`} open={open} text={explained(label, name, help)} />
      <Refusal error={error} id={`${id}error`} />
    </div>
  );
}

/** What a field is for, after its key where people read a title instead. */
export function explained(label: string, name: string, help: string): string {
  return label === name ? help : [name, help].filter(Boolean).join(": ");
}

export function Help({ id, open, text }: { id: string; open: boolean; text: string }) {
  return text ? (
    <p className="ddd-help" hidden={!open} id={id}>
      {text}
    </p>
  ) : null;
}

export function HelpButton({
  name,
  open,
  onToggle,
}: {
  name: string;
  open: boolean;
  onToggle: () => void;
}) {
  return (
    <button
      aria-expanded={open}
      aria-label={`Help for ${name}`}
      className="ddd-small ddd-bare ddd-ask"
      onClick={onToggle}
      title={`What is ${name}?`}
      type="button"
    >
      ?
    </button>
  );
}

/** Says quietly that a value is kept in a block at the top of the file. */
export function Kept({ pointer }: { pointer: string }) {
  const place = pointer.replace(/^#\//, "");
  return place ? (
    <span
      className="ddd-kept ddd-ellipsis"
      title={`It stands in ${place} at the top of the file (${pointer})`}
    >
      kept in {place}
    </span>
  ) : null;
}

/** A small button with a sign for a name. */
export function Small({
  sign,
  label,
  pressed,
  onPress,
}: {
  sign: string;
  label: string;
  /** For what can be on or off. */
  pressed?: boolean;
  onPress: () => void;
}) {
  const { readonly } = useEditing();
  return readonly ? null : (
    <button
      aria-label={label}
      aria-pressed={pressed}
      className="ddd-small ddd-bare"
      onClick={onPress}
      title={label}
      type="button"
    >
      {sign}
    </button>
  );
}
