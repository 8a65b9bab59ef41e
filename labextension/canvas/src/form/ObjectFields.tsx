import { Fragment, useState } from "react";
import { explained, useEditing } from "./editing";
import { NewKey } from "./NewKey";
import { useParts } from "./parts";
import { type Groups, isSpelled, type Kind, type Path, type Schema, shapeOf } from "./schema";

const ANYTHING: Schema = {};

type Property = readonly [string, Schema];

interface Asked {
  readonly keys: readonly string[];
  readonly add: (key: string) => void;
  readonly drop: (key: string) => void;
}

/** The known keys: the usual ones at once, the others folded away; then those that nobody knows. */
export function ObjectFields({
  path,
  properties,
  required,
  value,
  groups = NO_GROUPS,
  usual = null,
  special,
  othersTitle = "",
}: {
  path: Path;
  properties: readonly Property[];
  required: ReadonlySet<string>;
  value: Record<string, unknown>;
  /** Captions with the keys below them, in the order to show. */
  groups?: Groups;
  /** The keys to show at once; all if there are few and nothing is said. */
  usual?: ReadonlySet<string> | null;
  /** Keys that are edited in a way of their own. */
  special?: Readonly<Record<string, (value: unknown, path: Path) => React.ReactNode>>;
  othersTitle?: string;
}) {
  const { Field } = useParts();
  const { readonly, root } = useEditing();
  const asked = useAsked();
  const known = new Set(properties.map(([key]) => key));
  const there = (key: string) => value[key] !== undefined;
  const others = Object.keys(value).filter((key) => !known.has(key) && there(key));
  const wanted = asked.keys.filter((key) => !known.has(key) && !there(key));
  const unknown = [...others, ...wanted];
  const spelled = properties.filter((property) => isSpelled(property, properties, there));
  const all = usual === null && spelled.length <= FEW;
  const first = ([key]: Property) => all || usual?.has(key) || required.has(key) || special?.[key];
  const [essential, rest] = split(spelled, first);
  const field = ([key, schema]: Property) =>
    special?.[key]?.(value[key], [...path, key]) ?? (
      <Field
        fresh={asked.keys.includes(key) && !there(key)}
        key={key}
        name={key}
        {...(asked.keys.includes(key) ? { onGone: () => asked.drop(key) } : {})}
        path={[...path, key]}
        required={required.has(key)}
        schema={schema}
        value={value[key]}
      />
    );
  /** Fields, with chips for those that would show nothing but a frame. */
  const fields = (keys: readonly Property[], folds: ReadonlySet<Kind>) => {
    const [shown, offered] = split(keys, ([key, schema]) => {
      const open = there(key) || required.has(key) || asked.keys.includes(key) || special?.[key];
      return open || !folds.has(shapeOf(schema, root, undefined, key).kind);
    });
    return (
      <>
        {shown.map(field)}
        {readonly ? null : <Offers asked={asked} keys={offered} path={path} />}
      </>
    );
  };
  const more =
    readonly || root.additionalProperties === false ? null : (
      <div className="ddd-offers">
        <NewKey onAdd={asked.add} taken={(key) => there(key) || asked.keys.includes(key)} />
      </div>
    );
  return (
    <div className="ddd-fields">
      {sections(essential, groups).map(({ caption, keys }) => (
        <Fragment key={caption}>
          {caption ? <h4 className="ddd-caption">{caption}</h4> : null}
          {fields(keys, BULKY)}
        </Fragment>
      ))}
      {rest.length > 0 ? (
        <details
          className="ddd-fold ddd-more"
          open={rest.some(([key]) => there(key) || asked.keys.includes(key)) || undefined}
        >
          <summary>More settings</summary>
          <div className="ddd-fields">
            {fields(rest, FRAMED)}
            {unknown.length > 0 ? null : more}
          </div>
        </details>
      ) : null}
      {unknown.length > 0 && othersTitle ? <h4 className="ddd-caption">{othersTitle}</h4> : null}
      {unknown.map((key) => field([key, ANYTHING]))}
      {rest.length === 0 || unknown.length > 0 ? more : null}
    </div>
  );
}

/** So many keys are shown at once where nobody says which are usual. */
const FEW = 8;
const BULKY: ReadonlySet<Kind> = new Set(["object"]);
const FRAMED: ReadonlySet<Kind> = new Set(["object", "map", "list", "any"]);

/** Those of some keys that are wanted, and the others. */
function split(keys: readonly Property[], isWanted: (property: Property) => unknown) {
  const wanted = keys.filter(isWanted);
  return [wanted, keys.filter((key) => !wanted.includes(key))] as const;
}

const NO_GROUPS: Groups = [];

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
  const byKey = new Map(properties.map((property) => [property[0], property]));
  const claimed = new Set(groups.flatMap(([, keys]) => keys));
  const parts = groups.map(([caption, keys]) => ({
    caption,
    keys: keys.map((key) => byKey.get(key)).filter((property) => property !== undefined),
  }));
  const rest = { caption: "", keys: properties.filter(([key]) => !claimed.has(key)) };
  return [...parts, rest].filter(({ keys }) => keys.length > 0);
}

/** Buttons for keys with parts that could be there as well. */
function Offers({ keys, asked, path }: { keys: readonly Property[]; asked: Asked; path: Path }) {
  return keys.length > 0 ? (
    <div className="ddd-offers">
      <span className="ddd-quiet">Add:</span>
      {keys.map(([key, schema]) => (
        <button
          className="ddd-chip"
          data-path={[...path, key].join(".")}
          key={key}
          onClick={() => asked.add(key)}
          title={explained("", key, String(schema.description ?? ""))}
          type="button"
        >
          {String(schema.title ?? key)}
        </button>
      ))}
    </div>
  ) : null;
}
