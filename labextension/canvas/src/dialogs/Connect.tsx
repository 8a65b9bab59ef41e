import { useState } from "react";
import type { Card } from "../protocol";
import { useSession } from "../state/session";
import { readingOrder, type Sheet } from "../state/sheet";
import { Choice, cardOption, DialogForm, Message, TextField } from "./parts";

/** Draws a line without a mouse: which output, and where to. */
export function Connect({ card: id, output }: { card: string; output: string }) {
  const sheet = useSession().sheet();
  const card = sheet?.cards.get(id);
  if (!sheet || !card || card.outputs.length === 0) {
    const gone = "The card no longer exists.";
    const text = card ? `“${card.title}” has no outputs: nothing can leave from it.` : gone;
    return <Message text={text} title="Connect" />;
  }
  return <ConnectForm card={card} output={output || (card.outputs[0]?.name ?? "")} sheet={sheet} />;
}

function ConnectForm({ card, output, sheet }: { card: Card; output: string; sheet: Sheet }) {
  const session = useSession();
  const [from, setFrom] = useState(output);
  const [to, setTo] = useState("");
  const [filter, setFilter] = useState("");
  const wanted = filter.trim().toLowerCase();
  const shown = readingOrder(sheet).filter(
    (other) =>
      other.kind === "node" &&
      other.has_input &&
      other.id !== card.id &&
      `${other.title} ${other.type_title} ${other.id}`.toLowerCase().includes(wanted),
  );
  const chosen = shown.some((other) => other.id === to) ? to : (shown[0]?.id ?? "");
  const connect = async () => {
    await session.call("connect", { source: card.id, output: from, target: chosen });
    return "Connected.";
  };
  return (
    <DialogForm action="Connect" off={!chosen} onSubmit={connect} title={`Connect “${card.title}”`}>
      <Choice
        label="Output"
        onChange={setFrom}
        options={card.outputs.map(({ name, label }) => ({
          value: name,
          text: label && label !== name ? `${label} (${name})` : name,
        }))}
        value={from}
      />
      <TextField label="Find the target" onChange={setFilter} search value={filter} />
      <Choice
        label="Target"
        onChange={setTo}
        options={shown.map(cardOption)}
        size={7}
        value={chosen}
      />
    </DialogForm>
  );
}
