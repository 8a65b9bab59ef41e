import { Fragment, useState } from "react";
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
  const unknown = [...others, ...wanted];
  const parts = sections(properties, groups);
  const field = ([key, schema]: Property) =>
    special?.[key]?.(value[key], [...path, key]) ?? (
      <Field
        fresh={asked.keys.includes(key) && !there(key)}
        key={key}
        name={key}
        onGone={() => asked.drop(key)}
        path={[...path, key]}
        required={required.has(key)}
        schema={schema}
        value={value[key]}
      />
    );
  return (
    <div className="ddd-fields">
      {parts.map(({ caption, keys }, index) => {
        const [shown, offered] = split(
          keys,
          ([key]) => there(key) || required.has(key) || asked.keys.includes(key) || special?.[key],
        );
        const last = index === parts.length - 1 && unknown.length === 0;
        return (
          <Fragment key={caption}>
            {caption ? <h4 className="ddd-caption">{caption}</h4> : null}
            {shown.map(field)}
            <Offers asked={asked} keys={offered} more={last} taken={there} />
          </Fragment>
        );
      })}
      {unknown.length > 0 ? (
        <>
          {othersTitle ? <h4 className="ddd-caption">{othersTitle}</h4> : null}
          {unknown.map((key) => field([key, ANYTHING]))}
          <Offers asked={asked} keys={NOTHING} more taken={there} />
        </>
      ) : null}
    </div>
  );
}

/** Those of some keys that are wanted, and the others. */
function split(keys: readonly Property[], isWanted: (property: Property) => unknown) {
  const wanted = keys.filter(isWanted);
  return [wanted, keys.filter((key) => !wanted.includes(key))] as const;
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
