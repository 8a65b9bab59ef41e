import type {
  AssistantState,
  Board,
  Command,
  DesignNews,
  Failure,
  Notice,
  Operations,
  Patch,
  Reply,
  TurnNews,
} from "./protocol";

export type Operation = keyof Operations;
export type Args<Op extends Operation> = Operations[Op]["args"];
export type Result<Op extends Operation> = Operations[Op]["result"];
/** What follows the name of an operation in a call: nothing where it needs no arguments. */
export type Given<Op extends Operation> =
  Record<never, never> extends Args<Op> ? [args?: Args<Op>] : [args: Args<Op>];

/** How long Python may stay silent before people are told, in milliseconds. */
export const PATIENCE = 10_000;

/** The part of an anywidget model that the canvas uses. */
export interface WidgetModel {
  get(name: string): unknown;
  send(content: unknown): void;
  on(event: string, listener: (content: unknown) => void): void;
  off(event: string, listener: (content: unknown) => void): void;
}

/** What Python pushes of the assistant. */
export interface AssistantNews {
  assistant(state: AssistantState): void;
  /** Nobody but the keyboard says this. */
  memory(): void;
  turn(news: TurnNews): void;
  design(news: DesignNews): void;
}

/** What Python pushes without being asked. */
export interface Inbox {
  /** Who hears of the assistant; null while nobody does. */
  news(): AssistantNews | null;
  board(board: Board): void;
  patch(patch: Patch): void;
  notice(notice: Notice): void;
  /** True when an answer is overdue, false as soon as anything arrives. */
  silence(silent: boolean): void;
}

/** A command that Python did not carry out, or that could not be sent. */
export class CommandError extends Error {
  readonly detail: string;

  constructor(failure: Failure) {
    super(failure.message);
    this.name = "CommandError";
    this.detail = failure.detail;
  }
}

/** What went wrong, for people. */
export function messageOf(error: unknown): string {
  if (error instanceof CommandError) {
    return error.detail ? `${error.message} ${error.detail}` : error.message;
  }
  return error instanceof Error ? error.message : String(error);
}

interface Pending {
  resolve(result: Reply["result"]): void;
  reject(error: CommandError): void;
  timer: ReturnType<typeof setTimeout>;
}

type Message = {
  reply?: Reply;
  board?: Board;
  patch?: Patch;
  notice?: Notice;
  assistant?: AssistantState;
  turn?: TurnNews;
  design?: DesignNews;
};

/** Commands out, replies and news in. Late replies still count: a busy kernel answers in the end. */
export class Connection {
  readonly #host: WidgetModel;
  readonly #inbox: Inbox;
  readonly #pending = new Map<number, Pending>();
  // All views of one widget hear all replies, so their ids must not meet.
  #next = Math.floor(Math.random() * 2 ** 31) * 100_000;

  constructor(host: WidgetModel, inbox: Inbox) {
    this.#host = host;
    this.#inbox = inbox;
    host.on("msg:custom", this.#receive);
  }

  /** @param at The board that is on the screen: what is to change it must not hit another one. */
  send<Op extends Operation>(
    op: Op,
    args: Args<Op>,
    at: string | null = null,
  ): Promise<Result<Op>> {
    this.#next += 1;
    const command: Command = { id: this.#next, op, args, at };
    return new Promise<Reply["result"]>((resolve, reject) => {
      const timer = setTimeout(() => this.#inbox.silence(true), PATIENCE);
      this.#pending.set(command.id, { resolve, reject, timer });
      try {
        this.#host.send(command);
      } catch (error) {
        this.#settle(command.id);
        this.#inbox.silence(true);
        reject(
          new CommandError({ message: "The kernel cannot be reached.", detail: String(error) }),
        );
      }
    }) as Promise<Result<Op>>;
  }

  close(): void {
    this.#host.off("msg:custom", this.#receive);
    for (const id of [...this.#pending.keys()]) {
      this.#settle(id);
    }
  }

  #settle(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    if (pending) {
      clearTimeout(pending.timer);
      this.#pending.delete(id);
    }
    return pending;
  }

  readonly #receive = (content: unknown): void => {
    const message = content as Message;
    this.#inbox.silence(false);
    if (message.board) {
      this.#inbox.board(message.board);
    }
    if (message.patch) {
      this.#inbox.patch(message.patch);
    }
    if (message.notice) {
      this.#inbox.notice(message.notice);
    }
    if (message.assistant) {
      this.#inbox.news()?.assistant(message.assistant);
    }
    if (message.turn) {
      this.#inbox.news()?.turn(message.turn);
    }
    if (message.design) {
      this.#inbox.news()?.design(message.design);
    }
    if (message.reply) {
      this.#answer(message.reply);
    }
  };

  #answer(reply: Reply): void {
    const pending = this.#settle(reply.id);
    if (!pending) {
      return;
    }
    if (reply.ok) {
      pending.resolve(reply.result);
    } else {
      const unknown = { message: "Python refused the edit without a reason.", detail: "" };
      pending.reject(new CommandError(reply.error ?? unknown));
    }
  }
}
