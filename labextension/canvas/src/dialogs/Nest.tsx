import { type FormEvent, useState } from "react";
import { useId } from "../ids";
import { homesFor, nestedInWords } from "../state/nesting";
import { messageOf, useSession } from "../state/session";
import { Frame } from "./Dialogs";

/** Puts cards into a container without a mouse. */
export function Nest({ cards }: { cards: readonly string[] }) {
  const session = useSession();
  const sheet = session.sheet();
  const homes = sheet ? homesFor(sheet, cards) : [];
  const [into, setInto] = useState(homes[0]?.id ?? "");
  const [error, setError] = useState("");
  const id = useId();
  const [first] = cards;
  const what =
    cards.length === 1 ? `“${sheet?.cards.get(first ?? "")?.title}”` : `${cards.length} cards`;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    try {
      await session.call("nest", { cards, into });
      session.announce(nestedInWords(session.sheet(), into));
      session.dialog(null);
    } catch (refusal) {
      setError(messageOf(refusal));
    }
  };
  return (
    <Frame title={`Put ${what} into`}>
      <form className="ddd-form" onSubmit={(event) => void submit(event)}>
        <label htmlFor={id}>Container</label>
        <select
          className="ddd-input"
          id={id}
          onChange={(event) => setInto(event.target.value)}
          size={Math.min(8, Math.max(2, homes.length))}
          value={into}
        >
          {homes.map((home) => (
            <option key={home.id} value={home.id}>
              {home.title} · {home.type_title}
            </option>
          ))}
        </select>
        {error ? (
          <p className="ddd-error" role="alert">
            {error}
          </p>
        ) : null}
        <div className="ddd-buttons">
          <button className="ddd-button" onClick={() => session.dialog(null)} type="button">
            Cancel
          </button>
          <button
            aria-disabled={!into || undefined}
            className="ddd-button ddd-primary"
            type="submit"
          >
            Put in
          </button>
        </div>
      </form>
    </Frame>
  );
}
