import { type ReactNode, useEffect, useRef, useState } from "react";
import { useLandmark } from "../ids";
import { ToolButton } from "../panels/ToolButton";
import type { DecisionView, DependenciesView, MemoryView, PlaceLink } from "../protocol";
import { useSession, useView } from "../state/session";
import { useAttempt } from "../state/useAttempt";
import { Markdown } from "./Markdown";
import { useChat, useClient } from "./useChat";

type Show = (ask: () => Promise<MemoryView>) => Promise<boolean>;

/** What the project remembers: a model is given the parts of it that fit a question. */
export function Memory() {
  const session = useSession();
  const at = useView((state) => state.sheet?.head.at);
  const rev = useView((state) => state.sheet?.head.rev);
  const [memory, setMemory] = useState<MemoryView | null>(null);
  const { busy, error, run } = useAttempt();
  const show: Show = (ask) => run(async () => setMemory(await ask()));
  const load = () => void show(() => session.call("memory"));
  // biome-ignore lint/correctness/useExhaustiveDependencies: another place or revision says other things
  useEffect(load, [session, at, rev]);
  return (
    <div aria-busy={busy} className="ddd-panel ddd-memory">
      <div className="ddd-drawer-head">
        <h3 className="ddd-caption">What the project remembers</h3>
        <ToolButton
          busy={busy && memory !== null}
          label="Refresh"
          onPress={() => {
            void show(() => session.call("refresh_memory")).then(
              (done) => done && session.announce("The memory is up to date."),
            );
          }}
          text
          title="Look at all files again, and write .ddd/memory"
        />
      </div>
      {error ? (
        <p className="ddd-error" role="alert">
          {error} <ToolButton label="Try again" onPress={load} text />
        </p>
      ) : null}
      {memory ? (
        <>
          <Decisions decisions={memory.decisions} show={show} />
          {memory.dependencies ? <Dependencies of={memory.dependencies} /> : null}
          <Status memory={memory} />
          <Summary memory={memory} />
        </>
      ) : error ? null : (
        <p className="ddd-quiet ddd-late" role="status">
          Reading…
        </p>
      )}
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={useLandmark(title)} className="ddd-memory-part">
      <h3 className="ddd-caption">{title}</h3>
      {children}
    </section>
  );
}

const SOURCES = {
  derived: "Derived from the specs.",
  model: "Written by",
  file: "As it stands in .ddd/memory/summary.md.",
} as const;

function Summary({ memory: { summary, source, written, moved } }: { memory: MemoryView }) {
  return (
    <Part title="Summary">
      <p className="ddd-facts">
        {SOURCES[source]} {written}
      </p>
      {moved.length > 0 ? (
        <details>
          <summary>
            {moved.length === 1 ? "1 spec has" : `${moved.length} specs have`} changed since
          </summary>
          <ul className="ddd-facts">
            {moved.map((change) => (
              <li key={change}>{change}</li>
            ))}
          </ul>
        </details>
      ) : null}
      <Markdown text={summary} />
    </Part>
  );
}

const STATUS = {
  stale: { tone: "warn", word: "stale" },
  pending: { tone: "", word: "pending" },
  implemented: { tone: "good", word: "implemented" },
} as const;
/** Flows that are listed before somebody asks for all. */
const FEW = 8;

function Status({ memory: { flows, overview } }: { memory: MemoryView }) {
  const session = useSession();
  const [all, setAll] = useState(false);
  const shown = all ? flows : flows.slice(0, FEW);
  return (
    <Part title="Status">
      <p className="ddd-facts">{overview}</p>
      <ul className="ddd-list">
        {shown.map(({ at, title, status, changes }) => (
          <li key={at}>
            <button
              className="ddd-bare ddd-place-link"
              onClick={() => session.go(at)}
              type="button"
            >
              <span className="ddd-ellipsis">{title}</span>
              <span className="ddd-sign" data-tone={STATUS[status].tone}>
                {STATUS[status].word}
              </span>
            </button>
            {changes.map((change) => (
              <p className="ddd-facts" key={change}>
                {change}
              </p>
            ))}
          </li>
        ))}
      </ul>
      {flows.length > shown.length ? (
        <ToolButton label={`Show all ${flows.length}`} onPress={() => setAll(true)} text />
      ) : null}
    </Part>
  );
}

