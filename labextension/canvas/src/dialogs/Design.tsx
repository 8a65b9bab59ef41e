import { useState } from "react";
import { cardOf, showPlace } from "../state/design";
import { useSession, useView } from "../state/session";
import { Plan } from "./Plan";
import { Choice, DialogForm, Message, TextField } from "./parts";

/** Asks for what a new domain needs. */
export function NewDomain() {
  const session = useSession();
  const [name, setName] = useState("");
  const [description, setDescription] = useState("");
  const args = { name: name.trim(), description };
  const make = async () => {
    const { at } = await session.call("new_domain", args);
    showPlace(session, at);
    return `Domain ${args.name} added.`;
  };
  return (
    <DialogForm action="Create" off={!args.name} onSubmit={make} title="New domain">
      <TextField label="Name" onChange={setName} placeholder="Shipping" value={name} />
      <TextField
        label="Description"
        onChange={setDescription}
        placeholder="What it is responsible for"
        value={description}
      />
      <Plan args={args.name ? args : null} change="new_domain" />
    </DialogForm>
  );
}

/** Gives a flow or domain another name; its id follows, and whatever names it. */
export function Rename({ at, title }: { at: string; title: string }) {
  const session = useSession();
  const [name, setName] = useState(title);
  const flow = at.includes("/");
  const change = flow ? "rename_flow" : "rename_domain";
  const to = name.trim();
  const args = flow ? { at, name: to } : { domain: at, name: to };
  const rename = async () => {
    const result = await session.call(change, args);
    follow(session, result.at);
    return `Renamed to ${to}.`;
  };
  return (
    <DialogForm action="Rename" off={!to} onSubmit={rename} title={`Rename “${title}”`}>
      <TextField
        help="The id is made from the name. All references to it are updated."
        label="New name"
        onChange={setName}
        value={name}
      />
      <Plan args={to && to !== title ? args : null} change={change} />
    </DialogForm>
  );
}

/** Adds a copy of a flow to its domain. */
export function DuplicateFlow({ at, title }: { at: string; title: string }) {
  const session = useSession();
  const [name, setName] = useState(`${title} copy`);
  const args = { at, name: name.trim() };
  const copy = async () => {
    const twin = await session.call("duplicate_flow", args);
    if (session.sheet()?.head.at === at) {
      session.go(twin.at);
    } else {
      follow(session, twin.at);
    }
    return `Duplicated as ${args.name}.`;
  };
  return (
    <DialogForm action="Duplicate" off={!args.name} onSubmit={copy} title={`Duplicate “${title}”`}>
      <TextField label="Name of the copy" onChange={setName} value={name} />
      <Plan args={args.name ? args : null} change="duplicate_flow" />
    </DialogForm>
  );
}

/** Moves a flow to another domain, with its events and everything that names it. */
export function MoveFlow({ at, title }: { at: string; title: string }) {
  const session = useSession();
  const domains = useView((state) => state.sheet?.head.domains) ?? [];
  const others = domains.filter((domain) => domain.at !== cardOf(at).board);
  const [domain, setDomain] = useState(others[0]?.at ?? "");
  const move = async () => {
    await session.call("move_flow", { at, domain });
    const there = others.find((other) => other.at === domain)?.title ?? domain;
    session.note({ tone: "good", text: `“${title}” is in ${there} now.` });
    return `Moved to ${there}.`;
  };
  const heading = `Move “${title}”`;
  if (others.length === 0) {
    return (
      <Message
        text="There is no other domain. Create one on the System Map first."
        title={heading}
      />
    );
  }
  return (
    <DialogForm action="Move" onSubmit={move} title={heading}>
      <Choice
        label="To the domain"
        onChange={setDomain}
        options={others.map((other) => ({ value: other.at, text: other.title }))}
        value={domain}
      />
      <Plan args={domain ? { at, domain } : null} change="move_flow" />
    </DialogForm>
  );
}

/** Selects the card of a place that has just come, where the board shows it. */
function follow(session: ReturnType<typeof useSession>, place: string): void {
  const { board, card } = cardOf(place);
  if (session.sheet()?.head.at === board) {
    session.selection.set([card]);
    session.show(card);
  }
}
