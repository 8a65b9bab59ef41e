import { useState } from "react";
import { ToolButton } from "../panels/ToolButton";
import type { Turn } from "../protocol";
import { useSession } from "../state/session";
import { useAttempt } from "../state/useAttempt";

/** What a change of more than one flow would do to each; nothing is shown on boards before. */
export function ChangePlan({ turn: { id, plan } }: { turn: Turn }) {
  const session = useSession();
  const { busy, error, run } = useAttempt();
  const [left, setLeft] = useState<readonly string[]>([]);
  const taken = plan.map(({ at }) => at).filter((at) => !left.includes(at));
  const approve = () =>
    void run(async () => {
      const { text } = await session.call("approve_plan", { id, places: taken });
      session.announce(text);
      session.root?.querySelector<HTMLElement>(".ddd-question")?.focus();
    });
  return (
    <section aria-label="Plan of the change" className="ddd-offer">
      <p>It changes more than one flow. Approve what is done to each; then the boards show it.</p>
      <ul className="ddd-list">
        {plan.map(({ at, words }) => (
          <li key={at}>
            <label className="ddd-check">
              <input
                checked={!left.includes(at)}
                onChange={({ target }) =>
                  setLeft(target.checked ? left.filter((one) => one !== at) : [...left, at])
                }
                type="checkbox"
              />
              <span>
                <strong>{at || "The system"}</strong>: {words}
              </span>
            </label>
          </li>
        ))}
      </ul>
      <div className="ddd-action-row">
        <ToolButton
          busy={busy}
          disabled={taken.length === 0}
          label="Approve plan"
          onPress={approve}
          primary
          text
          title="Keep the plan in .ddd/plans, and show its changes on the boards"
        />
      </div>
      {error ? (
        <p className="ddd-error" role="alert">
          {error}
        </p>
      ) : null}
    </section>
  );
}
