import * as React from "react";
import type { QueueLine, QueueView, QueueWanted } from "../../wire";
import { DeedButton, Failure, useDeed } from "../parts/deed";
import { useShown } from "../parts/shown";

const MARKS: Record<QueueLine["state"], string> = {
  waiting: "○",
  running: "▶",
  done: "✓",
  failed: "✗",
  skipped: "–",
};

const TITLES: Record<QueueView["state"], string> = {
  empty: "",
  running: "The queue runs",
  paused: "The queue pauses",
  done: "The queue is done",
};

/** The flows that are implemented one after another, while there are any. */
export function QueueBox() {
  const { model, state } = useShown();
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
        aria-label="Flows of the queue that are over"
        max={queue.items.length}
        value={over.length}
      />
      {queue.why !== "" && <p>{queue.why}</p>}
      <ol className="ddd-lab-list">
        {queue.items.map((item) => (
          <li data-state={item.state} key={item.flow}>
            <span aria-hidden>{MARKS[item.state]}</span> {item.flow}{" "}
            <span className="ddd-lab-meta">
              {item.state}
              {item.why !== "" && `: ${item.why}`}
            </span>{" "}
            {item.run !== "" && (
              <button
                aria-label={`Show the run of ${item.flow}`}
                className="ddd-lab-link"
                onClick={() => model.showRun(item.run)}
                type="button"
              >
                Run
              </button>
            )}
          </li>
        ))}
      </ol>
      <Deeds queue={queue} />
    </section>
  );
}

function Deeds({ queue }: { readonly queue: QueueView }) {
  const { model } = useShown();
  const deed = useDeed();
  const { requests, root } = model.service;
  const act = (what: QueueWanted["deed"]) => async () =>
    model.service.take(await requests.queue({ root, deed: what, prompts: [] }));
  return (
    <>
      <div className="ddd-lab-row">
        {queue.state === "running" && (
          <DeedButton deed={deed} work={act("pause")}>
            Pause
          </DeedButton>
        )}
        {queue.state === "paused" && (
          <DeedButton deed={deed} look="main" work={act("resume")}>
            {queue.items.some((item) => item.state === "failed") ? "Try again" : "Resume"}
          </DeedButton>
        )}
        {queue.state !== "done" && (
          <DeedButton deed={deed} work={act("skip")}>
            Skip this flow
          </DeedButton>
        )}
        <DeedButton deed={deed} work={act("clear")}>
          {queue.state === "done" ? "Close" : "Clear the queue"}
        </DeedButton>
      </div>
      <Failure deed={deed} />
    </>
  );
}
