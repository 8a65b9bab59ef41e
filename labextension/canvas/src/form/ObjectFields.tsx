import { useState } from "react";
import { useEditing } from "./editing";
import { NewKey } from "./NewKey";
import { useParts } from "./parts";
import type { Groups, Path, Schema } from "./schema";

const ANYTHING: Schema = {};

type Property = readonly [string, Schema];

interface Asked {
  readonly keys: readonly string[];
  readonly add: (key: string) => void;
  readonly drop: (key: string) => void;
}

/** The known keys that are there, those that could be, and the others. */
export function ObjectFields({
  path,
  properties,
  required,
  value,
  groups = NO_GROUPS,
  special,
  othersTitle = "",
}: {
  path: Path;
  properties: readonly Property[];
  required: ReadonlySet<string>;
  value: Record<string, unknown>;
  /** Captions with the keys below them, in the order to show. */
  groups?: Groups;
  /** Keys that are edited in a way of their own. */
  special?: Readonly<Record<string, (value: unknown, path: Path) => React.ReactNode>>;
  othersTitle?: string;
}) {
  const { Field } = useParts();
  const asked = useAsked();
  const known = new Set(properties.map(([key]) => key));
  const there = (key: string) => value[key] !== undefined;
  const others = Object.keys(value).filter((key) => !known.has(key) && there(key));
  const wanted = asked.keys.filter((key) => !known.has(key) && !there(key));
  const parts = sections(properties, groups);
  return (
    <div className="ddd-fields">
      {parts.map(({ caption, keys }, index) => (
        <Section
          asked={asked}
          caption={caption}
          key={caption}
          last={index === parts.length - 1 && others.length + wanted.length === 0}
          path={path}
          properties={keys}
          required={required}
          taken={there}
          value={value}
          {...(special ? { special } : {})}
        />
      ))}
      {others.length + wanted.length > 0 ? (
        <>
          {othersTitle ? <h4 className="ddd-caption">{othersTitle}</h4> : null}
          {[...others, ...wanted].map((key) => (
            <Field
              fresh={!there(key)}
              key={key}
              name={key}
              onGone={() => asked.drop(key)}
              path={[...path, key]}
              schema={ANYTHING}
              value={value[key]}
            />
          ))}
          <Offers asked={asked} keys={NOTHING} more taken={there} />
        </>
      ) : null}
    </div>
  );
}

const NO_GROUPS: Groups = [];
const NOTHING: readonly Property[] = [];

/** Keys that people want to fill in and that have no value yet. */
function useAsked(): Asked {
  const [keys, setKeys] = useState<readonly string[]>([]);
  return {
    keys,
    add: (key) => setKeys((before) => [...before.filter((other) => other !== key), key]),
    drop: (key) => setKeys((before) => before.filter((other) => other !== key)),
  };
}

/** The keys below their captions; those that no caption claims come last. */
function sections(
  properties: readonly Property[],
  groups: Groups,
): { caption: string; keys: readonly Property[] }[] {
  if (groups.length === 0) {
    return [{ caption: "", keys: properties }];
  }
  const byKey = new Map(properties.map((property) => [property[0], property]));
  const claimed = new Set(groups.flatMap(([, keys]) => keys));
  const rest = properties.filter(([key]) => !claimed.has(key));
  return [
    ...groups.map(([caption, keys]) => ({
      caption,
      keys: keys.flatMap((key) => {
        const property = byKey.get(key);
        return property ? [property] : [];
      }),
    })),
    { caption: "More", keys: rest },
  ];
}

function Section({
  caption,
  properties,
  path,
  required,
  value,
  special,
  asked,
  taken,
  last,
}: {
  caption: string;
  properties: readonly Property[];
  path: Path;
  required: ReadonlySet<string>;
  value: Record<string, unknown>;
  special?: Readonly<Record<string, (value: unknown, path: Path) => React.ReactNode>>;
  asked: Asked;
  taken: (key: string) => boolean;
  last: boolean;
}) {
  const { Field } = useParts();
  const shown = properties.filter(
    ([key]) => taken(key) || required.has(key) || asked.keys.includes(key) || special?.[key],
  );
  return (
    <>
      {caption ? <h4 className="ddd-caption">{caption}</h4> : null}
      {shown.map(
        ([key, schema]) =>
          special?.[key]?.(value[key], [...path, key]) ?? (
            <Field
              fresh={asked.keys.includes(key) && !taken(key)}
              key={key}
              name={key}
              onGone={() => asked.drop(key)}
              path={[...path, key]}
              required={required.has(key)}
              schema={schema}
              value={value[key]}
            />
          ),
      )}
      <Offers
        asked={asked}
        keys={properties.filter((property) => !shown.includes(property))}
        more={last}
        taken={taken}
      />
    </>
  );
}

/** Buttons for the keys that could be there as well. */
function Offers({
  keys,
  asked,
  taken,
  more,
}: {
  keys: readonly Property[];
  asked: Asked;
  taken: (key: string) => boolean;
  /** Whether a key that nobody knows can be added here. */
  more: boolean;
}) {
  const { readonly, root } = useEditing();
  const open = more && root.additionalProperties !== false;
  if (readonly || (keys.length === 0 && !open)) {
    return null;
  }
  return (
    <div className="ddd-offers">
      {keys.length > 0 ? <span className="ddd-quiet">Add:</span> : null}
      {keys.map(([key, schema]) => (
        <button
          className="ddd-chip"
          key={key}
          onClick={() => asked.add(key)}
          title={typeof schema.description === "string" ? schema.description : `Add ${key}`}
          type="button"
        >
          {key}
        </button>
      ))}
      {open ? (
        <NewKey onAdd={asked.add} taken={(key) => taken(key) || asked.keys.includes(key)} />
      ) : null}
    </div>
  );
}
