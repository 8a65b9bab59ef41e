import type { Queue, QueueAction, QueueItem } from "../../protocol";
import { ActionButton, Button, Failure, useAction } from "../parts/action";
import { Section } from "../parts/Section";
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
  running: "The queue is running",
  paused: "The queue is paused",
  done: "The queue is done",
};

/** The flows that are implemented one after another, while there are any. */
export function QueueBox() {
  const { state } = useShown();
  const { queue } = state;
  if (queue.state === "empty") {
    return null;
  }
  const finished = queue.items.filter((item) => item.state === "done" || item.state === "skipped");
  return (
    <Section
      className="ddd-lab-queue"
      count={`${finished.length} of ${queue.items.length}`}
      state={queue.state}
      title={TITLES[queue.state]}
    >
      <progress
        aria-label="Finished flows of the queue"
        max={queue.items.length}
        value={finished.length}
      />
      {queue.why !== "" && <p>{queue.why}</p>}
      <ol className="ddd-lab-list">
        {queue.items.map((item) => (
          <Item item={item} key={item.flow} />
        ))}
      </ol>
      <Actions queue={queue} />
    </Section>
  );
}

/** One flow of the queue, with the ways to its run and to the terminal of that. */
function Item({ item }: { readonly item: QueueItem }) {
  const { model, state } = useShown();
  const action = useAction();
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
          <Button
            name={`Show the run of ${item.flow}`}
            look="link"
            onClick={() => model.showRun(item.run)}
          >
            Show the run
          </Button>
          {terminal !== "" && item.state === "running" && (
            <ActionButton
              action={action}
              look="link"
              name={`Open terminal of ${item.flow}`}
              work={() => model.host.openTerminal(terminal)}
            >
              Open terminal
            </ActionButton>
          )}
        </div>
      )}
      <Failure action={action} />
    </li>
  );
}

function Actions({ queue }: { readonly queue: Queue }) {
  const { model } = useShown();
  const action = useAction();
  const { requests, root } = model.service;
  const act = (what: QueueAction) => async () =>
    model.service.take(await requests.act("queue", { root, action: what, prompts: [] }));
  return (
    <>
      <div className="ddd-lab-row">
        {queue.state === "running" && (
          <ActionButton action={action} work={act("pause")}>
            Pause
          </ActionButton>
        )}
        {queue.state === "paused" && (
          <ActionButton action={action} look="main" work={act("resume")}>
            {queue.items.some((item) => item.state === "failed") ? "Try again" : "Resume"}
          </ActionButton>
        )}
        {queue.state !== "done" && (
          <ActionButton action={action} work={act("skip")}>
            Skip this flow
          </ActionButton>
        )}
        <ActionButton action={action} work={act("clear")}>
          {queue.state === "done" ? "Close" : "Clear the queue"}
        </ActionButton>
      </div>
      <Failure action={action} />
    </>
  );
}
