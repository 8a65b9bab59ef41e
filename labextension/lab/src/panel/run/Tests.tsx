import type { RunView, TestCase, TestReport } from "../../protocol";
import { ActionButton, Alert, Failure, useAction } from "../parts/action";
import { Scrolled } from "../parts/Scrolled";
import { Section } from "../parts/Section";
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
  return (
    <Section level={4} title="Tests">
      {run.brief.flows.map((flow) => (
        <FlowTests again={again} flow={flow} key={`${run.brief.id} ${flow}`} run={run} />
      ))}
    </Section>
  );
}

interface FlowProps extends Props {
  readonly flow: string;
}

function FlowTests({ run, flow, again }: FlowProps) {
  const { model, state } = useShown();
  const action = useAction();
  const shown = run.tests.find((report) => report.flow === flow);
  const { requests, root } = model.service;
  const rerun = async () => {
    model.announce(`The tests of ${flow} are running`);
    const found = await requests.act("tests", { root, flow, run: run.brief.id });
    model.announce(`${flow}: ${countsOf(found)}`);
    again();
    await model.service.refresh();
  };
  // They run when the files are confirmed, too, or because of a command.
  const busy = action.busy || state.testing.some((key) => key === flow || key === "");
  const fix = { kind: "fix" as const, flows: [flow], schemas: [] };
  return (
    <div data-tests={flow}>
      <p className="ddd-lab-meta">
        {flow}: {busy ? "running…" : shown === undefined ? "not run yet" : countsOf(shown)}
      </p>
      {shown !== undefined && <Report report={shown} />}
      <div className="ddd-lab-row">
        <ActionButton action={action} name={`Re-run tests of ${flow}`} work={rerun}>
          {shown === undefined ? "Run tests" : "Re-run tests"}
        </ActionButton>
        {shown !== undefined && !shown.passed && (
          <ActionButton
            action={action}
            look="main"
            name={`Fix failing tests of ${flow}`}
            work={() => model.build([fix])}
          >
            Fix failing
          </ActionButton>
        )}
      </div>
      <Failure action={action} />
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
