import * as React from "react";
import { words } from "../../page/words";
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

interface ButtonProps extends React.ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: keyof typeof LOOKS;
  /** A longer name, where the text alone does not say what it is about. */
  readonly name?: string;
}

/** A button of the panel. */
export function Button({ look = "plain", name, ...more }: ButtonProps) {
  return <button aria-label={name} className={LOOKS[look]} type="button" {...more} />;
}

interface ActionButtonProps extends ButtonProps {
  readonly action: Action;
  readonly work: () => Promise<void>;
  /** Why it cannot be done now; the button is greyed then. */
  readonly cannot?: string;
}

/** A button whose work takes time: it shows that it is at work, keeps the focus, and waits. */
export function ActionButton({ action, work, cannot = "", ...more }: ActionButtonProps) {
  return (
    <Button
      aria-busy={action.busy}
      aria-disabled={action.busy || cannot !== ""}
      onClick={() => cannot === "" && action.go(work)}
      title={cannot || undefined}
      {...more}
    />
  );
}

/** Why something has failed, beside it. */
export function Failure({ action }: { readonly action: Action }) {
  return action.failure === "" ? null : <Alert>{action.failure}</Alert>;
}

/** Something that went wrong. */
export function Alert({ children }: { readonly children: React.ReactNode }) {
  return (
    <div className="ddd-lab-alert" role="alert">
      {children}
    </div>
  );
}