function Dependencies({ of }: { of: DependenciesView }) {
  const rows: readonly [string, ReactNode][] = [
    ["Depends on", <Places key="on" places={of.depends_on} />],
    ["Needed by", <Places key="by" places={of.depended_on_by} />],
    ["Schemas", of.schemas.join(", ")],
    ["Events in", of.events_in.join(", ")],
    ["Events out", of.events_out.join(", ")],
  ];
  const lengths = [of.depends_on, of.depended_on_by, of.schemas, of.events_in, of.events_out];
  const shown = rows.filter((_, index) => (lengths[index]?.length ?? 0) > 0);
  return (
    <Part title="This flow">
      {shown.length > 0 ? (
        <dl className="ddd-dependencies">
          {shown.map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      ) : (
        <p className="ddd-quiet">It depends on no other flow, and none depends on it.</p>
      )}
    </Part>
  );
}

function Places({ places }: { places: readonly PlaceLink[] }) {
  const session = useSession();
  return places.map(({ at, title }) => (
    <button
      className="ddd-bare ddd-place-link"
      key={at}
      onClick={() => session.go(at)}
      type="button"
    >
      {title}
    </button>
  ));
}

function Decisions({ decisions, show }: { decisions: readonly DecisionView[]; show: Show }) {
  const client = useClient();
  const deciding = useChat((chat) => chat.deciding);
  const [editing, setEditing] = useState("");
  const close = () => {
    setEditing("");
    client.store.set({ deciding: null });
  };
  return (
    <Part title="Decisions">
      {deciding === null ? (
        <div className="ddd-action-row">
          <ToolButton
            label="Record a decision"
            onPress={() => client.store.set({ deciding: "" })}
            text
          />
        </div>
      ) : (
        <DecisionForm close={close} show={show} title={deciding} />
      )}
      {decisions.length === 0 && deciding === null ? (
        <p className="ddd-quiet">
          None yet. A decision says why the design is as it is; /decide in a question records one.
        </p>
      ) : null}
      <ul className="ddd-list">
        {decisions.map((decision) =>
          editing === decision.id ? (
            <li key={decision.id}>
              <DecisionForm close={close} decision={decision} show={show} title={decision.title} />
            </li>
          ) : (
            <DecisionRow
              decision={decision}
              edit={() => setEditing(decision.id)}
              key={decision.id}
              show={show}
            />
          ),
        )}
      </ul>
    </Part>
  );
}

function DecisionRow({
  decision,
  edit,
  show,
}: {
  decision: DecisionView;
  edit: () => void;
  show: Show;
}) {
  const session = useSession();
  const [sure, setSure] = useState(false);
  const { id, title, date, rationale, affected, gone, here } = decision;
  const remove = async () => {
    if (await show(() => session.call("remove_decision", { id }))) {
      session.announce(`“${title}” is removed.`);
    }
  };
  return (
    <li className="ddd-decision">
      <div className="ddd-decision-head">
        <strong>{title}</strong>
        <ToolButton icon="pen" label={`Edit “${title}”`} onPress={edit} />
        <ToolButton icon="close" label={`Remove “${title}”`} onPress={() => setSure(true)} />
      </div>
      {decision.decision ? <p>{decision.decision}</p> : null}
      {rationale ? <p className="ddd-quiet">{rationale}</p> : null}
      <p className="ddd-facts">
        {[date, here ? "about this place" : "", affected.join(", ")].filter(Boolean).join(" · ")}
      </p>
      {gone.length > 0 ? (
        <p className="ddd-error">No longer in the design: {gone.join(", ")}</p>
      ) : null}
      {sure ? (
        <div className="ddd-action-row">
          <span>Remove it from decisions.md?</span>
          <ToolButton label="Remove" onPress={() => void remove()} text />
          <ToolButton label="Keep" onPress={() => setSure(false)} text />
        </div>
      ) : null}
    </li>
  );
}

function DecisionForm({
  decision,
  title: beginning,
  show,
  close,
}: {
  decision?: DecisionView;
  title: string;
  show: Show;
  close: () => void;
}) {
  const session = useSession();
  const at = useView((state) => state.sheet?.head.at ?? "");
  const thread = useChat((chat) => chat.conversation?.thread?.id ?? "");
  const [title, setTitle] = useState(beginning);
  const [rationale, setRationale] = useState(decision?.rationale ?? "");
  const [affected, setAffected] = useState(decision?.affected.join(", ") ?? at);
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);
  const keep = async () => {
    if (!title.trim()) {
      return;
    }
    const fields = {
      id: decision?.id ?? "",
      title,
      decision: decision?.decision ?? "",
      rationale,
      affected,
      thread,
    };
    if (await show(() => session.call("keep_decision", fields))) {
      session.announce(`“${title}” is recorded.`);
      close();
    }
  };
  return (
    <form
      className="ddd-decision-form"
      onKeyDown={(event) => {
        if (event.key === "Escape") {
          event.stopPropagation();
          close();
        } else if (event.key === "Enter" && event.target instanceof HTMLInputElement) {
          event.preventDefault();
          void keep();
        }
      }}
      onSubmit={(event) => event.preventDefault()}
    >
      <label>
        What was decided
        <input
          className="ddd-input"
          onChange={(event) => setTitle(event.target.value)}
          ref={first}
          required
          value={title}
        />
      </label>
      <label>
        Why
        <textarea
          className="ddd-input"
          onChange={(event) => setRationale(event.target.value)}
          value={rationale}
        />
      </label>
      <label>
        About (places, schemas, events)
        <input
          className="ddd-input"
          onChange={(event) => setAffected(event.target.value)}
          value={affected}
        />
      </label>
      <div className="ddd-buttons">
        <ToolButton label="Cancel" onPress={close} text />
        <ToolButton
          disabled={!title.trim()}
          label="Record"
          onPress={() => void keep()}
          primary
          text
        />
      </div>
    </form>
  );
}
