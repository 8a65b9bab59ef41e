import * as React from "react";
import type { RunView, TestCase, TestReport } from "../../protocol";
import { ActionButton, Alert, Failure, useAction } from "../parts/action";
import { Scrolled } from "../parts/Scrolled";
import { useShown } from "../parts/shown";
import { countsOf } from "./counts";

const MARKS: Record<TestCase["status"], string> = {
  passed: "✓",
  failed: "✗",
  error: "✗",
  skipped: "–",
};

interface Props {
  readonly run: RunView;
  /** Ask for the run again. */
  readonly again: () => void;
}

/** What the tests of a run's flows say, test by test. */
export function Tests({ run, again }: Props) {
  const id = React.useId();
  return (
    <section aria-labelledby={id}>
      <h4 id={id}>Tests</h4>
      {run.brief.flows.map((flow) => (
        <FlowTests again={again} flow={flow} key={`${run.brief.id} ${flow}`} run={run} />
      ))}
    </section>
  );
}

interface FlowProps extends Props {
  readonly flow: string;
}

function FlowTests({ run, flow, again }: FlowProps) {
  const { model, state } = useShown();
  const deed = useAction();
  const shown = run.tests.find((report) => report.flow === flow);
  const { requests, root } = model.service;
  const rerun = async () => {
    model.announce(`The tests of ${flow} run`);
    const found = await requests.act("tests", { root, flow, run: run.brief.id });
    model.announce(`${flow}: ${countsOf(found)}`);
    again();
    await model.service.refresh();
  };
  // They run when the files are confirmed, too, or because of a command.
  const busy = deed.busy || state.testing.some((key) => key === flow || key === "");
  const fix = { kind: "fix" as const, flows: [flow], schemas: [] };
  return (
    <div data-tests={flow}>
      <p className="ddd-lab-meta">
        {flow}: {busy ? "at work…" : shown === undefined ? "not run yet" : countsOf(shown)}
      </p>
      {shown !== undefined && <Report report={shown} />}
      <div className="ddd-lab-row">
        <ActionButton deed={deed} name={`Re-run tests of ${flow}`} work={rerun}>
          {shown === undefined ? "Run tests" : "Re-run tests"}
        </ActionButton>
        {shown !== undefined && !shown.passed && (
          <ActionButton
            deed={deed}
            look="main"
            name={`Fix failing tests of ${flow}`}
            work={() => model.build([fix])}
          >
            Fix failing
          </ActionButton>
        )}
      </div>
      <Failure deed={deed} />
    </div>
  );
}

function Report({ report }: { readonly report: TestReport }) {
  return (
    <>
      <p className="ddd-lab-meta">
        <code>{report.command.join(" ")}</code>
      </p>
      {report.problem !== "" && <Alert>{report.problem}</Alert>}
      <ul className="ddd-lab-list">
        {report.tests.map((test) => (
          <TestItem key={test.name} test={test} />
        ))}
      </ul>
    </>
  );
}

function TestItem({ test }: { readonly test: TestCase }) {
  return (
    <li className="ddd-lab-test" data-status={test.status}>
      <span aria-hidden>{MARKS[test.status]}</span> {test.name}{" "}
      <span className="ddd-lab-meta">
        {test.status}, {test.duration_ms} ms
      </span>
      {test.message !== "" && (
        <details>
          <summary>{test.message}</summary>
          <Scrolled name={`Failure of ${test.name}`}>{test.detail}</Scrolled>
        </details>
      )}
    </li>
  );
}
