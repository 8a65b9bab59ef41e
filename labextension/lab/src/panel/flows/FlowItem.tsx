import { useState } from "react";
import type { FlowLine, TestCounts } from "../../protocol";
import { ActionButton, Button, Failure, useAction } from "../parts/action";
import { useShown } from "../parts/shown";
import { DriftBox } from "./DriftBox";
import { isDue, stateText } from "./groups";

/** How many lines of what moved are said at once. */
const SHOWN = 3;

/** One flow: tick it, open its prompt, see what moved, accept it, run its tests. */
export function FlowItem({ flow }: { readonly flow: FlowLine }) {
  const { model } = useShown();
  const action = useAction();
  const wanted = { kind: "implement" as const, flows: [flow.key], schemas: [] };
  return (
    <li className="ddd-lab-flow" data-flow={flow.key} data-state={flow.state}>
      <div className="ddd-lab-flow-head">
        <Tick flow={flow} />
        <ActionButton
          action={action}
          look="link"
          name={`${flow.key}: build the prompt`}
          work={() => model.build([wanted])}
        >
          {flow.key}
        </ActionButton>
        <Counts tests={flow.tests} />
      </div>
      <Meta flow={flow} />
      <Words lines={flow.words} />
      <Failure action={action} />
      {flow.stale && <DriftBox about={flow.key} />}
    </li>
  );
}

/** How it stands, where its group does not say it all. */
function Meta({ flow }: { readonly flow: FlowLine }) {
  const { model, state } = useShown();
  const parts = [
    flow.state === "pending" ? "" : stateText(flow),
    flow.agent ? "agent" : "",
    state.testing.includes(flow.key) ? "its tests are running" : "",
  ];
  const text = parts.filter((part) => part !== "").join(" · ");
  if (text === "" && flow.run === "") {
    return null;
  }
  return (
    <p className="ddd-lab-meta">
      {text}{" "}
      {flow.run !== "" && (
        <Button
          name={`A run of ${flow.key} is in progress`}
          look="link"
          onClick={() => model.showRun(flow.run)}
        >
          A run is in progress
        </Button>
      )}
    </p>
  );
}

function Tick({ flow }: { readonly flow: FlowLine }) {
  const { model } = useShown();
  const { ticked } = model.sheet;
  const toggle = () => {
    const others = [...ticked].filter((key) => key !== flow.key);
    model.tick(ticked.has(flow.key) ? others : [...others, flow.key]);
  };
  return (
    <label className="ddd-lab-tick">
      <input
        aria-label={`Select ${flow.key}`}
        checked={isDue(flow) && ticked.has(flow.key)}
        disabled={!isDue(flow)}
        onChange={toggle}
        type="checkbox"
      />
    </label>
  );
}

/** What the tests said when they ran last; told apart by sign and words, not only by colour. */
export function Counts({ tests }: { readonly tests: TestCounts | null }) {
  if (tests === null) {
    return null;
  }
  if (tests.problem && tests.failed === 0) {
    return (
      <span className="ddd-lab-tests" data-tone="bad" title={tests.problem.split("\n", 1)[0]}>
        ✗ no result
      </span>
    );
  }
  const all = tests.passed + tests.failed;
  return tests.failed > 0 ? (
    <span className="ddd-lab-tests" data-tone="bad" title={`${tests.failed} tests failed`}>
      ✗ {tests.failed} of {all}
    </span>
  ) : (
    <span className="ddd-lab-tests" data-tone="good" title={`${tests.passed} tests passed`}>
      ✓ {tests.passed}
    </span>
  );
}

/** What moved, the first lines of it until somebody asks for the rest. */
export function Words({ lines }: { readonly lines: readonly string[] }) {
  const [whole, setWhole] = useState(false);
  const shown = whole ? lines : lines.slice(0, SHOWN);
  if (lines.length === 0) {
    return null;
  }
  return (
    <ul className="ddd-lab-words">
      {shown.map((line) => (
        <li key={line}>{line}</li>
      ))}
      {shown.length < lines.length && (
        <li>
          <Button look="link" onClick={() => setWhole(true)}>
            and {lines.length - shown.length} more
          </Button>
        </li>
      )}
    </ul>
  );
}
