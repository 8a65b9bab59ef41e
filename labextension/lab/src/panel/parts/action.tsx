import * as React from "react";
import { words } from "../../service/requests";
import { ShownContext } from "./shown";

/** Something that takes time: whether it is going on, and why it has failed. */
export interface Action {
  readonly busy: boolean;
  readonly failure: string;
  /** Do it, unless it is going on already. */
  go(work: () => Promise<void>): void;
}

/** Work of a part of the panel; one at a time. Where the part is gone, its project says what failed. */
export function useAction(): Action {
  const shown = React.useContext(ShownContext);
  const [busy, setBusy] = React.useState(false);
  const [failure, setFailure] = React.useState("");
  const there = React.useRef(true);
  React.useEffect(() => {
    there.current = true;
    return () => {
      there.current = false;
    };
  }, []);
  const go = (work: () => Promise<void>) => {
    if (busy) {
      return;
    }
    setBusy(true);
    setFailure("");
    const fail = (failure: string) =>
      there.current ? setFailure(failure) : shown?.model.fail(failure, shown.state.root);
    work()
      .catch((error: unknown) => fail(words(error)))
      .finally(() => there.current && setBusy(false));
  };
  return { busy, failure, go };
}

/** Main is what one comes for; a link stands in a line of text. */
const LOOKS = {
  plain: "ddd-lab-button",
  main: "ddd-lab-button ddd-lab-main",
  link: "ddd-lab-link",
};

interface ButtonProps {
  readonly children: React.ReactNode;
  readonly deed: Action;
  readonly work: () => Promise<void>;
  readonly look?: keyof typeof LOOKS;
  readonly disabled?: boolean;
  /** A longer name, where the text alone does not say what it is about. */
  readonly name?: string;
}

/** A button whose work takes time: it shows that it is at work, keeps the focus, and waits. */
export function ActionButton({
  children,
  deed,
  work,
  look = "plain",
  disabled,
  name,
}: ButtonProps) {
  return (
    <button
      aria-busy={deed.busy}
      aria-disabled={deed.busy}
      aria-label={name}
      className={LOOKS[look]}
      disabled={disabled}
      onClick={() => deed.go(work)}
      type="button"
    >
      {children}
    </button>
  );
}

/** Why something has failed, beside it. */
export function Failure({ deed }: { readonly deed: Action }) {
  return deed.failure === "" ? null : <Alert>{deed.failure}</Alert>;
}

/** Something that went wrong. */
export function Alert({ children }: { readonly children: React.ReactNode }) {
  return (
    <div className="ddd-lab-alert" role="alert">
      {children}
    </div>
  );
}
