import * as React from "react";
import { Diff } from "../parts/Diff";
import { DeedButton, Failure, useDeed } from "../parts/deed";
import { useShown } from "../parts/shown";

/** What moved in a flow or schema, line by line, and taking it for in sync, with a reason. */
export function DriftBox({ about }: { readonly about: string }) {
  const { model } = useShown();
  const deed = useDeed();
  const [diff, setDiff] = React.useState<string | null>(null);
  const [accepting, setAccepting] = React.useState(false);
  const { requests, root } = model.service;
  const look = async () => setDiff((await requests.drift({ root, flow: about })).diff);
  const looking = diff !== null;
  return (
    <>
      <div className="ddd-lab-row">
        <DeedButton
          deed={deed}
          name={`${looking ? "Hide" : "View"} diff of ${about}`}
          work={looking ? async () => setDiff(null) : look}
        >
          {looking ? "Hide diff" : "View diff"}
        </DeedButton>
        <button
          aria-expanded={accepting}
          aria-label={`Accept what moved in ${about}`}
          className="ddd-lab-button"
          onClick={() => setAccepting(!accepting)}
          type="button"
        >
          Accept…
        </button>
      </div>
      <Failure deed={deed} />
      {looking && <Diff empty="Its version of then is not kept, or only code moved." text={diff} />}
      {accepting && <AcceptForm about={about} onClose={() => setAccepting(false)} />}
    </>
  );
}

interface FormProps {
  readonly about: string;
  readonly onClose: () => void;
}

function AcceptForm({ about, onClose }: FormProps) {
  const { model } = useShown();
  const deed = useDeed();
  const [reason, setReason] = React.useState("");
  const { requests, root } = model.service;
  const accept = async () => {
    const state = await requests.accept({ root, flow: about, reason: reason.trim() });
    model.announce(`${about} counts as in sync`);
    onClose();
    model.service.take(state);
  };
  return (
    <form
      className="ddd-lab-form"
      onSubmit={(event) => {
        event.preventDefault();
        deed.go(accept);
      }}
    >
      <label>
        Why spec and code belong together as they are
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
          aria-busy={deed.busy}
          className="ddd-lab-button ddd-lab-main"
          disabled={reason.trim() === ""}
          type="submit"
        >
          Accept
        </button>
        <button className="ddd-lab-button" onClick={onClose} type="button">
          Cancel
        </button>
      </div>
      <Failure deed={deed} />
    </form>
  );
}
