import { useEffect, useState } from "react";
import { Refusal } from "../panels/Refusal";
import { ToolButton } from "../panels/ToolButton";
import type { Turn } from "../protocol";
import { useSession } from "../state/session";
import { useAttempt } from "../state/useAttempt";
import { ChangePlan } from "./ChangePlan";
import { Decision, undecided } from "./Decision";
import { Markdown } from "./Markdown";
import { useChat, useClient } from "./useChat";
import { duration, facts } from "./words";

/** What one says. */
export function TurnView({ turn, retry }: { turn: Turn; retry: (() => void) | null }) {
  if (turn.role === "user") {
    return (
      <article aria-label="You" className="ddd-turn" data-role="user">
        <p>{turn.text}</p>
      </article>
    );
  }
  if (turn.role === "system") {
    return (
      <p className="ddd-turn ddd-quiet" data-role="system">
        {turn.text}
      </p>
    );
  }
  return (
    <article
      aria-busy={turn.state === "running"}
      aria-label="Assistant"
      className="ddd-turn"
      data-role="assistant"
      data-turn={turn.state}
    >
      <Lookups turn={turn} />
      {turn.thinking ? (
        <details className="ddd-thinking">
          <summary>{turn.state === "running" && !turn.text ? "Thinking…" : "Thinking"}</summary>
          <p>{turn.thinking}</p>
        </details>
      ) : null}
      {turn.text ? <Markdown text={turn.decision ? undecided(turn.text) : turn.text} /> : null}
      {turn.state === "running" ? <Asked turn={turn} /> : <End retry={retry} turn={turn} />}
      {turn.plan.length > 0 ? <ChangePlan turn={turn} /> : null}
      {turn.decision ? <Decision decision={turn.decision} turn={turn.id} /> : null}
    </article>
  );
}

function Lookups({ turn }: { turn: Turn }) {
  return turn.lookups.length > 0 ? (
    <ul aria-label="Looked up" className="ddd-lookups">
      {turn.lookups.map(({ title, result }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are only added at the end
        <li key={index}>
          <details>
            <summary>{title}</summary>
            <pre>{result}</pre>
          </details>
        </li>
      ))}
    </ul>
  ) : null;
}

function Asked({ turn }: { turn: Turn }) {
  const session = useSession();
  const { id } = turn;
  return (
    <Progress
      allow={(allowed) => session.call("allow_answer", { id, allowed })}
      stop={() => session.call("cancel_answer", { id })}
      turn={turn}
    />
  );
}

/** What goes on, for how long, and how to stop it. */
export function Progress({
  turn,
  allow: onAllow,
  stop,
}: {
  turn: Turn;
  allow: (allowed: boolean) => Promise<unknown>;
  stop: () => Promise<unknown>;
}) {
  const { busy, error, run } = useAttempt();
  const seconds = useSeconds(turn);
  const { leave } = turn;
  const allow = (allowed: boolean) => void run(() => onAllow(allowed));
  if (leave) {
    return (
      <div className="ddd-leave" role="alert">
        <p>{leave.text}</p>
        <div className="ddd-action-row">
          <ToolButton busy={busy} label="Go on" onPress={() => allow(true)} primary text />
          <ToolButton busy={busy} label="Stop" onPress={() => allow(false)} text />
        </div>
        {error ? <p className="ddd-error">{error}</p> : null}
      </div>
    );
  }
  return (
    <div className="ddd-progress">
      <span aria-hidden="true" className="ddd-busy-dots" />
      <span className="ddd-quiet">
        {turn.note || "Waiting for the model"} · {duration(seconds)}
      </span>
      <ToolButton
        busy={busy}
        label="Stop"
        onPress={() => void run(stop)}
        text
        title="Stop this answer; what came so far stays"
      />
      {error ? <p className="ddd-error">{error}</p> : null}
    </div>
  );
}

/** Seconds since an answer was asked for, counted here between what Python says. */
function useSeconds({ seconds }: Turn): number {
  const [start, setStart] = useState(() => performance.now() - 1000 * seconds);
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => setStart(performance.now() - 1000 * seconds), [seconds]);
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 500);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, (now - start) / 1000);
}

const ENDINGS: Record<string, string> = {
  cancelled: "Stopped.",
  replaced: "A newer answer took its place.",
};
const PROPOSALS: Record<string, string> = {
  pending: "proposed",
  applied: "applied",
  discarded: "discarded",
};

/** How an answer ended, who gave it, and what it took. */
function End({ turn, retry }: { turn: Turn; retry: (() => void) | null }) {
  const ending = ENDINGS[turn.state];
  const told = facts(turn);
  return (
    <>
      {turn.error ? (
        <p className="ddd-error" role="alert">
          {turn.error}
        </p>
      ) : null}
      {ending ? <p className="ddd-quiet">{ending}</p> : null}
      {turn.remarks.map((remark) => (
        <p className="ddd-facts" key={remark}>
          {remark}
        </p>
      ))}
      {turn.changes.length > 0 ? (
        <details className="ddd-proposed">
          <summary>
            {turn.changes.length === 1 ? "1 change" : `${turn.changes.length} changes`}{" "}
            {PROPOSALS[turn.proposal] ?? "proposed"}
          </summary>
          <ul>
            {turn.changes.map((change, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the list does not change
              <li key={index}>{change}</li>
            ))}
          </ul>
        </details>
      ) : null}
      {turn.again || (retry && turn.state !== "done") ? (
        <div className="ddd-action-row">
          {turn.again ? <ShowAgain id={turn.id} /> : null}
          {retry && turn.state !== "done" ? (
            <ToolButton label="Ask again" onPress={retry} text />
          ) : null}
        </div>
      ) : null}
      {told.length > 0 ? <p className="ddd-facts">{told.join(" · ")}</p> : null}
    </>
  );
}

function ShowAgain({ id }: { id: string }) {
  const session = useSession();
  const { busy, error, run } = useAttempt();
  return (
    <>
      <ToolButton
        busy={busy}
        label="Show the changes again"
        onPress={() => void run(() => session.call("show_proposal", { id }))}
        text
        title="Show on the board once more what was discarded"
      />
      <Refusal error={error} />
    </>
  );
}

/** All that was said. */
export function Turns() {
  const client = useClient();
  const turns = useChat((chat) => chat.conversation?.turns) ?? [];
  return turns.map((turn, index) => {
    const question = turns[index - 1];
    const isLast = index === turns.length - 1;
    const retry = isLast && question?.role === "user" ? () => void client.ask(question.text) : null;
    return <TurnView key={turn.id} retry={retry} turn={turn} />;
  });
}
