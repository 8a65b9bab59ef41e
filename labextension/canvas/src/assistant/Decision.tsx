import { ToolButton } from "../panels/ToolButton";
import type { DecisionOfferView } from "../protocol";
import { useSession } from "../state/session";
import { useAttempt } from "../state/useAttempt";
import { useChat, useClient } from "./useChat";

/** What an answer says before the lines of its decision. */
export function undecided(text: string): string {
  const lines = [...text.matchAll(/^[\s*_-]*(?:decision|rationale|affected)[*_]*:/gim)].slice(-3);
  return lines[0] ? text.slice(0, lines[0].index) : text;
}

/** A decision that an answer ends with: it is written down where somebody wants it. */
export function Decision({ decision, turn }: { decision: DecisionOfferView; turn: string }) {
  const client = useClient();
  const session = useSession();
  const thread = useChat((chat) => chat.conversation?.thread?.id ?? "");
  const isDeclined = useChat((chat) => chat.declined.includes(turn));
  const isRecorded = useChat((chat) =>
    chat.conversation?.turns.some(
      ({ role, text }) => role === "system" && text === `Decision recorded: ${decision.title}`,
    ),
  );
  const { busy, error, run } = useAttempt();
  const { title, rationale, affected } = decision;
  const keep = async () => {
    const done = await run(() =>
      session.call("keep_decision", { id: "", ...decision, affected, thread }),
    );
    if (done) {
      session.announce(`“${title}” is recorded.`);
      await client.open(thread);
    }
  };
  const decline = () => {
    client.store.set(({ declined }) => ({ declined: [...declined, turn] }));
    session.announce("Not written down.");
  };
  return (
    <section aria-label={`Decision: ${title}`} className="ddd-offer">
      <p>
        <strong>Decision:</strong> {decision.decision}
      </p>
      <p>
        <strong>Rationale:</strong> {rationale}
      </p>
      {affected ? <p className="ddd-facts">About {affected}</p> : null}
      {isDeclined || isRecorded ? null : (
        <div className="ddd-action-row">
          <ToolButton
            busy={busy}
            label="Write it down"
            onPress={() => void keep()}
            primary
            text
            title="Keep it in .ddd/memory/decisions.md"
          />
          <ToolButton label="Not now" onPress={decline} text />
        </div>
      )}
      {error ? (
        <p className="ddd-error" role="alert">
          {error}
        </p>
      ) : null}
    </section>
  );
}
