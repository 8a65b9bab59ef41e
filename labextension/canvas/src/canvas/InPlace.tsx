import {
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import type { Card, Link } from "../protocol";
import { keepLabel, keepText } from "../state/editing";
import { watchPeople } from "../state/focus";
import { useSession } from "../state/session";

/** The label of a card or the text of a note as a field in its place. */
export function InPlace({ card }: { card: Card }) {
  const session = useSession();
  const isNote = card.kind === "note";
  // A card without a label shows its id.
  const before = isNote || card.title !== card.id ? card.title : "";
  return (
    <Field
      before={before}
      id={card.id}
      isLong={isNote}
      keep={(text, isFocused) => void keepText(session, card, before, text, isFocused)}
      label={isNote ? "Text of the note" : "Label of the card"}
      placeholder={isNote ? "" : card.type_title}
    />
  );
}

/** The label of a line as a field in its place. */
export function LineInPlace({ link }: { link: Link }) {
  const session = useSession();
  const keep = async (text: string, isFocused: boolean) => {
    const isElsewhere = watchPeople(session);
    await keepLabel(session, link, text);
    if (isFocused && !isElsewhere()) {
      session.root?.focus({ preventScroll: true });
    }
  };
  return (
    <Field
      before={link.label}
      id={link.id}
      keep={(text, isFocused) => void keep(text, isFocused)}
      label="Label of the line"
      placeholder="Label"
    />
  );
}

/** A text that is written on the board. Whatever leaves the field keeps it. */
function Field({
  id,
  before,
  label,
  placeholder,
  isLong = false,
  keep,
}: {
  id: string;
  before: string;
  label: string;
  placeholder: string;
  isLong?: boolean;
  /** Is told whether the canvas shall have the focus then. */
  keep: (text: string, isFocused: boolean) => void;
}) {
  const session = useSession();
  const [first] = useState(before);
  const [ahead] = useState(session.store.get().ahead);
  const [text, setText] = useState(ahead || first);
  const field = useRef<HTMLInputElement | HTMLTextAreaElement>(null);
  const isLeft = useRef(false);
  const leave = (isFocused: boolean) => {
    if (!isLeft.current) {
      isLeft.current = true;
      session.store.set(({ writing }) => (writing === id ? { writing: "", ahead: "" } : {}));
      // What nobody has touched is not written over what came from elsewhere.
      keep(text === first ? before : text, isFocused);
    }
  };
  const latest = useRef(leave);
  latest.current = leave;
  useLayoutEffect(() => {
    field.current?.focus({ preventScroll: true });
    ahead || field.current?.select();
  }, [ahead]);
  useEffect(() => {
    const element = field.current;
    // A card that is drawn no more keeps its text all the same.
    return () => void setTimeout(() => element?.isConnected || latest.current(false));
  }, []);
  const shared = {
    "aria-label": label,
    className: "ddd-in-place nodrag nopan nowheel",
    onBlur: () => leave(false),
    onKeyDown: (event: KeyboardEvent) => {
      const isEnd = event.key === "Enter" && (!isLong || event.ctrlKey || event.metaKey);
      if ((isEnd || event.key === "Escape") && !event.nativeEvent.isComposing) {
        event.preventDefault();
        leave(true);
      }
    },
    value: text,
  };
  return isLong ? (
    <textarea
      {...shared}
      onChange={(event) => setText(event.target.value)}
      ref={field as RefObject<HTMLTextAreaElement>}
    />
  ) : (
    <input
      {...shared}
      autoComplete="off"
      onChange={(event) => setText(event.target.value)}
      placeholder={placeholder}
      ref={field as RefObject<HTMLInputElement>}
    />
  );
}
