import {
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import type { Size } from "../canvas/geometry";
import { useId } from "../ids";
import { showAssistant } from "../panels/layout";
import { Refusal } from "../panels/Refusal";
import { ToolButton } from "../panels/ToolButton";
import type { ActionFacts } from "../protocol";
import { MODEL_SIGN } from "../state/assisting";
import { applyProposal, discardProposal } from "../state/proposing";
import { useSession, useView } from "../state/session";
import type { InlineAction } from "../state/types";
import { useAsking } from "../state/useAsking";
import { useAttempt } from "../state/useAttempt";
import style from "./assistant.css";
import { Markdown } from "./Markdown";
import { useMode } from "./ProposalBar";
import { WhatIsSent } from "./Sent";
import { TurnView } from "./TurnView";
import { useChat, useClient } from "./useChat";

/** What a model does for one node, line or board: what is known without it, its answer, and what
 * can be done with that.
 */
export function Inline({ inline }: { inline: InlineAction }) {
  const numbers = useRef({ last: inline, number: 0 });
  if (numbers.current.last !== inline) {
    numbers.current = { last: inline, number: numbers.current.number + 1 };
  }
  return <Opened inline={inline} key={numbers.current.number} />;
}

function Opened({ inline }: { inline: InlineAction }) {
  const session = useSession();
  const client = useClient();
  const box = useRef<HTMLDivElement>(null);
  const title = useId();
  const { action, target } = inline;
  const chosen = { ...target, action: action.id };
  const { result: facts, error: unknown } = useAsking("action_facts", chosen, 0);
  const { busy, error, run } = useAttempt();
  const turn = useChat((chat) => chat.inline?.turn);
  const isKnown = useChat((chat) => chat.state !== null);
  const [text, setText] = useState("");
  const close = () => session.store.set({ inline: null });
  const isGone = () => session.store.get().inline !== inline;
  const ask = () =>
    void run(async () => {
      await client.act({ ...chosen, text });
      if (isGone()) {
        client.leave();
      }
    });
  useBeside(box, inline, session.root);
  useFocusBack(box, session.root);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it asks when it goes
  useEffect(
    () => () => {
      // A notebook drops views as people scroll; the answer goes on then.
      if (isGone()) {
        client.leave();
      }
    },
    [client],
  );
  useEffect(() => {
    if (!isKnown) {
      void client.look();
    }
  }, [client, isKnown]);
  const isReady = facts !== null && !facts.missing && !action.question;
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is asked once, as soon as it can be
  useEffect(() => {
    if (isReady) {
      ask();
    }
  }, [isReady]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (!(event.ctrlKey || event.metaKey)) {
      // Keys for cards would surprise here.
      event.stopPropagation();
    }
  };
  return (
    <div
      aria-labelledby={title}
      className="ddd-inline"
      onKeyDown={onKeyDown}
      ref={box}
      role="dialog"
      tabIndex={-1}
    >
      <style>{style}</style>
      <header className="ddd-inline-head">
        <h2 className="ddd-inline-title" id={title}>
          <span aria-hidden="true">{MODEL_SIGN} </span>
          {action.title.replace("…", "")}
          {facts ? <span className="ddd-quiet"> {facts.subject}</span> : null}
        </h2>
        <ToolButton
          icon="close"
          label="Close"
          onPress={close}
          title={turn?.state === "running" ? "Stop and close (Esc)" : "Close (Esc)"}
        />
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <div className="ddd-inline-body" tabIndex={0}>
        <Known facts={facts} />
        {action.question && !turn ? (
          <Question
            busy={busy}
            disabled={!facts || Boolean(facts.missing)}
            label={action.question}
            onAsk={ask}
            onText={setText}
            text={text}
          />
        ) : null}
        {turn ? <TurnView retry={ask} turn={turn} /> : null}
        {!turn && (busy || (!facts && !unknown)) ? (
          <p className="ddd-progress" role="status">
            <span aria-hidden="true" className="ddd-busy-dots" /> Asking…
          </p>
        ) : null}
        <Refusal error={error || unknown} />
        <WhatIsSent args={{ ...chosen, text }} op="action_sent" />
      </div>
      <Ways close={close} />
    </div>
  );
}

/** What is known without a model, which one is asked and for what, or what to set up. */
function Known({ facts }: { facts: ActionFacts | null }) {
  const progress = useChat((chat) => chat.inline?.turn.state);
  // By now the servers may have been looked at.
  const later = useChat((chat) => chat.state?.missing);
  if (!facts) {
    return null;
  }
  const { offer } = facts;
  const isOpen = progress === undefined || progress === "failed";
  const missing = isOpen ? facts.missing || later : "";
  const asked = [offer.model, offer.why, offer.price].filter(Boolean).join(" · ");
  return (
    <>
      {facts.facts ? (
        <details className="ddd-inline-facts" open>
          <summary>Known without a model</summary>
          <Markdown text={facts.facts} />
        </details>
      ) : null}
      {missing ? (
        <div className="ddd-missing" role="note">
          {missing}
        </div>
      ) : null}
      {missing || progress || !asked ? null : <p className="ddd-facts">{asked}</p>}
    </>
  );
}

function Question({
  label,
  text,
  busy,
  disabled,
  onText,
  onAsk,
}: {
  label: string;
  text: string;
  busy: boolean;
  disabled: boolean;
  onText: (text: string) => void;
  onAsk: () => void;
}) {
  const field = useId();
  const isReady = Boolean(text.trim()) && !disabled && !busy;
  return (
    <div className="ddd-inline-question">
      <label htmlFor={field}>{label}</label>
      <textarea
        className="ddd-input"
        id={field}
        onChange={(event) => onText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) {
            event.preventDefault();
            if (isReady) {
              onAsk();
            }
          }
        }}
        rows={3}
        value={text}
      />
      <div className="ddd-action-row">
        <ToolButton
          busy={busy}
          disabled={!isReady}
          label="Ask"
          onPress={onAsk}
          primary
          text
          title="Ask (Enter; Shift+Enter begins a new line)"
        />
      </div>
    </div>
  );
}

