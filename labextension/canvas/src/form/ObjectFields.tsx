import { useState } from "react";
import { useEditing } from "./editing";
import { Field } from "./Field";
import type { Path, Schema } from "./schema";

const ANYTHING: Schema = {};

/** The known keys that are there, those that could be, and the others. */
export function ObjectFields({
  path,
  properties,
  required,
  value,
  special,
  othersTitle = "",
}: {
  path: Path;
  properties: readonly (readonly [string, Schema])[];
  required: ReadonlySet<string>;
  value: Record<string, unknown>;
  /** Keys that are edited in a way of their own. */
  special?: Readonly<Record<string, (value: unknown, path: Path) => React.ReactNode>>;
  othersTitle?: string;
}) {
  const { readonly } = useEditing();
  const [asked, setAsked] = useState<readonly string[]>([]);
  const known = new Set(properties.map(([key]) => key));
  const there = (key: string) => value[key] !== undefined;
  const shown = properties.filter(
    ([key]) => there(key) || required.has(key) || asked.includes(key) || special?.[key],
  );
  const offered = properties.filter((property) => !shown.includes(property));
  const others = Object.keys(value).filter((key) => !known.has(key));
  const wanted = asked.filter((key) => !known.has(key) && !there(key));
  const drop = (key: string) => setAsked((keys) => keys.filter((other) => other !== key));
  return (
    <div className="ddd-fields">
      {shown.map(
        ([key, schema]) =>
          special?.[key]?.(value[key], [...path, key]) ?? (
            <Field
              fresh={asked.includes(key) && !there(key)}
              key={key}
              name={key}
              onGone={() => drop(key)}
              path={[...path, key]}
              required={required.has(key)}
              schema={schema}
              value={value[key]}
            />
          ),
      )}
      {others.length + wanted.length > 0 && othersTitle ? (
        <h4 className="ddd-caption">{othersTitle}</h4>
      ) : null}
      {[...others, ...wanted].map((key) => (
        <Field
          fresh={!there(key)}
          key={key}
          name={key}
          onGone={() => drop(key)}
          path={[...path, key]}
          schema={ANYTHING}
          value={value[key]}
        />
      ))}
      {readonly ? null : (
        <div className="ddd-offers">
          {offered.length > 0 ? <span className="ddd-quiet">Add:</span> : null}
          {offered.map(([key, schema]) => (
            <button
              className="ddd-chip"
              key={key}
              onClick={() => setAsked((keys) => [...keys, key])}
              title={typeof schema.description === "string" ? schema.description : `Add ${key}`}
              type="button"
            >
              {key}
            </button>
          ))}
          <NewKey
            onAdd={(key) => setAsked((keys) => [...keys, key])}
            taken={(key) => there(key) || asked.includes(key)}
          />
        </div>
      )}
    </div>
  );
}

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
          if (event.key === "Enter") {
            event.preventDefault();
            finish();
          } else if (event.key === "Escape") {
            event.preventDefault();
            setName(null);
          }
        }}
        placeholder={`name of the ${what}`}
        ref={(input) => input?.focus()}
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
