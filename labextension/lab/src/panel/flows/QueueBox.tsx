import * as React from "react";
import type { Queue, QueueAction, QueueItem } from "../../protocol";
import { ActionButton, Failure, useAction } from "../parts/action";
import { useShown } from "../parts/shown";

const MARKS: Record<QueueItem["state"], string> = {
  waiting: "○",
  running: "▶",
  done: "✓",
  failed: "✗",
  skipped: "–",
};

const TITLES: Record<Queue["state"], string> = {
  empty: "",
  running: "The queue runs",
  paused: "The queue pauses",
  done: "The queue is done",
};

/** The flows that are implemented one after another, while there are any. */
export function QueueBox() {
  const { state } = useShown();
  const id = React.useId();
  const { queue } = state;
  if (queue.state === "empty") {
    return null;
  }
  const over = queue.items.filter((item) => item.state === "done" || item.state === "skipped");
  return (
    <section aria-labelledby={id} className="ddd-lab-queue" data-state={queue.state}>
      <h3 id={id}>
        {TITLES[queue.state]}{" "}
        <span className="ddd-lab-count">
          {over.length} of {queue.items.length}
        </span>
      </h3>
      <progress
        aria-label="Finished flows of the queue"
        max={queue.items.length}
        value={over.length}
      />
      {queue.why !== "" && <p>{queue.why}</p>}
      <ol className="ddd-lab-list">
        {queue.items.map((item) => (
          <Item item={item} key={item.flow} />
        ))}
      </ol>
      <Actions queue={queue} />
    </section>
  );
}

/** One flow of the queue, with the ways to its run and to the terminal of that. */
function Item({ item }: { readonly item: QueueItem }) {
  const { model, state } = useShown();
  const deed = useAction();
  const terminal = state.runs.find((run) => run.id === item.run)?.terminal ?? "";
  return (
    <li data-state={item.state}>
      <span aria-hidden>{MARKS[item.state]}</span> {item.flow}
      <p className="ddd-lab-meta">
        {item.state}
        {item.why !== "" && `: ${item.why}`}
      </p>
      {item.run !== "" && (
        <div className="ddd-lab-row">
          <button
            aria-label={`Show the run of ${item.flow}`}
            className="ddd-lab-link"
            onClick={() => model.showRun(item.run)}
            type="button"
          >
            Show the run
          </button>
          {terminal !== "" && item.state === "running" && (
            <ActionButton
              deed={deed}
              look="link"
              name={`Open terminal of ${item.flow}`}
              work={() => model.host.openTerminal(terminal)}
            >
              Open terminal
            </ActionButton>
          )}
        </div>
      )}
      <Failure deed={deed} />
    </li>
  );
}

function Actions({ queue }: { readonly queue: Queue }) {
  const { model } = useShown();
  const deed = useAction();
  const { requests, root } = model.service;
  const act = (what: QueueAction) => async () =>
    model.service.take(await requests.act("queue", { root, action: what, prompts: [] }));
  return (
    <>
      <div className="ddd-lab-row">
        {queue.state === "running" && (
          <ActionButton deed={deed} work={act("pause")}>
            Pause
          </ActionButton>
        )}
        {queue.state === "paused" && (
          <ActionButton deed={deed} look="main" work={act("resume")}>
            {queue.items.some((item) => item.state === "failed") ? "Try again" : "Resume"}
          </ActionButton>
        )}
        {queue.state !== "done" && (
          <ActionButton deed={deed} work={act("skip")}>
            Skip this flow
          </ActionButton>
        )}
        <ActionButton deed={deed} work={act("clear")}>
          {queue.state === "done" ? "Close" : "Clear the queue"}
        </ActionButton>
      </div>
      <Failure deed={deed} />
    </>
  );
}
