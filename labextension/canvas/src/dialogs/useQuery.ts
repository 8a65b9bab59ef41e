import { useEffect, useRef, useState } from "react";
import type { Args, Operation, Result } from "../connection";
import { messageOf, useSession } from "../state/session";

/** Milliseconds without a key after which what was typed is asked about. */
const PAUSE = 150;

export interface Answer<Op extends Operation> {
  /** The last answer, also while a newer one is on its way. */
  readonly result: Result<Op> | null;
  readonly error: string;
  readonly busy: boolean;
}

/** Asks Python while people type: after a pause, and answers that come too late are dropped.
 *
 * Without arguments (null) nothing is asked and nothing known.
 */
export function useAsking<Op extends Operation>(op: Op, args: Args<Op> | null): Answer<Op> {
  const session = useSession();
  const asked = useRef(0);
  const [answer, setAnswer] = useState<Answer<Op>>({ result: null, error: "", busy: false });
  const said = args === null ? "" : JSON.stringify(args);
  useEffect(() => {
    asked.current += 1;
    const now = asked.current;
    if (!said) {
      setAnswer({ result: null, error: "", busy: false });
      return;
    }
    setAnswer((before) => ({ ...before, busy: true }));
    const ask = async () => {
      let next: Answer<Op>;
      try {
        const result = await session.call(op, JSON.parse(said));
        next = { result, error: "", busy: false };
      } catch (refusal) {
        next = { result: null, error: messageOf(refusal), busy: false };
      }
      if (now === asked.current) {
        setAnswer(next);
      }
    };
    const timer = setTimeout(() => void ask(), PAUSE);
    return () => clearTimeout(timer);
  }, [session, op, said]);
  return answer;
}
