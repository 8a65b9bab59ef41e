import { type KeyboardEvent, useLayoutEffect, useRef, useState } from "react";
import { useId } from "../ids";
import { Refusal } from "../panels/Refusal";
import { ToolButton } from "../panels/ToolButton";
import type { AssistantMode, ModelView, NameOffer } from "../protocol";
import { useSession } from "../state/session";
import { useAsking } from "../state/useAsking";
import { useAttempt } from "../state/useAttempt";
import { Sent, SentButton } from "./Sent";
import { modeOf, threadOf } from "./store";
import { useChat, useClient } from "./useChat";

const DECIDE = "/decide";
const COMMANDS: readonly NameOffer[] = [
  { text: `${DECIDE} `, title: DECIDE, kind: "Write down a decision" },
];

/** Where a question is written and sent, with what goes with it. */
export function Composer() {
  const client = useClient();
  const session = useSession();
  const draft = useChat((chat) => chat.draft);
  const asking = useChat((chat) => chat.asking);
  const missing = useChat((chat) => chat.state?.missing ?? "");
  const running = useChat((chat) =>
    chat.conversation?.turns.some(({ state }) => state === "running"),
  );
  const [showsSent, setShowsSent] = useState(false);
  const text = draft.trim();
  const send = () => {
    if (text.startsWith(DECIDE)) {
      client.store.set({
        deciding: text.slice(DECIDE.length).trim(),
        draft: "",
        page: "memory",
      });
    } else if (text && !missing) {
      setShowsSent(false);
      void client.ask(draft);
    } else if (text) {
      session.announce(missing);
    }
  };
  return (
    <div className="ddd-composer">
      {showsSent ? <Sent onClose={() => setShowsSent(false)} text={draft} /> : null}
      <Input onSend={send} />
      <ModelPicker />
      <div className="ddd-composer-row">
        <ModePicker />
        <SentButton isShown={showsSent} onPress={() => setShowsSent(!showsSent)} />
        <ToolButton
          busy={asking}
          disabled={!text || (Boolean(missing) && !text.startsWith(DECIDE))}
          label={running ? "Ask instead" : "Ask"}
          onPress={send}
          primary
          text
          title={missing || "Ask (Enter)"}
        />
      </div>
    </div>
  );
}

/** The text field, which completes what begins with @ or /. */
function Input({ onSend }: { onSend: () => void }) {
  const client = useClient();
  const draft = useChat((chat) => chat.draft);
  const place = useChat((chat) => chat.conversation?.place ?? "");
  const area = useRef<HTMLTextAreaElement>(null);
  const list = useId();
  const [caret, setCaret] = useState(0);
  const [chosen, setChosen] = useState(0);
  const [closed, setClosed] = useState("");
  const beginning = beginningAt(draft, caret);
  const { result } = useAsking(
    "names",
    beginning?.mark === "@" ? { text: beginning.text } : null,
    80,
  );
  const offered = offers(beginning, result?.names ?? [], closed);
  const moved = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (moved.current !== null) {
      area.current?.setSelectionRange(moved.current, moved.current);
      moved.current = null;
    }
  });
  const take = (mention: NameOffer | undefined) => {
    if (mention && beginning) {
      const before = draft.slice(0, beginning.start) + mention.text;
      client.store.set({ draft: before + draft.slice(caret) });
      moved.current = before.length;
      setCaret(before.length);
      setChosen(0);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) {
      return;
    }
    if (offered.length > 0 && keyOfList(event)) {
      return;
    }
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      onSend();
    }
  };
  /** Says whether a key was meant for the list. */
  const keyOfList = (event: KeyboardEvent): boolean => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      setChosen((chosen + step + offered.length) % offered.length);
    } else if (event.key === "Enter" || event.key === "Tab") {
      take(offered[chosen]);
    } else if (event.key === "Escape") {
      setClosed(beginning?.text ?? "");
      event.stopPropagation();
    } else {
      return false;
    }
    event.preventDefault();
    return true;
  };
  const isOpen = offered.length > 0;
  return (
    <div className="ddd-asking">
      {isOpen ? (
        <div aria-label="Names" className="ddd-mentions" id={list} role="listbox">
          {offered.map((mention, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
            // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus
            <div
              aria-selected={index === chosen}
              className="ddd-mention"
              id={`${list}${index}`}
              key={`${mention.kind} ${mention.text}`}
              onClick={() => {
                take(mention);
                area.current?.focus();
              }}
              role="option"
            >
              <span className="ddd-ellipsis">{mention.title}</span>
              <span className="ddd-quiet ddd-ellipsis">{mention.kind}</span>
            </div>
          ))}
        </div>
      ) : null}
      <textarea
        aria-activedescendant={isOpen ? `${list}${chosen}` : undefined}
        aria-autocomplete="list"
        aria-controls={isOpen ? list : undefined}
        aria-label="Question"
        className="ddd-input ddd-question"
        onChange={(event) => {
          client.store.set({ draft: event.target.value });
          setCaret(event.target.selectionStart);
          setChosen(0);
          setClosed("");
        }}
        onKeyDown={onKeyDown}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        placeholder={`Ask about ${place || "this design"}… @ names something, / is a command`}
        ref={area}
        rows={2}
        value={draft}
      />
    </div>
  );
}

