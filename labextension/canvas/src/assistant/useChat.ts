import { type Session, useSession } from "../state/session";
import { useStored } from "../state/store";
import { AssistantClient, type Chat } from "./store";

const clients = new WeakMap<Session, AssistantClient>();

/** What this view says to the assistant; it outlives the panel. */
export function clientOf(session: Session): AssistantClient {
  const client = clients.get(session) ?? new AssistantClient(session);
  clients.set(session, client);
  return client;
}

export function useClient(): AssistantClient {
  return clientOf(useSession());
}

/** A part of what is shown. */
export function useChat<Part>(select: (chat: Chat) => Part): Part {
  return useStored(useClient().store, select);
}
