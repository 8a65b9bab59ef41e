import { messageOf } from "../connection";
import { toggleAssistant } from "../panels/layout";
import type {
  Asking,
  AssistantMode,
  AssistantState,
  ChosenAction,
  Conversation,
  DesignNews,
  Designs,
  Turn,
  TurnNews,
} from "../protocol";
import type { Session } from "../state/session";
import { Store } from "../state/store";

/** What the panel shows in its place. */
export type Page = "chat" | "threads" | "memory" | "design";

export interface Chat {
  /** Null until Python has said it. */
  readonly state: AssistantState | null;
  readonly conversation: Conversation | null;
  /** Why one of them could not be had. */
  readonly error: string;
  readonly page: Page;
  /** What is typed and not asked yet. */
  readonly draft: string;
  /** The model that was chosen; empty for the usual one. */
  readonly model: string;
  readonly pinned: readonly string[];
  readonly dropped: readonly string[];
  /** A decision that is written down, as far as it is known. */
  readonly deciding: string | null;
  /** The answer to what is asked beside a card, and its conversation. */
  readonly inline: { readonly thread: string; readonly turn: Turn } | null;
  /** Ids of answers whose decision is not written down. */
  readonly declined: readonly string[];
  /** Plans, and the design that is open; null until Python has said it. */
  readonly designs: Designs | null;
  /** A question is on its way. */
  readonly asking: boolean;
}

const EMPTY: Chat = {
  state: null,
  conversation: null,
  error: "",
  page: "chat",
  draft: "",
  model: "",
  pinned: [],
  dropped: [],
  deciding: null,
  inline: null,
  declined: [],
  designs: null,
  asking: false,
};

/** Id of the conversation that is shown; empty before it has begun. */
export function threadOf({ conversation }: Chat): string {
  return conversation?.thread?.id ?? "";
}

/** How far the assistant may go in a conversation. */
export function modeOf({ state }: Chat, thread: string): AssistantMode {
  return state?.modes[thread] ?? state?.mode ?? "ask";
}

/** What one view of a canvas says to the assistant, and hears from it. */
export class AssistantClient {
  readonly store = new Store<Chat>(EMPTY);
  readonly #session: Session;
  /** Counts what was asked for, so that an answer that comes too late is dropped. */
  #asked = 0;
  /** What was heard while it is not known yet which answer belongs to an action. */
  #early: TurnNews[] | null = null;
  /** The conversation that is to be opened at the place where the canvas goes. */
  awaited = "";

  constructor(session: Session) {
    this.#session = session;
    session.news = {
      assistant: (state) => this.store.set({ state }),
      turn: (news) => this.#turn(news),
      design: (news) => this.#design(news),
      memory: () => this.toggleMemory(),
    };
  }

