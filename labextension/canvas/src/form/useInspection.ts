import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { messageOf } from "../connection";
import type { Inspection } from "../protocol";
import { useSession, useView } from "../state/session";
import type { Editing } from "./editing";
import { applied, type Edit } from "./edits";
import { isRounded, settable } from "./schema";

export type Data = Record<string, unknown>;

/** The operations that change what is inspected. */
export type Ops = typeof CARD | typeof LINK;

export const CARD = {
  inspect: "inspect",
  set: "set",
  unset: "unset",
  move: "move_item",
  rename: "rename_key",
} as const;
export const LINK = {
  inspect: "inspect_link",
  set: "set_link",
  unset: "unset_link",
  move: "move_link_item",
  rename: "rename_link_key",
} as const;

/** Milliseconds between two questions. */
const PAUSE = 120;

/** What Python says about a card or line, again whenever the board changes. */
export function useInspection(ops: Ops, id: string) {
  const session = useSession();
  const rev = useView((state) => state.sheet?.head.rev);
  const [inspection, setInspection] = useState<Inspection | null>(null);
  const [error, setError] = useState("");
  const asked = useRef(0);
  const askedAt = useRef(Number.NEGATIVE_INFINITY);
  const newest = useRef<Promise<void>>(undefined);
  const refresh = useCallback((): Promise<void> => {
    asked.current += 1;
    askedAt.current = performance.now();
    const now = asked.current;
    const ask = async () => {
      try {
        const result = await session.call(ops.inspect, { id });
        if (now === asked.current) {
          setInspection(result);
          setError("");
        }
      } catch (reason) {
        if (now === asked.current) {
          setError(messageOf(reason));
        }
      }
      if (now !== asked.current) {
        // Asked again meanwhile: what is shown is up to date when that answer is there.
        await newest.current;
      }
    };
    newest.current = ask();
    return newest.current;
  }, [session, ops, id]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new revision may mean a new spec
  useEffect(() => {
    // Nudges make many revisions; a question now and then is enough, and none where an edit asks.
    const before = asked.current;
    const pause = Math.max(0, askedAt.current + PAUSE - performance.now());
    const timer = setTimeout(() => before === asked.current && void refresh(), pause);
    return () => clearTimeout(timer);
  }, [refresh, rev]);
  return { inspection, error, refresh };
}

/** Edits of what is shown. What was said counts at once, until Python says otherwise: an edit
 * that follows quickly builds on it.
 */
export function useEdits(
  ops: Ops,
  inspection: Inspection,
  offers: Editing["offers"],
  refresh: () => Promise<void>,
) {
  const session = useSession();
  const [pending, setPending] = useState<readonly Edit[]>([]);
  const data = useMemo(
    () => pending.reduce<unknown>((data, edit) => applied(data, edit), inspection.data) as Data,
    [inspection.data, pending],
  );
  const latest = useRef(data);
  latest.current = data;
  const { id, card_schema, readonly, kept } = inspection;
  const editing = useMemo<Editing>(() => {
    const edit = async (edit: Edit) => {
      if ("value" in edit && isRounded(edit.value)) {
        throw new Error("This number is too large for a form: write it in the YAML.");
      }
      const at = session.sheet()?.head.at;
      latest.current = applied(latest.current, edit) as Data;
      setPending((edits) => [...edits, edit]);
      const { op, ...args } = edit;
      try {
        let now = id;
        await session.selection.rename(id, async () => {
          const result = await session.call(ops[op], { id, ...args });
          now = result.id ?? id;
          return now;
        });
        if (now === id) {
          await refresh();
        }
      } catch (reason) {
        if (session.sheet()?.head.at !== at) {
          // The field that would say so is gone.
          session.note({ tone: "bad", text: messageOf(reason) });
        }
        throw reason;
      } finally {
        setPending((edits) => edits.filter((other) => other !== edit));
      }
    };
    return {
      root: card_schema,
      readonly: readonly !== "",
      kept,
      offers,
      set: (path, value) => edit({ op: "set", ...settable(latest.current, path, value) }),
      unset: (path) => edit({ op: "unset", path }),
      move: (path, to) => edit({ op: "move", path, to }),
      rename: (path, to, value) =>
        edit({ op: "rename", path, to, ...(value === undefined ? {} : { value }) }),
    };
  }, [session, ops, id, card_schema, readonly, kept, offers, refresh]);
  return { editing, data };
}
