import { useState } from "react";
import { Refusal } from "../panels/Refusal";
import { ToolButton } from "../panels/ToolButton";
import { useSession } from "../state/session";
import { useAttempt } from "../state/useAttempt";
import { useChat, useClient } from "./useChat";
import { count, dollars } from "./words";

/** What was spent; loud where that comes near to a limit or has reached it. */
export function Budget() {
  const budget = useChat((chat) => chat.state?.budget);
  if (!budget) {
    return null;
  }
  const { state, session, tokens, period, name, limit, unpriced } = budget;
  const spent = `${dollars(period)}${unpriced ? " and what has no known price" : ""}`;
  const whole = limit > 0 ? ` of ${dollars(limit)}` : "";
  if (state === "fine") {
    return tokens > 0 || period > 0 ? (
      <p className="ddd-facts ddd-spent">
        This session: {count(tokens)} tokens, {dollars(session)} · {name}: {spent}
        {whole}
      </p>
    ) : null;
  }
  return (
    <div
      className="ddd-banner ddd-budget"
      data-tone={state === "limit" ? "bad" : "warn"}
      role="status"
    >
      <div>
        <p>
          {state === "limit"
            ? `The limit of ${dollars(limit)} is reached: ${spent} ${name}. No model that costs something is asked.`
            : `${spent}${whole} ${name}: that is more than the ${dollars(budget.warning)} from which you are warned.`}
        </p>
        <Ways limit={limit} reached={state === "limit"} />
      </div>
    </div>
  );
}

/** How to go on. */
function Ways({ limit, reached }: { limit: number; reached: boolean }) {
  const client = useClient();
  const free = useChat((chat) => chat.state?.budget.free ?? "");
  const model = useChat((chat) => chat.state?.models.find(({ id }) => id === free));
  const isFree = useChat((chat) => Boolean(free) && chat.model === free);
  return (
    <div className="ddd-action-row">
      {model && !isFree ? (
        <ToolButton
          label={`Go on with ${model.label}`}
          onPress={() => client.store.set({ model: free })}
          text
          title="It costs nothing"
        />
      ) : null}
      {model && isFree ? <span>{model.label} goes on for nothing.</span> : null}
      {reached ? <NewLimit limit={limit} /> : null}
    </div>
  );
}

function NewLimit({ limit }: { limit: number }) {
  const client = useClient();
  const session = useSession();
  const { busy, error, run } = useAttempt();
  const [raised, setRaised] = useState("");
  const amount = Number(raised);
  const raise = () =>
    run(async () => {
      const state = await session.call("budget_limit", { limit: amount });
      client.store.set({ state });
      setRaised("");
    });
  return (
    <>
      <input
        aria-label="New limit in dollars"
        className="ddd-input ddd-limit"
        min={0}
        onChange={(event) => setRaised(event.target.value)}
        placeholder={`New limit, $${Math.max(10, limit * 2)}`}
        type="number"
        value={raised}
      />
      <ToolButton
        busy={busy}
        disabled={!raised || !(amount >= 0)}
        label="Set the limit"
        onPress={() => void raise()}
        text
      />
      <Refusal error={error} />
    </>
  );
}
