import { useEffect, useRef, useState } from "react";
import { useId } from "../ids";
import { ToolButton } from "../panels/ToolButton";
import type { DesignStep, DesignView } from "../protocol";
import { useSession, useView } from "../state/session";
import { useAttempt } from "../state/useAttempt";
import { Markdown } from "./Markdown";
import { WhatIsSent } from "./Sent";
import { GATES } from "./store";
import { Progress } from "./TurnView";
import { facts } from "./words";

type Stage = keyof typeof GATES;
const STAGES = Object.keys(GATES) as Stage[];
const NEXT: Record<Stage, string> = {
  understanding: "Suggest a definition",
  structure: "Suggest domains and flows",
  flows: "Suggest the flows",
  finished: "",
};

/** A design at its present gate: what is suggested, and what to do with it. */
export function Gate({ design }: { design: DesignView }) {
  const session = useSession();
  const { busy, error, run } = useAttempt();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const act = (change: () => Promise<unknown>) =>
    void run(change).then((done) => done && heading.current?.focus());
  const suggest = (text: string) => act(() => session.call("suggest_design", { text }));
  const approve = () =>
    act(async () => {
      session.announce((await session.call("approve_gate")).text);
    });
  const { title, stage, definition, domain, steps, answer, wanted } = design;
  const isRunning = answer?.state === "running";
  return (
    <>
      <h3 className="ddd-design-title" ref={heading} tabIndex={-1}>
        {title}
      </h3>
      <Stepper stage={stage} />
      <Steps steps={steps} />
      {stage === "finished" ? <p>Every step is done or dropped. The design is finished.</p> : null}
      {domain ? <p className="ddd-quiet">Next: the flows of {domain}.</p> : null}
      {answer ? (
        <article aria-busy={isRunning} aria-label="Suggestion" className="ddd-turn">
          {answer.text ? <Markdown text={answer.text} /> : null}
          {isRunning ? (
            <Progress
              allow={(allowed) => session.call("allow_design", { allowed })}
              stop={() => session.call("stop_design")}
              turn={answer}
            />
          ) : (
            <p className="ddd-facts">{facts(answer).join(" · ")}</p>
          )}
          {answer.error ? (
            <p className="ddd-error" role="alert">
              {answer.error}
            </p>
          ) : null}
        </article>
      ) : (
        <Wanted definition={definition} wanted={wanted} />
      )}
      {answer && !isRunning ? (
        <Reply approve={approve} busy={busy} design={design} key={answer.id} suggest={suggest} />
      ) : null}
      {error ? (
        <p className="ddd-error" role="alert">
          {error}
        </p>
      ) : null}
      <div className="ddd-action-row">
        {answer || stage === "finished" ? null : (
          <ToolButton
            busy={busy}
            label={NEXT[stage]}
            onPress={() => suggest("")}
            primary
            text
            title="Ask the model; it is shown first, and nothing is written before you approve it"
          />
        )}
        {stage === "structure" || stage === "flows" ? (
          <ToolButton
            busy={busy}
            label="Back"
            onPress={() => act(() => session.call("previous_gate"))}
            text
            title="Back to the gate before; what is in the design stays"
          />
        ) : null}
        <ToolButton
          busy={busy}
          label="All designs"
          onPress={() => act(() => session.call("leave_design"))}
          text
          title={design.path || "Nothing of it is approved: it is not kept"}
        />
      </div>
      {answer || stage === "finished" ? null : <WhatIsSent args={{ text: "" }} op="design_sent" />}
    </>
  );
}

function Stepper({ stage }: { stage: Stage }) {
  return (
    <ol aria-label="Gates" className="ddd-gates">
      {STAGES.map((one) => (
        <li aria-current={one === stage ? "step" : undefined} key={one}>
          {GATES[one]}
        </li>
      ))}
    </ol>
  );
}

/** What the design is for, as far as it is known. */
function Wanted({ definition, wanted }: { definition: string; wanted: string }) {
  return definition ? (
    <details className="ddd-turn">
      <summary>What it is for</summary>
      <Markdown text={definition} />
    </details>
  ) : (
    <blockquote className="ddd-quiet">{wanted}</blockquote>
  );
}

const SIGNS = { open: "○", working: "◐", done: "✓", dropped: "–" } as const;

function Steps({ steps }: { steps: readonly DesignStep[] }) {
  return steps.length > 0 ? (
    <ul aria-label="Steps" className="ddd-list ddd-steps">
      {steps.map((step) => (
        <Step key={step.key} step={step} />
      ))}
    </ul>
  ) : null;
}

