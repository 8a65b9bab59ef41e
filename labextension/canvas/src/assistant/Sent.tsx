import { useState } from "react";
import type { Args } from "../connection";
import { useLandmark } from "../ids";
import { Refusal } from "../panels/Refusal";
import { ToolButton } from "../panels/ToolButton";
import type { SentBlock, SentView } from "../protocol";
import { useView } from "../state/session";
import { useAsking } from "../state/useAsking";
import { useChat, useClient } from "./useChat";
import { count } from "./words";

const COUNTED = { exact: "counted", calibrated: "calibrated", estimate: "estimated" } as const;

/** Exactly what would be sent for a question, part by part, before it is. */
export function Sent({ text, onClose }: { text: string; onClose: () => void }) {
  const client = useClient();
  useView((state) => state.selected);
  const rev = useView((state) => state.sheet?.head.rev);
  useChat((chat) => chat.pinned);
  useChat((chat) => chat.dropped);
  useChat((chat) => chat.model);
  return <Parts answer={useAsking("sent", client.asking(text), 250, rev)} onClose={onClose} />;
}

/** A button that shows exactly what would be sent for an action, or at the gate of a design. */
export function WhatIsSent<Op extends "action_sent" | "design_sent">({
  op,
  args,
}: {
  op: Op;
  args: Args<Op>;
}) {
  const [isShown, setShown] = useState(false);
  return (
    <>
      <SentButton isShown={isShown} onPress={() => setShown(!isShown)} />
      {isShown ? <Asked args={args} onClose={() => setShown(false)} op={op} /> : null}
    </>
  );
}

function Asked<Op extends "action_sent" | "design_sent">({
  op,
  args,
  onClose,
}: {
  op: Op;
  args: Args<Op>;
  onClose: () => void;
}) {
  return <Parts answer={useAsking(op, args, 250)} fixed onClose={onClose} />;
}

/** Shows and hides what is sent. */
export function SentButton({ isShown, onPress }: { isShown: boolean; onPress: () => void }) {
  return (
    <button
      aria-expanded={isShown}
      className="ddd-button ddd-quiet-button"
      onClick={onPress}
      title="Show exactly what is sent to the model"
      type="button"
    >
      What is sent
    </button>
  );
}

function Parts({
  answer: { result, error, busy },
  fixed = false,
  onClose,
}: {
  answer: { result: SentView | null; error: string; busy: boolean };
  fixed?: boolean;
  onClose: () => void;
}) {
  const name = useLandmark("What is sent");
  return (
    <section aria-busy={busy} aria-label={name} className="ddd-sent">
      <div className="ddd-drawer-head">
        <h3 className="ddd-caption">What is sent</h3>
        <ToolButton icon="close" label="Close what is sent" onPress={onClose} />
      </div>
      <Refusal error={error} />
      {result ? (
        <>
          <p aria-live="polite" className="ddd-facts">
            {count(result.tokens)} of at most {count(result.cap)} tokens, {COUNTED[result.how]}
            {result.model ? ` · to ${result.model}` : ""}
            {result.price ? ` · ${result.price}` : ""}
          </p>
          <ul className="ddd-sent-blocks">
            {result.blocks.map((block) => (
              <Part block={fixed ? { ...block, fixed } : block} key={block.id} sent />
            ))}
          </ul>
          {result.left_out.length > 0 ? (
            <>
              <h4 className="ddd-caption">Left out</h4>
              <ul className="ddd-sent-blocks">
                {result.left_out.map((block) => (
                  <Part block={fixed ? { ...block, fixed } : block} key={block.id} sent={false} />
                ))}
              </ul>
            </>
          ) : null}
        </>
      ) : error ? null : (
        <p className="ddd-quiet">Putting it together…</p>
      )}
    </section>
  );
}

function Part({ block, sent }: { block: SentBlock; sent: boolean }) {
  const client = useClient();
  const { id, title, text, tokens, how, cut, reason, pinned, fixed } = block;
  const amount = `${how === "exact" ? "" : "≈ "}${count(tokens)}`;
  const without = (ids: readonly string[]) => ids.filter((one) => one !== id);
  const put = (which: "pinned" | "dropped" | "neither") =>
    client.store.set((chat) => ({
      pinned: [...without(chat.pinned), ...(which === "pinned" ? [id] : [])],
      dropped: [...without(chat.dropped), ...(which === "dropped" ? [id] : [])],
    }));
  const label = (
    <>
      <span className="ddd-sent-title">{title}</span>
      <span className="ddd-quiet">
        {[amount, cut].filter(Boolean).join(" · ")}
        <span className="ddd-sr"> tokens, {COUNTED[how]}</span>
      </span>
    </>
  );
  return (
    <li>
      {sent ? (
        <details>
          <summary>{label}</summary>
          {reason ? <p className="ddd-facts">{reason}</p> : null}
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
          <pre tabIndex={0}>{text}</pre>
        </details>
      ) : (
        <div className="ddd-sent-out">
          {label}
          <p className="ddd-facts">{reason}</p>
        </div>
      )}
      {fixed ? null : (
        <span className="ddd-sent-tools">
          <Choice
            label="Pin"
            on={pinned}
            onPress={() => put(pinned ? "neither" : "pinned")}
            title={`Pin ${title}: send it in any case`}
          />
          {sent ? (
            <Choice
              label="Drop"
              on={false}
              onPress={() => put("dropped")}
              title={`Drop ${title}: do not send it`}
            />
          ) : null}
        </span>
      )}
    </li>
  );
}

function Choice({
  label,
  title,
  on,
  onPress,
}: {
  label: string;
  title: string;
  on: boolean;
  onPress: () => void;
}) {
  return (
    <button
      aria-label={title}
      aria-pressed={on}
      className="ddd-chip"
      onClick={onPress}
      title={title}
      type="button"
    >
      {label}
    </button>
  );
}