/** What can be done with the answer. */
function Ways({ close }: { close: () => void }) {
  const session = useSession();
  const client = useClient();
  const inline = useChat((chat) => chat.inline);
  const onBoard = useView((state) => state.sheet?.head.proposal?.complete ?? false);
  const mode = useMode();
  if (!inline) {
    return null;
  }
  const { turn, thread } = inline;
  const proposes = turn.proposal === "pending" && onBoard;
  return (
    <div className="ddd-action-row ddd-inline-ways">
      {proposes ? (
        <>
          <ToolButton
            disabled={mode === "explore"}
            label="Apply"
            onPress={() => {
              close();
              applyProposal(session);
            }}
            primary
            text
            title={
              mode === "explore"
                ? "Explore only shows. Choose “Ask” beside the question to apply changes"
                : "Apply what is shown on the board, as one step to undo"
            }
          />
          <ToolButton
            label="Discard"
            onPress={() => {
              close();
              discardProposal(session);
            }}
            text
            title="Take it off the board; nothing changes"
          />
        </>
      ) : null}
      <ToolButton
        label="Open in chat"
        onPress={() => {
          client.store.set({ inline: null, page: "chat" });
          close();
          showAssistant(session);
          // The panel shows the latest conversation of its place first.
          setTimeout(() => void client.open(thread));
        }}
        text
        title="Go on with this in its conversation"
      />
    </div>
  );
}

/** Space that is left around it, in pixels, for the toolbar, and for the bar of a proposal. */
const MARGIN = 8;
const TOOLBAR = 36;
const BAR = 48;
const TALLEST = 420;

/** Puts it beside its card, or where it was asked for, wholly inside the widget. */
function useBeside(
  box: RefObject<HTMLDivElement | null>,
  { card, at }: InlineAction,
  root: HTMLElement | null,
): void {
  const room = useView((state) => state.width);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the room has changed
  useLayoutEffect(() => {
    const element = box.current;
    if (!element || !root) {
      return;
    }
    const size = { width: root.clientWidth, height: root.clientHeight - BAR };
    const width = element.offsetWidth;
    const shown = card
      ? root.querySelector(`.react-flow__node[data-card-id="${CSS.escape(card)}"]`)
      : null;
    const { x, y } = at ?? { x: (size.width - width) / 2, y: size.height / 4 };
    const corner = root.getBoundingClientRect();
    const rect = shown?.getBoundingClientRect();
    const target = rect
      ? new DOMRect(rect.x - corner.x, rect.y - corner.y, rect.width, rect.height)
      : new DOMRect(x, y);
    Object.assign(element.style, placed(target, size, width));
  }, [box, card, at, root, room]);
}

/** Beside its target where there is room, else below or above it. */
function placed({ left, right, top, bottom }: DOMRect, room: Size, width: number) {
  const inside = (value: number, most: number, least = 0) =>
    Math.max(least + MARGIN, Math.min(value, most - MARGIN));
  const tallest = Math.min(TALLEST, room.height - TOOLBAR - 2 * MARGIN);
  const fitsRight = right + 2 * MARGIN + width <= room.width;
  if (fitsRight || left - 2 * MARGIN >= width) {
    const x = fitsRight ? right + MARGIN : left - MARGIN - width;
    return {
      left: `${inside(x, room.width - width)}px`,
      top: `${inside(top, room.height - tallest, TOOLBAR)}px`,
      bottom: "auto",
      maxHeight: `${tallest}px`,
    };
  }
  const below = room.height - bottom;
  const above = top - TOOLBAR;
  const isBelow = below >= above;
  return {
    left: `${inside(left, room.width - width)}px`,
    top: isBelow ? `${bottom + MARGIN}px` : "auto",
    bottom: isBelow ? "auto" : `${room.height + BAR - top + MARGIN}px`,
    maxHeight: `${Math.min(tallest, Math.max(below, above) - 2 * MARGIN)}px`,
  };
}

/** Takes the focus, and gives it back where it came from, unless it is elsewhere by then. */
function useFocusBack(box: RefObject<HTMLDivElement | null>, root: HTMLElement | null): void {
  useLayoutEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    const element = box.current;
    (element?.querySelector("textarea") ?? element)?.focus({ preventScroll: true });
    return () => {
      if (element?.contains(document.activeElement)) {
        (before?.isConnected && before !== document.body ? before : root)?.focus({
          preventScroll: true,
        });
      }
    };
  }, [box, root]);
}
