import { type FormEvent, useState } from "react";
import { useId } from "../ids";
import { messageOf, useSession } from "../state/session";
import { readingOrder } from "../state/sheet";
import { Frame } from "./Dialogs";

/** Draws a line without a mouse: which output, and where to. */
export function Connect({ card: id, output }: { card: string; output: string }) {
  const session = useSession();
  const sheet = session.sheet();
  const card = sheet?.cards.get(id);
  const targets = sheet
    ? readingOrder(sheet).filter(
        (other) => other.kind === "node" && other.has_input && other.id !== id,
      )
    : [];
  const [from, setFrom] = useState(output || card?.outputs[0]?.name || "");
  const [to, setTo] = useState("");
  const [filter, setFilter] = useState("");
  const [error, setError] = useState("");
  const ids = useId();
  const wanted = filter.trim().toLowerCase();
  const shown = targets.filter((other) =>
    `${other.title} ${other.type_title} ${other.id}`.toLowerCase().includes(wanted),
  );
  const chosen = shown.some((other) => other.id === to) ? to : (shown[0]?.id ?? "");
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    try {
      await session.call("connect", { source: id, output: from, target: chosen });
      session.announce("Connected.");
      session.dialog(null);
    } catch (refusal) {
      setError(messageOf(refusal));
    }
  };
  if (!card || card.outputs.length === 0) {
    return (
      <Frame title="Connect">
        <p>
          {card
            ? `“${card.title}” has no outputs: nothing can leave from it.`
            : "The card is gone."}
        </p>
      </Frame>
    );
  }
  return (
    <Frame title={`Connect “${card.title}”`}>
      <form className="ddd-form" onSubmit={(event) => void submit(event)}>
        <label htmlFor={`${ids}output`}>Output</label>
        <select
          className="ddd-input"
          id={`${ids}output`}
          onChange={(event) => setFrom(event.target.value)}
          value={from}
        >
          {card.outputs.map((port) => (
            <option key={port.name} value={port.name}>
              {port.label && port.label !== port.name ? `${port.label} (${port.name})` : port.name}
            </option>
          ))}
        </select>
        <label htmlFor={`${ids}filter`}>Find the target</label>
        <input
          className="ddd-input"
          id={`${ids}filter`}
          onChange={(event) => setFilter(event.target.value)}
          type="search"
          value={filter}
        />
        <label htmlFor={`${ids}target`}>Target</label>
        <select
          className="ddd-input"
          id={`${ids}target`}
          onChange={(event) => setTo(event.target.value)}
          size={7}
          value={chosen}
        >
          {shown.map((other) => (
            <option key={other.id} value={other.id}>
              {other.title} · {other.type_title}
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
            aria-disabled={!chosen || undefined}
            className="ddd-button ddd-primary"
            type="submit"
          >
            Connect
          </button>
        </div>
      </form>
    </Frame>
  );
}
