import { useRef, useState } from "react";
import { AnyValue } from "./AnyValue";
import { Small, useCommit, useEditing } from "./editing";
import { Container, Scalar } from "./Field";
import { NewKey } from "./ObjectFields";
import { TextInput } from "./scalars";
import { blank, gist, isMap, type Path, renamed, type Schema, shapeOf } from "./schema";

interface Props<Value> {
  readonly name: string;
  readonly path: Path;
  readonly inner: Schema;
  readonly value: Value;
  readonly fresh: boolean;
}

/** The items of a list, in their order. */
export function List({ name, path, inner, value }: Props<readonly unknown[]>) {
  const editing = useEditing();
  const { error, run } = useCommit();
  // A new item of a list of texts or numbers is written when it has a value.
  const [pending, setPending] = useState(false);
  const more = useRef<HTMLButtonElement>(null);
  const replace = (items: readonly unknown[]) => run(() => editing.set(path, items));
  const shape = shapeOf(inner, editing.root, undefined);
  const simple = ["text", "number", "integer", "choice"].includes(shape.kind);
  const swap = (index: number) => {
    const items = [...value];
    [items[index - 1], items[index]] = [items[index], items[index - 1]];
    void replace(items);
  };
  return (
    <div className="ddd-items">
      {value.map((item, index) => (
        <Item
          inner={inner}
          // biome-ignore lint/suspicious/noArrayIndexKey: an item of a list is its place in it
          key={index}
          name={`${name} ${index + 1}`}
          path={[...path, index]}
          tools={
            <>
              {index > 0 ? (
                <Small
                  label={`Move ${name} ${index + 1} up`}
                  onPress={() => swap(index)}
                  sign="↑"
                />
              ) : null}
              <Small
                label={`Remove ${name} ${index + 1}`}
                onPress={() => void replace(value.filter((_, at) => at !== index))}
                sign="×"
              />
            </>
          }
          value={item}
        />
      ))}
      {pending ? (
        <div className="ddd-item-row">
          <Scalar
            clear={async () => true}
            commit={async (next) => {
              const taken = await replace([...value, next]);
              if (taken) {
                setPending(false);
                more.current?.focus();
              }
              return taken;
            }}
            error={error}
            fresh
            label={`New item of ${name}`}
            required={false}
            shape={shape}
            value={undefined}
          />
          <Small label="Leave out the new item" onPress={() => setPending(false)} sign="×" />
        </div>
      ) : null}
      {editing.readonly ? null : (
        <button
          className="ddd-chip"
          ref={more}
          onClick={() => (simple ? setPending(true) : void replace([...value, blank(shape)]))}
          type="button"
        >
          Add item
        </button>
      )}
      {error ? (
        <p className="ddd-error" role="alert">
          {error}
        </p>
      ) : null}
    </div>
  );
}

/** Names with their values. */
export function MapFields({ name, path, inner, value }: Props<Record<string, unknown>>) {
  const editing = useEditing();
  const { error, run } = useCommit();
  const shape = shapeOf(inner, editing.root, undefined);
  return (
    <div className="ddd-items">
      {Object.entries(value).map(([key, item]) => (
        <Item
          inner={inner}
          key={key}
          name={key}
          onRename={(to) =>
            to in value && to !== key
              ? run(() => Promise.reject(new Error(`There is a key “${to}” already.`)))
              : run(() => editing.set(path, renamed(value, key, to)))
          }
          path={[...path, key]}
          tools={
            <Small
              label={`Remove ${key}`}
              onPress={() => void run(() => editing.unset([...path, key]))}
              sign="×"
            />
          }
          value={item}
        />
      ))}
      {editing.readonly ? null : (
        <NewKey
          onAdd={(key) => void run(() => editing.set([...path, key], blank(shape)))}
          taken={(key) => key in value}
          what={name === "fields" ? "field" : "entry"}
        />
      )}
      {error ? (
        <p className="ddd-error" role="alert">
          {error}
        </p>
      ) : null}
    </div>
  );
}

/** One item of a list or map: a line for a simple value, else a part that folds. */
function Item({
  name,
  path,
  inner,
  value,
  tools,
  onRename,
}: {
  name: string;
  path: Path;
  inner: Schema;
  value: unknown;
  tools: React.ReactNode;
  onRename?: (to: string) => Promise<boolean>;
}) {
  const editing = useEditing();
  const { error, run } = useCommit();
  const shape = shapeOf(inner, editing.root, value, name);
  const nested = typeof value === "object" && value !== null;
  const keyInput = onRename ? (
    <TextInput
      commit={(next) => onRename(String(next))}
      error=""
      label={`Name of ${name}`}
      value={name}
    />
  ) : null;
  if (nested) {
    return (
      <details className="ddd-fold">
        <summary>
          <span className="ddd-fold-title">{onRename ? name : gist(value) || name}</span>
          <span className="ddd-quiet">{isMap(value) && onRename ? gist(value) : ""}</span>
        </summary>
        <div className="ddd-fold-tools">
          {keyInput}
          {tools}
        </div>
        <Container fresh={false} name={name} path={path} shape={shape} value={value} />
      </details>
    );
  }
  return (
    <div>
      <div className="ddd-item-row" data-keyed={onRename ? "" : undefined}>
        {keyInput}
        {shape.kind === "any" || ["list", "map", "object"].includes(shape.kind) ? (
          <AnyValue fresh={false} name={name} path={path} value={value} />
        ) : (
          <Scalar
            clear={async () => true}
            commit={(next) => run(() => editing.set(path, next))}
            error={error}
            label={name}
            required
            shape={shape}
            value={value}
          />
        )}
        {tools}
      </div>
      {error ? (
        <p className="ddd-error" role="alert">
          {error}
        </p>
      ) : null}
    </div>
  );
}
