import * as React from "react";
import type { RunBrief } from "../../protocol";
import { ActionButton, Failure, useAction } from "../parts/action";
import { useShown } from "../parts/shown";
import { elapsed } from "./elapsed";

const TITLES: Record<RunBrief["state"], string> = {
  prompt_ready: "Ready",
  running: "Running",
  waiting: "Waiting for you",
  done: "Done",
  failed: "Failed",
  stopped: "Stopped",
};

/** States in which Claude Code has not come to the end of its turn. */
export const GOING: ReadonlySet<RunBrief["state"]> = new Set(["running", "waiting"]);

/** How a run stands and why, its terminal, and stopping it or going on with it. */
export function RunStatus({ brief }: { readonly brief: RunBrief }) {
  const { model } = useShown();
  const action = useAction();
  const { requests, root } = model.service;
  const named = { root, id: brief.id };
  const resumable = !brief.alive && brief.state !== "prompt_ready";
  const stop = async () => {
    await requests.act("run/stop", named);
    await model.service.refresh();
  };
  const resume = async () => {
    const run = await requests.act("run/resume", named);
    await model.service.refresh();
    if (run.brief.terminal !== "") {
      await model.host.openTerminal(run.brief.terminal);
    }
  };
  return (
    <section aria-label="How the run stands">
      <h3>{brief.title}</h3>
      <div className="ddd-lab-status" data-state={brief.state}>
        <strong>{TITLES[brief.state]}</strong>
        {GOING.has(brief.state) && <Elapsed since={brief.created_at} />}
        <p>{brief.why}</p>
      </div>
      <div className="ddd-lab-row">
        {brief.terminal !== "" && (
          <ActionButton
            action={action}
            look={brief.state === "waiting" ? "main" : "plain"}
            work={() => model.host.openTerminal(brief.terminal)}
          >
            Open terminal
          </ActionButton>
        )}
        {brief.alive && (
          <ActionButton action={action} work={stop}>
            Stop
          </ActionButton>
        )}
        {resumable && (
          <ActionButton action={action} work={resume}>
            {brief.begun ? "Resume" : "Begin"}
          </ActionButton>
        )}
      </div>
      <Failure action={action} />
    </section>
  );
}

/** How long it has been going on, to the second. */
function Elapsed({ since }: { readonly since: string }) {
  const [now, setNow] = React.useState(Date.now);
  React.useEffect(() => {
    const clock = window.setInterval(() => setNow(Date.now()), 1000);
    return () => window.clearInterval(clock);
  }, []);
  return (
    <span className="ddd-lab-meta" role="timer">
      {elapsed(now - Date.parse(since))}
    </span>
  );
}