  /** Shows the memory; hides the panel where it is shown already. */
  toggleMemory(): void {
    if (this.store.get().page === "memory") {
      toggleAssistant(this.#session);
    } else {
      this.store.set({ page: "memory" });
    }
  }

  /** Shows what belongs to the place that the canvas has come to. */
  arrive(): void {
    const id = this.awaited;
    this.awaited = "";
    void this.open(id);
  }

  /** Asks what there is to ask with. */
  async look(): Promise<void> {
    try {
      this.store.set({ state: await this.#session.call("assistant"), error: "" });
    } catch (error) {
      this.store.set({ error: messageOf(error) });
    }
  }

  /** Shows a conversation, or the latest one of the place that the canvas shows. */
  async open(id = "", isNew = false): Promise<void> {
    this.#asked += 1;
    const asked = this.#asked;
    try {
      const conversation = await this.#session.call("conversation", { id, new: isNew });
      if (asked === this.#asked) {
        this.store.set({ conversation, error: "" });
      }
    } catch (error) {
      if (asked === this.#asked) {
        this.store.set({ error: messageOf(error) });
      }
    }
  }

  /** The question as it stands. */
  asking(text: string): Asking {
    const { model, pinned, dropped } = this.store.get();
    return {
      text,
      cards: [...this.#session.store.get().selected],
      thread: threadOf(this.store.get()),
      model,
      pinned,
      dropped,
    };
  }

  /** Asks; the draft stays where that fails. */
  async ask(text: string): Promise<void> {
    this.store.set({ asking: true, error: "" });
    this.#session.announce("Asking…");
    try {
      const { thread, question, answer } = await this.#session.call("ask", this.asking(text));
      this.store.set(({ conversation, draft }) => ({
        draft: draft === text ? "" : draft,
        pinned: [],
        dropped: [],
        conversation: conversation && {
          ...conversation,
          thread,
          turns: merged(conversation.turns, [
            { ...NOTHING_SAID, id: question, role: "user", text },
            { ...NOTHING_SAID, id: answer, role: "assistant", state: "running" },
          ]),
        },
      }));
    } catch (error) {
      this.store.set({ error: messageOf(error) });
    } finally {
      this.store.set({ asking: false });
    }
  }

  /** Has a model do something; its answer is shown beside what it is done to. */
  async act(chosen: ChosenAction): Promise<void> {
    const early: TurnNews[] = [];
    this.#early = early;
    this.store.set({ inline: null });
    this.#session.announce("Asking…");
    try {
      const { thread, answer } = await this.#session.call("run_action", chosen);
      const turn: Turn = { ...NOTHING_SAID, id: answer, role: "assistant", state: "running" };
      this.#early = null;
      this.store.set({ inline: { thread: thread.id, turn } });
      for (const news of early) {
        this.#inlineTurn(news);
      }
    } finally {
      this.#early = null;
    }
  }

  /** Forgets the answer that is shown beside a card, and stops it where it still comes. */
  leave(): void {
    const { inline } = this.store.get();
    if (inline?.turn.state === "running") {
      this.#session.call("cancel_answer", { id: inline.turn.id }).catch(() => {});
    }
    this.store.set({ inline: null });
  }

  /** Asks for all that was said so far of the answer beside a card. */
  async #catchUp(thread: string, id: string): Promise<void> {
    const whole = await this.#session.call("conversation", { id: thread });
    const turn = whole.turns.find((one) => one.id === id);
    const { inline, conversation } = this.store.get();
    if (turn && inline?.turn.id === id && inline.turn.state === "running") {
      this.store.set({ inline: { thread, turn } });
    }
    const shown = conversation?.thread?.id;
    if (conversation?.at === whole.at && (shown === undefined || shown === thread)) {
      this.store.set({ conversation: whole });
    }
  }

  #inlineTurn(news: TurnNews): void {
    this.#early?.push(news);
    const { inline } = this.store.get();
    if (inline?.turn.id !== news.turn.id) {
      return;
    }
    const turn = continued(inline.turn, news);
    if (!turn) {
      this.#catchUp(inline.thread, news.turn.id).catch(() => {});
      return;
    }
    this.store.set({ inline: { ...inline, turn } });
    if (turn.state !== "running" && inline.turn.state === "running") {
      this.#session.announce(ended(turn));
      this.#catchUp(inline.thread, turn.id).catch(() => {});
    }
  }

  #design({ design }: DesignNews): void {
    const before = this.store.get().designs?.design ?? null;
    this.store.set(({ designs }) => ({ designs: { plans: designs?.plans ?? [], design } }));
    if (design && before?.stage !== design.stage) {
      this.#session.announce(`${GATES[design.stage]}.`);
    } else if (before?.answer?.state === "running" && design?.answer) {
      const { answer } = design;
      if (answer.state !== "running") {
        this.#session.announce(ended(answer));
      }
    }
  }

  #turn(news: TurnNews): void {
    this.#inlineTurn(news);
    const { conversation } = this.store.get();
    const { turn } = news;
    if (conversation?.thread?.id !== news.thread) {
      return;
    }
    const before = conversation.turns.find(({ id }) => id === turn.id);
    const after = continued(before, news);
    if (!after) {
      void this.open(news.thread);
      return;
    }
    const turns = conversation.turns.map((one) => (one.id === turn.id ? after : one));
    this.store.set({
      conversation: { ...conversation, turns: before ? turns : [...turns, after] },
    });
    const isAnswer = turn.role === "assistant" && turn.state !== "running";
    if (isAnswer && (before?.state ?? "running") === "running") {
      this.#session.announce(ended(after));
    }
  }
}

/** An answer as it goes on; null where some of it was missed. */
function continued(before: Turn | undefined, news: TurnNews): Turn | null {
  const { text = "", thinking = "" } = before ?? {};
  if (text.length < news.text_from || thinking.length < news.thinking_from) {
    return null;
  }
  return {
    ...news.turn,
    text: text.slice(0, news.text_from) + news.text,
    thinking: thinking.slice(0, news.thinking_from) + news.thinking,
  };
}

/** What the gates are called. */
export const GATES = {
  understanding: "Understanding",
  structure: "Structure",
  flows: "Flows",
  finished: "Finished",
} as const;

/** The turns with others after them, each once: what Python said of it already counts. */
function merged(turns: readonly Turn[], others: readonly Turn[]): Turn[] {
  const ids = new Set(others.map(({ id }) => id));
  const known = new Map(turns.map((turn) => [turn.id, turn]));
  return [
    ...turns.filter(({ id }) => !ids.has(id)),
    ...others.map((turn) => known.get(turn.id) ?? turn),
  ];
}

function ended({ state, text, error }: Turn): string {
  switch (state) {
    case "done":
      return `The answer is here. ${text.slice(0, 300)}`;
    case "cancelled":
      return "The answer was stopped.";
    case "replaced":
      return "A newer answer took the place of this one.";
    default:
      return `There is no answer. ${error}`;
  }
}

const NOTHING_SAID: Turn = {
  id: "",
  role: "user",
  state: "done",
  text: "",
  thinking: "",
  note: "",
  model: "",
  why: "",
  usage: null,
  cost: null,
  error: "",
  lookups: [],
  seconds: 0,
  leave: null,
  proposal: "",
  again: false,
  changes: [],
  remarks: [],
  plan: [],
  decision: null,
};
