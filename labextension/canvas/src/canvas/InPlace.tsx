import {
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import type { Card } from "../protocol";
import { keepText } from "../state/editing";
import { useSession } from "../state/session";

/** The label of a card or the text of a note as a field in its place. Whatever leaves it keeps it. */
export function InPlace({ card }: { card: Card }) {
  const session = useSession();
  const isNote = card.kind === "note";
  // A card without a label shows its id.
  const before = isNote || card.title !== card.id ? card.title : "";
  const [text, setText] = useState(before);
  const field = useRef<HTMLInputElement | HTMLTextAreaElement>(null);
  const isLeft = useRef(false);
  const leave = (isFocused: boolean) => {
    if (!isLeft.current) {
      isLeft.current = true;
      session.store.set(({ writing }) => (writing === card.id ? { writing: "" } : {}));
      void keepText(session, card, before, text, isFocused);
    }
  };
  const latest = useRef(leave);
  latest.current = leave;
  useLayoutEffect(() => {
    field.current?.focus({ preventScroll: true });
    field.current?.select();
  }, []);
  useEffect(() => {
    const element = field.current;
    // A card that is drawn no more keeps its text all the same.
    return () => void setTimeout(() => element?.isConnected || latest.current(false));
  }, []);
  const shared = {
    "aria-label": isNote ? "Text of the note" : "Label of the card",
    className: "ddd-in-place nodrag nopan nowheel",
    onBlur: () => leave(false),
    onKeyDown: (event: KeyboardEvent) => {
      const isEnd = event.key === "Enter" && (!isNote || event.ctrlKey || event.metaKey);
      if ((isEnd || event.key === "Escape") && !event.nativeEvent.isComposing) {
        event.preventDefault();
        leave(true);
      }
    },
    value: text,
  };
  return isNote ? (
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
      placeholder={card.type_title}
      ref={field as RefObject<HTMLInputElement>}
    />
  );
}
