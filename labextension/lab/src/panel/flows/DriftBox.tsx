import * as React from "react";
import type { Drift } from "../../protocol";
import { ActionButton, Button, Failure, useAction } from "../parts/action";
import { Diff } from "../parts/Diff";
import { useShown } from "../parts/shown";

/** What moved in a flow or schema, line by line, and taking it for in sync, with a reason. */
export function DriftBox({ about }: { readonly about: string }) {
  const { model } = useShown();
  const action = useAction();
  const [drift, setDrift] = React.useState<Drift | null>(null);
  const [looking, setLooking] = React.useState(false);
  const [accepting, setAccepting] = React.useState(false);
  const box = React.useRef<HTMLDivElement>(null);
  const { requests, root } = model.service;
  const load = async () => setDrift(await requests.ask("drift", { root, flow: about }));
  const look = async () => {
    await load();
    setLooking(true);
  };
  const asked = model.sheet.drift?.flow === about ? model.sheet.drift : null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once each time that it is asked for
  React.useEffect(() => {
    if (asked !== null) {
      box.current?.scrollIntoView({ block: "center" });
      box.current?.querySelector("button")?.focus();
      action.go(look);
    }
  }, [asked]);
  return (
    <>
      <div className="ddd-lab-row" ref={box}>
        <ActionButton
          action={action}
          name={`${looking ? "Hide" : "View"} diff of ${about}`}
          work={looking ? async () => setLooking(false) : look}
        >
          {looking ? "Hide diff" : "View diff"}
        </ActionButton>
        <Button
          aria-busy={action.busy}
          aria-expanded={accepting}
          name={`Accept the changes of ${about}`}
          onClick={() =>
            action.go(async () => {
              // What is accepted is what was there when it was asked for, not what moves later.
              await load();
              setAccepting(!accepting);
            })
          }
        >
          Accept…
        </Button>
      </div>
      <Failure action={action} />
      {looking && drift !== null && (
        <Diff
          empty="The earlier version is not available, or only code has changed."
          text={drift.diff}
        />
      )}
      {accepting && drift !== null && (
        <AcceptForm about={about} onClose={() => setAccepting(false)} seen={drift.seen} />
      )}
    </>
  );
}

interface FormProps {
  readonly about: string;
  /** Proves which changes the person has looked at. */
  readonly seen: string;
  readonly onClose: () => void;
}

function AcceptForm({ about, seen, onClose }: FormProps) {
  const { model } = useShown();
  const action = useAction();
  const [reason, setReason] = React.useState("");
  const { requests, root } = model.service;
  const accept = async () => {
    const state = await requests.act("accept", { root, flow: about, reason: reason.trim(), seen });
    model.announce(`${about} counts as in sync`);
    onClose();
    model.service.take(state);
  };
  return (
    <form
      className="ddd-lab-form"
      onSubmit={(event) => {
        event.preventDefault();
        action.go(accept);
      }}
    >
      <label>
        Reason why the spec and the code match as they are
        <input
          // biome-ignore lint/a11y/noAutofocus: the person has just asked for this field
          autoFocus
          onChange={(event) => setReason(event.target.value)}
          required
          value={reason}
        />
      </label>
      <p className="ddd-lab-hint">It is written to .ddd/mapping.yaml, with your reason.</p>
      <div className="ddd-lab-row">
        <button
          aria-busy={action.busy}
          className="ddd-lab-button ddd-lab-main"
          disabled={reason.trim() === ""}
          type="submit"
        >
          Accept
        </button>
        <Button onClick={onClose}>Cancel</Button>
      </div>
      <Failure action={action} />
    </form>
  );
}
