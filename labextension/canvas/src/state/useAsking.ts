import { useEffect, useRef, useState } from "react";
import type { Args, Operation, Result } from "../connection";
import { messageOf } from "../connection";
import { useSession } from "./session";

export interface Answer<Op extends Operation> {
  /** The last answer, also while a newer one is on its way. */
  readonly result: Result<Op> | null;
  readonly error: string;
  readonly busy: boolean;
}

/** Asks Python while people type: after a pause, and answers that come too late are dropped.
 *
 * @param args Null where there is nothing to ask; nothing is known then.
 * @param pause Milliseconds without a change.
 * @param again Asks once more when it changes.
 */
export function useAsking<Op extends Operation>(
  op: Op,
  args: Args<Op> | null,
  pause = 150,
  again: unknown = null,
): Answer<Op> {
  const session = useSession();
  const asked = useRef(0);
  const [answer, setAnswer] = useState<Answer<Op>>({ result: null, error: "", busy: false });
  const question = args === null ? "" : JSON.stringify(args);
  // biome-ignore lint/correctness/useExhaustiveDependencies: who asks says when to ask again
  useEffect(() => {
    asked.current += 1;
    const now = asked.current;
    if (!question) {
      setAnswer({ result: null, error: "", busy: false });
      return;
    }
    setAnswer((before) => ({ ...before, busy: true }));
    const ask = async () => {
      let next: Answer<Op>;
      try {
        const result = await session.call(op, JSON.parse(question));
        next = { result, error: "", busy: false };
      } catch (refusal) {
        next = { result: null, error: messageOf(refusal), busy: false };
      }
      if (now === asked.current) {
        setAnswer(next);
      }
    };
    const timer = setTimeout(() => void ask(), pause);
    return () => clearTimeout(timer);
  }, [session, op, question, pause, again]);
  return answer;
}
