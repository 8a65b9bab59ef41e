import * as React from "react";
import type { TestLine, TestReport } from "../../wire";
import { Alert, DeedButton, Failure, useDeed } from "../parts/deed";
import { Scrolled } from "../parts/Scrolled";
import { useShown } from "../parts/shown";
import { countsOf } from "./counts";

const MARKS: Record<TestLine["status"], string> = {
  passed: "✓",
  failed: "✗",
  error: "✗",
  skipped: "–",
};

interface Props {
  readonly flows: readonly string[];
  readonly reports: readonly TestReport[];
}

/** What the tests of a run's flows say, test by test. */
export function Tests({ flows, reports }: Props) {
  const id = React.useId();
  return (
    <section aria-labelledby={id}>
      <h4 id={id}>Tests</h4>
      {flows.map((flow) => (
        <FlowTests flow={flow} key={flow} report={reports.find((one) => one.flow === flow)} />
      ))}
    </section>
  );
}

interface FlowProps {
  readonly flow: string;
  readonly report: TestReport | undefined;
}

function FlowTests({ flow, report }: FlowProps) {
  const { model } = useShown();
  const deed = useDeed();
  const [newest, setNewest] = React.useState<TestReport | undefined>(undefined);
  const shown = newest ?? report;
  const { requests, root } = model.service;
  const rerun = async () => {
    model.announce(`The tests of ${flow} run`);
    const found = await requests.tests({ root, flow, run: "" });
    setNewest(found);
    model.announce(`${flow}: ${countsOf(found)}`);
    await model.service.refresh();
  };
  const fix = { kind: "fix" as const, flows: [flow], schemas: [] };
  return (
    <div data-tests={flow}>
      <p className="ddd-lab-meta">
        {flow}: {deed.busy ? "at work…" : shown === undefined ? "not run yet" : countsOf(shown)}
      </p>
      {shown !== undefined && <Report report={shown} />}
      <div className="ddd-lab-row">
        <DeedButton deed={deed} name={`Re-run tests of ${flow}`} work={rerun}>
          {shown === undefined ? "Run tests" : "Re-run tests"}
        </DeedButton>
        {shown !== undefined && !shown.passed && (
          <DeedButton
            deed={deed}
            look="main"
            name={`Fix failing tests of ${flow}`}
            work={() => model.build([fix])}
          >
            Fix failing
          </DeedButton>
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

function TestItem({ test }: { readonly test: TestLine }) {
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
