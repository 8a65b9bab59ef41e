import { DisposableDelegate, type IDisposable } from "@lumino/disposable";
import { Poll } from "@lumino/polling";
import { type ISignal, Signal } from "@lumino/signaling";
import { words } from "../page/words";
import type { Tree } from "../protocol";
import type { IDesignService, IDesignTree } from "./tokens";
import type { Unsaved } from "./unsaved";

/** Milliseconds between an answer and the next question, and the most where there is no answer. */
const FREQUENCY = { interval: 100, backoff: true, max: 30_000 };

/** The current project as a tree; while somebody watches, the server tells when it has changed. */
export class DesignTree implements IDesignTree {
  state: Tree | null = null;
  trouble = "";
  private readonly poll: Poll;
  private readonly signal = new Signal<IDesignTree, void>(this);
  private watchers = 0;
  /** Ends the question that waits for news. */
  private waiting = new AbortController();
  private root = "";

  constructor(
    readonly service: IDesignService,
    private readonly unsavedFiles: Unsaved,
  ) {
    this.poll = new Poll({
      auto: false,
      factory: () => this.ask(),
      frequency: FREQUENCY,
      name: "ddd-lab:tree",
      standby: "when-hidden",
    });
    service.changed.connect(this.onServiceChanged, this);
    unsavedFiles.changed.connect(() => this.signal.emit());
  }

  get changed(): ISignal<IDesignTree, void> {
    return this.signal;
  }

  get unsaved(): ReadonlySet<string> {
    return this.unsavedFiles.of(this.service.root);
  }

  watch(): IDisposable {
    this.watchers += 1;
    void this.poll.start();
    return new DisposableDelegate(() => {
      this.watchers -= 1;
      if (this.watchers === 0) {
        void this.poll.stop();
        this.waiting.abort();
      }
    });
  }

  async refresh(): Promise<void> {
    await this.service.find(true);
    await this.poll.refresh();
  }

  private async ask(): Promise<void> {
    this.waiting.abort();
    this.waiting = new AbortController();
    const { signal } = this.waiting;
    try {
      await this.service.find();
      const { root } = this.service;
      if (root !== "") {
        await this.askOf(root, signal);
      }
      this.say("");
    } catch (error) {
      if (!signal.aborted) {
        this.say(words(error));
        throw error;
      }
    }
  }

  private async askOf(root: string, signal: AbortSignal): Promise<void> {
    const known = this.state?.rev ?? "";
    const wanted = { root, rev: known, wait: known !== "" };
    const tree = await this.service.requests.news("tree", wanted, signal);
    if (tree !== null && root === this.service.root) {
      this.state = tree;
      this.signal.emit();
    }
  }

  private onServiceChanged(): void {
    if (this.service.root !== this.root) {
      this.root = this.service.root;
      this.waiting.abort();
      // The server's own name of the folder may be another one than what was asked for.
      this.state = this.state?.root === this.root ? this.state : null;
      if (this.watchers > 0) {
        void this.poll.refresh();
      }
    }
    this.signal.emit();
  }

  private say(trouble: string): void {
    if (trouble !== this.trouble) {
      this.trouble = trouble;
      this.signal.emit();
    }
  }
}
