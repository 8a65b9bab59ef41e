import { useState } from "react";
import { Refusal } from "../panels/Refusal";
import { ToolButton } from "../panels/ToolButton";
import type { ThreadView } from "../protocol";
import { useSession } from "../state/session";
import { useAsking } from "../state/useAsking";
import { useAttempt } from "../state/useAttempt";
import { useChat, useClient } from "./useChat";
import { when } from "./words";

/** The conversations, to go back to, search, rename and archive. */
export function Threads() {
  const at = useChat((chat) => chat.conversation?.at);
  const [words, setWords] = useState("");
  const [everywhere, setEverywhere] = useState(false);
  const [archived, setArchived] = useState(false);
  const [again, setAgain] = useState(0);
  const asked = `${at} ${again}`;
  const { result, error } = useAsking("threads", { words, everywhere, archived }, 120, asked);
  const threads = result?.threads;
  return (
    <div className="ddd-panel ddd-threads">
      <input
        aria-label="Search conversations"
        className="ddd-input"
        onChange={(event) => setWords(event.target.value)}
        placeholder="Search conversations"
        type="search"
        value={words}
      />
      <div className="ddd-action-row">
        <Toggle label="All places" on={everywhere} set={setEverywhere} />
        <Toggle label="Archived" on={archived} set={setArchived} />
      </div>
      <Refusal error={error} />
      <p aria-live="polite" className="ddd-sr">
        {threads ? `${threads.length} conversations` : ""}
      </p>
      {threads?.length === 0 ? (
        <p className="ddd-quiet">
          {words
            ? "No conversation has these words."
            : "No conversation here yet. Ask something, and it is kept."}
        </p>
      ) : null}
      <ul className="ddd-list">
        {threads?.map((thread) => (
          <Row key={thread.id} onChanged={() => setAgain(again + 1)} thread={thread} />
        ))}
      </ul>
    </div>
  );
}

function Toggle({ label, on, set }: { label: string; on: boolean; set: (on: boolean) => void }) {
  return (
    <button aria-pressed={on} className="ddd-chip" onClick={() => set(!on)} type="button">
      {label}
    </button>
  );
}

function Row({ thread, onChanged }: { thread: ThreadView; onChanged: () => void }) {
  const client = useClient();
  const session = useSession();
  const [title, setTitle] = useState<string | null>(null);
  const { busy, error, run } = useAttempt();
  const { id, archived, place, updated, messages, excerpt } = thread;
  const name = thread.title || "Without a title";
  const change = async (act: () => Promise<unknown>) => {
    if (await run(act)) {
      setTitle(null);
      onChanged();
    }
  };
  const rename = () => change(() => session.call("rename_thread", { id, title: title ?? "" }));
  const archive = () =>
    change(async () => {
      await session.call("archive_thread", { id, archived: !archived });
      session.announce(archived ? `“${name}” is shown again.` : `“${name}” is archived.`);
    });
  if (title !== null) {
    return (
      <li className="ddd-thread">
        <form
          className="ddd-pair"
          onSubmit={(event) => {
            event.preventDefault();
            void rename();
          }}
        >
          <input
            aria-label={`New title of “${name}”`}
            // biome-ignore lint/a11y/noAutofocus: it was asked for
            autoFocus
            className="ddd-input"
            onChange={(event) => setTitle(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === "Escape") {
                event.stopPropagation();
                setTitle(null);
              }
            }}
            value={title}
          />
          <ToolButton busy={busy} label="Rename" onPress={() => void rename()} text />
        </form>
        <Refusal error={error} />
      </li>
    );
  }
  return (
    <li className="ddd-thread">
      <button
        className="ddd-bare ddd-thread-open"
        onClick={() => {
          client.store.set({ page: "chat" });
          if (thread.at === session.sheet()?.head.at) {
            void client.open(id);
          } else {
            client.awaited = id;
            session.go(thread.at);
          }
        }}
        type="button"
      >
        <span className="ddd-ellipsis">{name}</span>
        <span className="ddd-facts">
          {[
            place,
            when(updated),
            messages === 1 ? "1 message" : `${messages} messages`,
            archived ? "archived" : "",
          ]
            .filter(Boolean)
            .join(" · ")}
        </span>
        {excerpt ? <span className="ddd-facts">{excerpt}</span> : null}
      </button>
      <ToolButton label={`Rename “${name}”`} icon="pen" onPress={() => setTitle(thread.title)} />
      <ToolButton
        busy={busy}
        icon={archived ? "up" : "archive"}
        label={archived ? `Show “${name}” again` : `Archive “${name}”`}
        onPress={() => void archive()}
      />
      <Refusal error={error} />
    </li>
  );
}
