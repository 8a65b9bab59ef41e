import { type KeyboardEvent, useLayoutEffect, useRef, useState } from "react";
import { Refusal } from "../panels/Refusal";
import { isTextField } from "../state/focus";
import { useAttempt } from "../state/useAttempt";
import { Kept, Small, useEditing } from "./editing";
import { moved } from "./edits";
import { NewKey } from "./NewKey";
import { useParts } from "./parts";
import { Scalar } from "./Scalar";
import { TextInput } from "./scalars";
import { blank, isMap, type Path, type Schema, type Shape, shapeOf } from "./schema";
import { summaryOf } from "./summary";

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
  const { error, run } = useAttempt();
  // A new item of a list of texts or numbers is written when it has a value.
  const [pending, setPending] = useState(0);
  const [refused, setRefused] = useState<unknown>();
  const again = useRef(false);
  const more = useRef<HTMLButtonElement>(null);
  const items = useRef<HTMLDivElement>(null);
  const keys = useItemKeys(value.length);
  const [added, setAdded] = useState<number>();
  const shape = shapeOf(inner, editing.root, undefined);
  const simple = ["text", "number", "integer", "amount", "choice"].includes(shape.kind);
  const append = (item: unknown) =>
    run(() =>
      value.length > 0 ? editing.set([...path, value.length], item) : editing.set(path, [item]),
    );
  const add = () => {
    if (simple) {
      setPending((number) => number + 1);
    } else {
      setAdded(keys.next(value.length));
      void append(blank(shape));
    }
  };
  const remove = (index: number) => {
    keys.remove(index);
    void run(() => editing.unset([...path, index])).then((done) => {
      if (!done) {
        keys.renew();
      }
      isTextField(document.activeElement) || more.current?.focus();
    });
  };
  const move = (index: number, to: number, sign: string) => {
    keys.move(index, to);
    void run(() => editing.move([...path, index], to)).then((done) => {
      if (!done) {
        keys.renew();
      }
      isTextField(document.activeElement) || follow(items.current, done ? to : index, sign);
    });
  };
  const done = () => {
    const isHere = items.current?.contains(document.activeElement);
    setPending(0);
    setRefused(undefined);
    if (isHere) {
      more.current?.focus();
    }
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (asksForMore(event) && isLastField(event.target, event.currentTarget)) {
      // A list around this one is not meant.
      event.stopPropagation();
      add();
    }
  };
  const onPendingKey = (event: KeyboardEvent<HTMLElement>) => {
    if (asksForMore(event)) {
      again.current = (event.target as HTMLInputElement).value !== "";
      if (!again.current) {
        // Else the key would press the button that gets the focus.
        event.preventDefault();
        done();
      }
    }
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Enter in the last field is a short cut; "Add item" has a button
    <div className="ddd-items" onKeyDown={editing.readonly ? undefined : onKeyDown} ref={items}>
      {value.map((item, index) => (
        <Item
          fresh={keys.at(index) === added}
          inner={inner}
          key={keys.at(index)}
          name={`${name} ${index + 1}`}
          path={[...path, index]}
          tools={
            <>
              {index > 0 ? (
                <Small
                  label={`Move ${name} ${index + 1} up`}
                  onPress={() => move(index, index - 1, "↑")}
                  sign="↑"
                />
              ) : null}
              {index < value.length - 1 ? (
                <Small
                  label={`Move ${name} ${index + 1} down`}
                  onPress={() => move(index, index + 1, "↓")}
                  sign="↓"
                />
              ) : null}
              <Small label={`Remove ${name} ${index + 1}`} onPress={() => remove(index)} sign="×" />
            </>
          }
          value={item}
        />
      ))}
      {pending ? (
        // biome-ignore lint/a11y/noStaticElementInteractions: as above
        <div
          className="ddd-item-row"
          onKeyDown={(event) => asksForMore(event) && event.stopPropagation()}
          onKeyDownCapture={onPendingKey}
        >
          <Scalar
            clear={async () => true}
            commit={async (next) => {
              const goesOn = again.current;
              again.current = false;
              if (goesOn) {
                // Before the answer: people type on.
                setRefused(undefined);
                add();
              }
              const taken = await append(next);
              if (taken && !goesOn) {
                done();
              } else if (!taken && goesOn) {
                setRefused(next);
                add();
              }
              return taken;
            }}
            key={pending}
            error={error}
            fresh
            label={`New item of ${name}`}
            required={false}
            shape={shape}
            value={refused}
          />
          <Small label="Remove the new item" onPress={done} sign="×" />
        </div>
      ) : null}
      {editing.readonly ? null : (
        <button
          aria-label={`Add item to ${name}`}
          className="ddd-chip"
          onClick={add}
          ref={more}
          type="button"
        >
          Add item
        </button>
      )}
      <Refusal error={error} />
    </div>
  );
}

/** Whether a key asks for one more: Enter in a line of text; with Ctrl or ⌘ it only takes it over. */
function asksForMore({ key, target, ctrlKey, metaKey }: KeyboardEvent): boolean {
  return key === "Enter" && target instanceof HTMLInputElement && !ctrlKey && !metaKey;
}

/** Whether something is the last field of a list's last item. */
function isLastField(target: EventTarget, list: HTMLElement): boolean {
  const item = [...list.querySelectorAll(":scope > [data-item]")].at(-1);
  const fields = item?.querySelectorAll(
    ":is(input, textarea, select):not(.ddd-new-key *, .ddd-more:not([open]) *)",
  );
  return fields !== undefined && [...fields].at(-1) === target;
}

