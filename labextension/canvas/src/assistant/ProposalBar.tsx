import { useState } from "react";
import { useId, useLandmark } from "../ids";
import { showAssistant } from "../panels/layout";
import { Refusal } from "../panels/Refusal";
import { ToolButton } from "../panels/ToolButton";
import type { ProposalItem, ProposalView } from "../protocol";
import { applyProposal, discardProposal } from "../state/proposing";
import { useSession, useView } from "../state/session";
import { useAttempt } from "../state/useAttempt";
import style from "./assistant.css";
import { modeOf, threadOf } from "./store";
import { useChat, useClient } from "./useChat";

/** What the proposal on the board comes to: counts, a list with ticks, and what to do with it. */
export function ProposalBar() {
  const proposal = useView((state) => state.sheet?.head.proposal);
  return proposal ? <Bar proposal={proposal} /> : null;
}

function Bar({ proposal }: { proposal: ProposalView }) {
  const session = useSession();
  const client = useClient();
  const [open, setOpen] = useState(false);
  const list = useId();
  const running = useView(
    (state) => state.running.has("apply_proposal") || state.running.has("discard_proposal"),
  );
  const mode = useMode();
  const { items, words, complete, problems } = proposal;
  const ticked = items.filter((item) => item.ticked).length;
  const refused = items.filter((item) => item.refused).length;
  const apply =
    ticked === items.length ? `Apply ${items.length}` : `Apply ${ticked} of ${items.length}`;
  return (
    <section aria-label={useLandmark("Proposal")} className="ddd-proposal">
      <style>{style}</style>
      {open ? (
        <div className="ddd-proposal-list" id={list}>
          <ul aria-label="Proposed changes">
            {items.map((item) => (
              <Item item={item} items={items} key={item.id} proposal={proposal.id} />
            ))}
          </ul>
          {problems.length > 0 ? <h3 className="ddd-caption">New problems</h3> : null}
          {problems.map((problem) => (
            <p className="ddd-error" key={problem}>
              {problem}
            </p>
          ))}
        </div>
      ) : null}
      <div className="ddd-proposal-bar">
        <button
          aria-controls={open ? list : undefined}
          aria-expanded={open}
          className="ddd-button ddd-quiet-button ddd-proposal-words"
          onClick={() => setOpen(!open)}
          title="Show each change, and choose"
          type="button"
        >
          <span className="ddd-ellipsis">
            Proposed: {words || `${items.length} changes`}
            {refused > 0 ? `, ${refused} cannot be applied` : ""}
          </span>
        </button>
        <span aria-live="polite" className="ddd-quiet">
          {complete ? "" : "more is coming…"}
        </span>
        <ToolButton
          busy={running}
          disabled={!complete || ticked === 0 || mode === "explore"}
          label={complete ? apply : "Apply"}
          onPress={() => applyProposal(session)}
          primary
          text
          title={
            mode === "explore"
              ? "Explore only shows. Choose “Ask first” beside the question to apply changes"
              : "Apply what is ticked, as one step to undo (Enter)"
          }
        />
        <ToolButton
          label="Edit in chat"
          onPress={() => {
            const { designs, draft } = client.store.get();
            client.store.set(
              designs?.design?.proposal === proposal.id
                ? { page: "design" }
                : { page: "chat", draft: draft || "Change this: " },
            );
            showAssistant(session);
          }}
          text
          title="Say what should be different"
        />
        <ToolButton
          busy={running}
          label="Discard"
          onPress={() => discardProposal(session)}
          text
          title="Take it off the board; nothing changes (Esc)"
        />
      </div>
    </section>
  );
}

export function useMode(): string {
  return useChat((chat) => modeOf(chat, threadOf(chat)));
}

const KINDS = { added: "+", changed: "~", removed: "−" } as const;
const WORDS = { added: "Add", changed: "Change", removed: "Remove" } as const;
const SIGNS = { added: "+", changed: "@", removed: "-" } as const;

function Item({
  item,
  items,
  proposal,
}: {
  item: ProposalItem;
  items: readonly ProposalItem[];
  proposal: string;
}) {
  const session = useSession();
  const { error, run } = useAttempt();
  const { id, title, kind, at, card, needs, ticked, changes, problems, refused } = item;
  const titles = new Map(items.map((one) => [one.id, one.title]));
  const needed = needs.map((one) => titles.get(one)).filter(Boolean);
  const tick = (on: boolean) =>
    void run(() => session.call("tick_proposal", { id: proposal, item: id, ticked: on }));
  return (
    <li className="ddd-proposed-item">
      <label className="ddd-check">
        <input
          checked={ticked}
          disabled={Boolean(refused)}
          onChange={(event) => tick(event.target.checked)}
          type="checkbox"
        />
        <span aria-hidden="true" className="ddd-sign" data-sign={SIGNS[kind]}>
          {KINDS[kind]}
        </span>
        <span>
          <span className="ddd-sr">{WORDS[kind]} </span>
          {title}
        </span>
      </label>
      {card || at ? (
        <ToolButton
          icon="search"
          label={`Show “${title}”`}
          onPress={() => session.go(at, card)}
          title="Show it on its board"
        />
      ) : null}
      {changes.map(({ field, before, after }) => (
        <p className="ddd-facts" key={field}>
          {field}: {before ? <del>{before}</del> : null} {before && after ? "→ " : ""}
          {after ? <ins>{after}</ins> : null}
        </p>
      ))}
      {needed.length > 0 ? <p className="ddd-facts">Needs {needed.join(", ")}</p> : null}
      {[...problems, refused].filter(Boolean).map((problem) => (
        <p className="ddd-error" key={problem}>
          {problem}
        </p>
      ))}
      <Refusal error={error} />
    </li>
  );
}
