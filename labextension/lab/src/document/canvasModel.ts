import { type JSONObject, PromiseDelegate } from "@lumino/coreutils";
import type { Channel } from "./channel";

type Listener = (content: unknown) => void;

interface Reply {
  readonly id: number;
  readonly ok: boolean;
  readonly error?: { readonly message: string } | null;
}

/** What the canvas takes for its widget's model; it stays while kernels come and go. */
export class CanvasModel {
  private readonly listeners = new Set<Listener>();
  private readonly waiting = new Map<number, PromiseDelegate<Reply>>();
  private asked = 0;
  channel: Channel | null = null;

  /** The canvas is as large as the tab. */
  get(name: string): unknown {
    return name === "fills" ? true : undefined;
  }

  send(content: unknown): void {
    if (this.channel === null) {
      throw new Error("The kernel has stopped.");
    }
    this.channel.send(content as JSONObject);
  }

  on(event: string, listener: Listener): void {
    if (event === "msg:custom") {
      this.listeners.add(listener);
    }
  }

  off(_: string, listener: Listener): void {
    this.listeners.delete(listener);
  }

  /** Nobody answers any more what has been asked. */
  lose(why: string): void {
    this.channel = null;
    for (const answer of this.waiting.values()) {
      answer.reject(new Error(why));
    }
    this.waiting.clear();
  }

  /** Hand on what the kernel has sent. */
  receive(content: JSONObject): void {
    const reply = content.reply as unknown as Reply | undefined;
    if (reply) {
      this.waiting.get(reply.id)?.resolve(reply);
    }
    for (const listener of [...this.listeners]) {
      listener(content);
    }
  }

  /**
   * Have the kernel do something that nobody has asked for on the canvas.
   *
   * @throws Error where it was refused.
   */
  async ask(op: string, args: JSONObject): Promise<void> {
    this.asked -= 1; // the canvas counts upwards
    const id = this.asked;
    this.send({ id, op, args, at: null });
    const answer = new PromiseDelegate<Reply>();
    this.waiting.set(id, answer);
    const reply = await answer.promise;
    this.waiting.delete(id);
    if (!reply.ok) {
      throw new Error(reply.error?.message ?? "The kernel has refused it.");
    }
  }
}