/** Keys by which items stay themselves (folded or not) when they change places. */
function useItemKeys(length: number) {
  const last = useRef(0);
  const keys = useRef<number[]>([]);
  while (keys.current.length < length) {
    last.current += 1;
    keys.current.push(last.current);
  }
  return {
    at: (index: number) => keys.current[index],
    /** Key of the item that is about to be added at the end. */
    next: (length: number) => keys.current[length] ?? last.current + 1,
    move: (from: number, to: number) => {
      keys.current = moved(keys.current, from, to);
    },
    remove: (index: number) => {
      keys.current.splice(index, 1);
    },
    renew: () => {
      keys.current = [];
    },
  };
}

/** Gives the focus to the button that moved an item on, or back if it cannot go further. */
function follow(list: HTMLElement | null, index: number, sign: string): void {
  const item = list?.querySelectorAll<HTMLElement>(":scope > [data-item]")[index];
  const buttons = [...(item?.querySelectorAll<HTMLButtonElement>(":scope > * > .ddd-small") ?? [])];
  const same = buttons.find((button) => button.textContent === sign);
  (same ?? buttons.find((button) => "↑↓".includes(button.textContent ?? "")))?.focus();
}

/** Names with their values. */
export function MapFields({ path, inner, value }: Props<Record<string, unknown>>) {
  const editing = useEditing();
  const { error, run } = useAttempt();
  const shape = shapeOf(inner, editing.root, undefined);
  const [added, setAdded] = useState<string>();
  return (
    <div className="ddd-items">
      {Object.entries(value).map(([key, item]) => (
        <Item
          fresh={key === added}
          inner={inner}
          key={key}
          name={key}
          onRename={(to) => run(() => editing.rename([...path, key], to))}
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
          onAdd={(key) => {
            setAdded(key);
            void run(() => editing.set([...path, key], blank(shape)));
          }}
          taken={(key) => key in value}
          what={path.at(-1) === "fields" ? "field" : "entry"}
        />
      )}
      <Refusal error={error} />
    </div>
  );
}

interface ItemProps {
  readonly name: string;
  readonly path: Path;
  readonly inner: Schema;
  readonly value: unknown;
  readonly tools: React.ReactNode;
  /** It was just added, to be filled in. */
  readonly fresh?: boolean;
  readonly onRename?: (to: string) => Promise<boolean>;
}

/** One item of a list or map: a line for a simple value, else a part that folds. */
function Item(props: ItemProps) {
  const { name, path, inner, value, tools, fresh = false, onRename } = props;
  const editing = useEditing();
  const { AnyValue } = useParts();
  const { error, run } = useAttempt();
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
    return <FoldedItem {...props} keyInput={keyInput} shape={shape} value={value} />;
  }
  return (
    <div data-item="" data-path={path.join(".")}>
      <div className="ddd-item-row" data-keyed={onRename ? "" : undefined}>
        {keyInput}
        {["any", "list", "map", "object"].includes(shape.kind) ? (
          <AnyValue fresh={fresh} name={name} path={path} value={value} />
        ) : (
          <Scalar
            clear={async () => true}
            commit={(next) => run(() => editing.set(path, next))}
            error={error}
            fresh={fresh}
            label={name}
            required
            shape={shape}
            value={value}
          />
        )}
        {tools}
      </div>
      <Refusal error={error} />
    </div>
  );
}

/** A part that shows what tells it apart, and the rest when it is unfolded. */
function FoldedItem({
  name,
  path,
  shape,
  value,
  keyInput,
  fresh = false,
  tools,
}: Omit<ItemProps, "value"> & { shape: Shape; value: object; keyInput: React.ReactNode }) {
  const keyed = keyInput !== null;
  const editing = useEditing();
  const { Container } = useParts();
  const { error, run } = useAttempt();
  const [open, setOpen] = useState(fresh);
  const toggle = useRef<HTMLButtonElement>(null);
  const body = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (fresh) {
      const first = body.current?.querySelector<HTMLElement>(
        ":scope > div :is(input, select, textarea)",
      );
      (first ?? toggle.current)?.focus();
    }
  }, [fresh]);
  const summary = summaryOf(value, shape.summary);
  const title = keyed ? name : summary.title || name;
  const rest = keyed ? summaryOf(value, shape.summary).title : summary.rest;
  const kept = editing.kept[path.join("/")] ?? "";
  const terminal = shape.properties.some(([key]) => key === "is_terminal") && isMap(value);
  const ends = isMap(value) && value.is_terminal === true;
  return (
    <div className="ddd-fold" data-item="" data-open={open || undefined} data-path={path.join(".")}>
      <div className="ddd-fold-head">
        <button
          aria-expanded={open}
          className="ddd-unfold ddd-bare ddd-ellipsis"
          onClick={() => setOpen(!open)}
          ref={toggle}
          title={[title, rest].filter(Boolean).join(": ")}
          type="button"
        >
          <span className="ddd-fold-title ddd-ellipsis">{title}</span>
          {rest ? <span className="ddd-quiet"> {rest}</span> : null}
        </button>
        {terminal ? (
          <Small
            label={`Using ${title} ends the loop`}
            onPress={() => void run(() => editing.set([...path, "is_terminal"], !ends))}
            pressed={ends}
            sign={ends ? "■" : "□"}
          />
        ) : null}
        {tools}
      </div>
      <Refusal error={error} />
      {open ? (
        <div className="ddd-fold-body" ref={body}>
          <Kept pointer={kept} />
          {keyInput}
          <Container fresh={false} name={name} path={path} shape={shape} value={value} />
        </div>
      ) : null}
    </div>
  );
}