interface Beginning {
  readonly mark: string;
  readonly text: string;
  readonly start: number;
}

/** What is being completed at the caret: a word after @, or a command at the very beginning. */
function beginningAt(text: string, caret: number): Beginning | null {
  const before = text.slice(0, caret);
  const word = /(?:^|\s)(@)([^\s@]{0,80})$/.exec(before) ?? /^(\/)(\w*)$/.exec(before);
  const [, mark, typed] = word ?? [];
  return mark && typed !== undefined
    ? { mark, text: typed, start: before.length - typed.length - 1 }
    : null;
}

function offers(
  beginning: Beginning | null,
  mentions: readonly NameOffer[],
  closed: string,
): readonly NameOffer[] {
  if (!beginning || (closed && closed === beginning.text)) {
    return [];
  }
  return beginning.mark === "@"
    ? mentions
    : COMMANDS.filter(({ title }) => title.startsWith(`/${beginning.text}`));
}

const MODES: readonly { mode: AssistantMode; label: string; title: string }[] = [
  { mode: "explore", label: "Explore", title: "Only answers and shows; nothing can be applied" },
  { mode: "ask", label: "Ask first", title: "Changes are applied when you say so" },
  { mode: "auto", label: "Auto", title: "Changes are applied at once, as one step to undo" },
];

/** How far the assistant may go. */
function ModePicker() {
  const client = useClient();
  const session = useSession();
  const mode = useChat((chat) => modeOf(chat, threadOf(chat)));
  const { error, run } = useAttempt();
  const choose = (next: AssistantMode) =>
    void run(async () => {
      const chosen = { mode: next, thread: threadOf(client.store.get()) };
      client.store.set({ state: await session.call("assist_mode", chosen) });
    });
  return (
    <>
      <select
        aria-label="How far the assistant may go"
        className="ddd-input ddd-mode"
        onChange={(event) => choose(event.target.value as AssistantMode)}
        title={MODES.find((one) => one.mode === mode)?.title}
        value={mode}
      >
        {MODES.map(({ mode: value, label, title }) => (
          <option key={value} title={title} value={value}>
            {label}
          </option>
        ))}
      </select>
      <Refusal error={error} />
    </>
  );
}

const DOTS = { ready: "●", unavailable: "○", unknown: "◌" } as const;
const HEALTH = { ready: "ready", unavailable: "not available", unknown: "not known" } as const;

/** Which model answers, grouped by whose it is, with price and state. */
function ModelPicker() {
  const client = useClient();
  const models = useChat((chat) => chat.state?.models) ?? NO_MODELS;
  const active = useChat((chat) => chat.state?.active ?? "");
  const chosen = useChat((chat) => chat.model) || active;
  const model = models.find(({ id }) => id === chosen);
  const groups = [...new Set(models.map(({ group }) => group))];
  const why = model?.why ? `: ${model.why}` : "";
  return (
    <select
      aria-label="Model"
      className="ddd-input ddd-model"
      disabled={models.length === 0}
      onChange={(event) => client.store.set({ model: event.target.value })}
      title={model ? `${model.label}, ${model.price}, ${HEALTH[model.health]}${why}` : "Model"}
      value={model?.id ?? ""}
    >
      {model ? null : <option value="">No model</option>}
      {groups.map((group) => (
        <optgroup key={group} label={group}>
          {models
            .filter((one) => one.group === group)
            .map(({ id, label, price, health }) => (
              <option key={id} value={id}>
                {DOTS[health]} {label} · {health === "unavailable" ? HEALTH[health] : price}
              </option>
            ))}
        </optgroup>
      ))}
    </select>
  );
}

const NO_MODELS: readonly ModelView[] = [];
