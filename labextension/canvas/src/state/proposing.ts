import { messageOf } from "../connection";
import type { Session } from "./session";

/** Applies what is ticked of the proposal on the board; says whether there is one to apply. */
export function applyProposal(session: Session): boolean {
  const proposal = session.sheet()?.head.proposal;
  const isReady = proposal?.complete && proposal.items.some(({ ticked }) => ticked);
  if (proposal && isReady) {
    void settle(session, "apply_proposal", proposal.id);
  }
  return Boolean(isReady);
}

/** Takes the proposal off the board, with nothing changed; says whether there is one. */
export function discardProposal(session: Session): boolean {
  const proposal = session.sheet()?.head.proposal;
  if (proposal) {
    void settle(session, "discard_proposal", proposal.id);
  }
  return Boolean(proposal);
}

async function settle(
  session: Session,
  op: "apply_proposal" | "discard_proposal",
  id: string,
): Promise<void> {
  try {
    const { text } = await session.call(op, { id });
    session.note({ tone: op === "apply_proposal" ? "good" : "info", text });
    session.announce(text);
  } catch (error) {
    session.note({ tone: "bad", text: messageOf(error) });
  }
}
