import { useState } from "react";
import type { Card, EventEnds } from "../protocol";
import { placeOf, wirable } from "../state/design";
import { ends, selectLine } from "../state/editing";
import { useSession } from "../state/session";
import { readingOrder, type Sheet } from "../state/sheet";
import { useAsking } from "../state/useAsking";
import { Plan } from "./Plan";
import { Check, Choice, cardOption, DialogForm, Message, TextField } from "./parts";

/** Wires an event from one card of a map to another: one that is known, or a new one. */
export function NewEventLink({ source, target }: { source: string; target: string }) {
  const sheet = useSession().sheet();
  const card = sheet?.cards.get(source);
  if (!sheet || !card) {
    return <Message text="The card no longer exists." title="Wire an event" />;
  }
  return <EventLinkForm card={card} sheet={sheet} target={target} />;
}

function EventLinkForm({ card, sheet, target }: { card: Card; sheet: Sheet; target: string }) {
  const session = useSession();
  const known = useKnownEvents(placeOf(sheet, card.id));
  const targets = readingOrder(sheet).filter((other) => wirable(other) && other.id !== card.id);
  const [to, setTo] = useState(target || targets[0]?.id || "");
  const [event, setEvent] = useState("");
  const [description, setDescription] = useState("");
  const [nodes, setNodes] = useState(false);
  const places = [placeOf(sheet, card.id), placeOf(sheet, to)] as const;
  const args = {
    source: places[0],
    target: places[1],
    event: event.trim(),
    description: description.trim(),
    add_nodes: nodes,
  };
  const link = async () => {
    await session.call("wire_event", args);
    selectLine(session, (line) => ends(line, card.id, to) && line.events.includes(args.event));
    return `${args.event} goes from ${places[0]} to ${places[1]} now.`;
  };
  const title = `Wire an event from “${card.title}”`;
  if (targets.length === 0) {
    return <Message text="There is no other card that can receive an event." title={title} />;
  }
  return (
    <DialogForm action="Wire" off={!args.event || !to} onSubmit={link} title={title}>
      <Choice label="To" onChange={setTo} options={targets.map(cardOption)} value={to} />
      <TextField
        first={target !== ""}
        help={known.length > 0 ? "Choose one below, or enter a new name." : "What happened."}
        label="Event"
        onChange={setEvent}
        placeholder="order.placed"
        value={event}
      />
      <KnownEvents event={event} known={known} onChange={setEvent} />
      <TextField
        label="Description"
        onChange={setDescription}
        placeholder="What it means"
        value={description}
      />
      {places.some((place) => place.includes("/")) ? (
        <Check
          checked={nodes}
          label="Also add it to the flows (emit and wait)"
          onChange={setNodes}
        />
      ) : null}
      <Plan args={args.event && to ? args : null} change="wire_event" />
    </DialogForm>
  );
}

/** The events that the design has; first those that come from a place already. */
function useKnownEvents(place: string): readonly EventEnds[] {
  const { result } = useAsking("events", {}, 0);
  const [domain = ""] = place.split("/");
  const isOwn = ({ publishers }: EventEnds) => Number(publishers.includes(domain));
  return [...(result?.events ?? [])].sort((a, b) => isOwn(b) - isOwn(a));
}

/** The events that the design has, narrowed by what is typed. */
function KnownEvents({
  known,
  event,
  onChange,
}: {
  known: readonly EventEnds[];
  event: string;
  onChange: (event: string) => void;
}) {
  const word = event.trim().toLowerCase();
  const exact = known.some((one) => one.name === event);
  const shown = exact ? known : known.filter((one) => one.name.toLowerCase().includes(word));
  if (shown.length === 0) {
    return null;
  }
  return (
    <Choice
      label="Known events"
      onChange={onChange}
      options={shown.map((one) => ({ value: one.name, text: `${one.name} · ${wayOf(one)}` }))}
      size={Math.min(5, Math.max(2, shown.length))}
      value={exact ? event : ""}
    />
  );
}

function wayOf({ publishers, consumers }: EventEnds): string {
  const start = publishers.length > 0 ? publishers.join(", ") : "nobody";
  return `${start} → ${consumers.length > 0 ? consumers.join(", ") : "nobody"}`;
}

/** Takes an event off a line of a map. */
export function RemoveEventLink({ link: id }: { link: string }) {
  const session = useSession();
  const [sheet] = useState(session.sheet());
  const link = sheet?.links.get(id);
  const [event, setEvent] = useState(link?.events[0] ?? "");
  if (!sheet || !link) {
    return <Message text="The line no longer exists." title="Remove an event" />;
  }
  const args = { source: placeOf(sheet, link.source), target: placeOf(sheet, link.target), event };
  const name = (card: string) => sheet.cards.get(card)?.title ?? card;
  const remove = async () => {
    await session.call("unwire_event", args);
    return `${event} does not go to ${args.target} any more.`;
  };
  return (
    <DialogForm action="Remove" danger onSubmit={remove} title="Remove an event">
      <p>
        From “{name(link.source)}” to “{name(link.target)}”. What emits it or waits for it inside
        flows stays.
      </p>
      <Choice
        label="Event"
        onChange={setEvent}
        options={link.events.map((one) => ({ value: one, text: one }))}
        value={event}
      />
      <Plan args={args} change="unwire_event" />
    </DialogForm>
  );
}