function Step({ step: { key, text, mark, reason } }: { step: DesignStep }) {
  const session = useSession();
  const { busy, error, run } = useAttempt();
  const [why, setWhy] = useState<string | null>(null);
  const isOpen = mark === "open" || mark === "working";
  const name = text.replaceAll("`", "");
  const drop = async () => {
    if (await run(() => session.call("drop_step", { key, reason: why ?? "" }))) {
      session.announce(`“${name}” is dropped.`);
      setWhy(null);
    }
  };
  return (
    <li data-mark={mark}>
      <div className="ddd-decision-head">
        <span>
          <span aria-hidden="true">{SIGNS[mark]} </span>
          {name}
          <span className={isOpen ? "ddd-sr" : "ddd-facts"}>
            {" "}
            {mark}
            {reason ? `: ${reason}` : ""}
          </span>
        </span>
        {isOpen && why === null ? (
          <ToolButton icon="close" label={`Drop “${name}”`} onPress={() => setWhy("")} />
        ) : null}
      </div>
      {why === null ? null : (
        <form
          className="ddd-decision-form"
          onSubmit={(event) => {
            event.preventDefault();
            void drop();
          }}
        >
          <label>
            Why is it left undone?
            <input
              // biome-ignore lint/a11y/noAutofocus: somebody has just asked for it
              autoFocus
              className="ddd-input"
              onChange={(event) => setWhy(event.target.value)}
              value={why}
            />
          </label>
          <div className="ddd-buttons">
            <ToolButton label="Keep" onPress={() => setWhy(null)} text />
            <ToolButton busy={busy} label="Drop" onPress={() => void drop()} primary text />
          </div>
        </form>
      )}
      {error ? <p className="ddd-error">{error}</p> : null}
    </li>
  );
}

/** Answers to questions, an approval, or what should be different. */
function Reply({
  design,
  busy,
  approve,
  suggest,
}: {
  design: DesignView;
  busy: boolean;
  approve: () => void;
  suggest: (words: string) => void;
}) {
  const { stage, questions, proposal, answer, domain } = design;
  const session = useSession();
  const board = useView((state) => state.sheet?.head.proposal);
  const id = useId();
  const [answers, setAnswers] = useState<Record<string, string>>({});
  const [words, setWords] = useState("");
  const items = board && board.id === proposal ? board.items : [];
  const ticked = items.filter((item) => item.ticked).length;
  const isText = stage === "understanding";
  const canApprove = answer?.state === "done" && (isText ? answer.text !== "" : ticked > 0);
  const given = questions.filter((question) => answers[question]?.trim());
  const replies = () => given.map((question) => `${question}\n${answers[question]}`).join("\n\n");
  return (
    <>
      {questions.length > 0 ? (
        <div className="ddd-decision-form">
          {questions.map((question, index) => (
            <label htmlFor={`${id}${index}`} key={question}>
              {question}
              <input
                className="ddd-input"
                id={`${id}${index}`}
                onKeyDown={(event) => {
                  if (event.key === "Enter" && !event.nativeEvent.isComposing && given.length > 0) {
                    suggest(replies());
                  }
                }}
                onChange={({ target }) => setAnswers({ ...answers, [question]: target.value })}
                value={answers[question] ?? ""}
              />
            </label>
          ))}
          <div className="ddd-action-row">
            <ToolButton
              busy={busy}
              disabled={given.length === 0}
              label="Answer"
              onPress={() => suggest(replies())}
              text
            />
          </div>
        </div>
      ) : null}
      {isText ? null : (
        <p className="ddd-quiet">
          {items.length > 0
            ? `${ticked} of ${items.length} changes are ticked; the boards show them. `
            : "Nothing is proposed on the boards. Say what should be different. "}
          {items.length > 0 ? (
            <ToolButton
              label="Show on the board"
              onPress={() => session.go(stage === "structure" ? "" : domain)}
              text
            />
          ) : null}
        </p>
      )}
      <div className="ddd-action-row">
        <ToolButton
          busy={busy}
          disabled={!canApprove}
          label={questions.length > 0 ? "Go on" : "Approve"}
          onPress={approve}
          primary
          text
          title={
            questions.length > 0
              ? "Approve it as it is; what is open stays open"
              : "Write it, and go on to the next gate"
          }
        />
      </div>
      <form
        className="ddd-decision-form"
        onSubmit={(event) => {
          event.preventDefault();
          suggest(words);
        }}
      >
        <label>
          Say what should be different
          <textarea
            className="ddd-input"
            onChange={(event) => setWords(event.target.value)}
            rows={2}
            value={words}
          />
        </label>
        <div className="ddd-action-row">
          <ToolButton
            busy={busy}
            disabled={!words.trim() && answer?.state === "done"}
            label="Suggest again"
            onPress={() => suggest(words)}
            text
          />
        </div>
      </form>
      <WhatIsSent args={{ text: words }} op="design_sent" />
    </>
  );
}
