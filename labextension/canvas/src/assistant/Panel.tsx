import { useEffect, useLayoutEffect, useRef } from "react";
import { useLandmark } from "../ids";
import { ToolButton } from "../panels/ToolButton";
import { useSession, useView } from "../state/session";
import style from "./assistant.css";
import { Budget } from "./Budget";
import { Composer } from "./Composer";
import { Design } from "./Design";
import { Memory } from "./Memory";
import type { Page } from "./store";
import { Threads } from "./Threads";
import { Turns } from "./TurnView";
import { useChat, useClient } from "./useChat";

/** The assistant beside the board: what is asked, what it says, and what it remembers. */
export function Panel() {
  const client = useClient();
  const at = useView((state) => state.sheet?.head.at);
  const page = useChat((chat) => chat.page);
  const name = useLandmark("Assistant");
  const session = useSession();
  const panel = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const { awaits } = session;
    if (awaits === "design") {
      return;
    }
    if (awaits === "question" && (page === "memory" || page === "threads")) {
      client.store.set({ page: "chat" });
      return; // It is there at the next turn.
    }
    session.awaits = "";
    if (awaits === "memory") {
      client.store.set({ page: "memory" });
      panel.current?.focus();
    } else if (awaits) {
      panel.current?.querySelector<HTMLElement>(".ddd-question")?.focus();
    }
  }, [session, client, page]);
  useEffect(() => {
    const open = () => {
      session.awaits = "";
      client.store.set({ page: "design" });
    };
    if (session.awaits === "design") {
      open();
    }
    const { root } = session;
    root?.addEventListener("ddd-lab:design", open);
    return () => root?.removeEventListener("ddd-lab:design", open);
  }, [client, session]);
  useEffect(() => void client.look(), [client]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another place has another conversation
  useEffect(() => client.arrive(), [client, at]);
  return (
    <section aria-label={name} className="ddd-assistant" ref={panel} tabIndex={-1}>
      <style>{style}</style>
      <Head />
      <Shown page={page} />
    </section>
  );
}

function Shown({ page }: { page: Page }) {
  switch (page) {
    case "threads":
      return <Threads />;
    case "memory":
      return <Memory />;
    case "design":
      return <Design />;
    default:
      return <Talk />;
  }
}

/** What it is about, and the way to other conversations. */
function Head() {
  const client = useClient();
  const session = useSession();
  const page = useChat((chat) => chat.page);
  const place = useChat((chat) => chat.conversation?.place ?? "");
  const title = useChat((chat) => chat.conversation?.thread?.title ?? "");
  const selected = useView((state) => state.selected.size);
  const toggled = (other: Page) => () =>
    client.store.set({ page: page === other ? "chat" : other });
  return (
    <header className="ddd-assistant-head">
      <div className="ddd-about-line">
        <span className="ddd-about-place" title={place}>
          About {place || "this design"}
          {selected > 0 ? `, ${selected} selected` : ""}
        </span>
        {title ? (
          <span className="ddd-facts ddd-ellipsis" title={title}>
            {title}
          </span>
        ) : null}
      </div>
      <ToolButton
        icon="plus"
        label="New conversation"
        onPress={() => {
          client.store.set({ page: "chat" });
          void client.open("", true);
          session.announce("A new conversation.");
        }}
      />
      <ToolButton
        icon="list"
        label="Conversations"
        onPress={toggled("threads")}
        pressed={page === "threads"}
      />
      <ToolButton
        icon="pen"
        label="New design…"
        onPress={toggled("design")}
        pressed={page === "design"}
        title="From a paragraph to a design, step by step"
      />
      <ToolButton
        icon="book"
        label="Memory"
        onPress={toggled("memory")}
        pressed={page === "memory"}
        title="What the project remembers: decisions, status, summary (M)"
      />
    </header>
  );
}

function Talk() {
  const client = useClient();
  const error = useChat((chat) => chat.error);
  const missing = useChat((chat) => chat.state?.missing ?? "");
  const conversation = useChat((chat) => chat.conversation);
  const problems = useChat((chat) => chat.state?.problems);
  const log = useRef<HTMLElement>(null);
  useFollowed(log, conversation?.turns);
  const retry = () => {
    void client.look();
    void client.open(conversation?.thread?.id);
  };
  return (
    <>
      <Budget />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <section aria-label={useLandmark("Conversation")} className="ddd-talk" ref={log} tabIndex={0}>
        {missing ? (
          <div className="ddd-missing" role="note">
            <p>{missing}</p>
            <div className="ddd-action-row">
              <ToolButton label="Look again" onPress={retry} text />
            </div>
          </div>
        ) : null}
        {problems?.map((problem) => (
          <p className="ddd-error" key={problem}>
            {problem}
          </p>
        ))}
        {conversation === null && !error ? (
          <p className="ddd-quiet ddd-late" role="status">
            Opening the conversation…
          </p>
        ) : null}
        {conversation?.turns.length === 0 ? <Suggestions /> : <Turns />}
        {error ? (
          <p className="ddd-error" role="alert">
            {error} <ToolButton label="Try again" onPress={retry} text />
          </p>
        ) : null}
      </section>
      <Composer />
    </>
  );
}

/** What could be asked here. */
function Suggestions() {
  const client = useClient();
  const session = useSession();
  const suggestions = useChat((chat) => chat.conversation?.suggestions) ?? [];
  return (
    <div className="ddd-suggestions">
      <p className="ddd-quiet">
        Ask about this design, or for changes: these are shown on the board first, and nothing
        happens until you apply them.
      </p>
      {suggestions.map((suggestion) => (
        <button
          className="ddd-chip"
          key={suggestion}
          onClick={() => {
            client.store.set({ draft: suggestion });
            session.root?.querySelector<HTMLElement>(".ddd-question")?.focus();
          }}
          type="button"
        >
          {suggestion}
        </button>
      ))}
    </div>
  );
}

/** How near to the end somebody has to be to be taken along, in pixels. */
const NEAR = 60;

/** Keeps the end in view while more comes, unless somebody has scrolled away from it. */
function useFollowed(log: React.RefObject<HTMLElement | null>, turns: unknown): void {
  const follows = useRef(true);
  useEffect(() => {
    const element = log.current;
    const onScroll = () => {
      if (element) {
        const left = element.scrollHeight - element.scrollTop - element.clientHeight;
        follows.current = left < NEAR;
      }
    };
    element?.addEventListener("scroll", onScroll);
    return () => element?.removeEventListener("scroll", onScroll);
  }, [log]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: more was said
  useLayoutEffect(() => {
    if (follows.current && log.current) {
      log.current.scrollTop = log.current.scrollHeight;
    }
  }, [log, turns]);
}
