import { PathExt } from "@jupyterlab/coreutils";
import { DisposableDelegate, type IDisposable } from "@lumino/disposable";
import { Poll } from "@lumino/polling";
import { type ISignal, Signal } from "@lumino/signaling";
import { words } from "../page/words";
import { type ProjectBrief, type ProjectState, VERSION } from "../protocol";
import type { Requests } from "./requests";
import type { IDesignService } from "./tokens";

/** Milliseconds between an answer and the next question, and the most where there is no answer. */
const FREQUENCY = { interval: 100, backoff: true, max: 10_000 };

/** The current project; while somebody watches, the server tells when it has changed. */
export class DesignService implements IDesignService {
  private readonly poll: Poll;
  private watchers = 0;
  private known: readonly ProjectBrief[] | null = null;
  private current = "";
  private inUse = false;
  private last: ProjectState | null = null;
  private problem = "";
  /** Why nothing can be done here; empty where the server is of this version. */
  private otherVersion = "";
  /** The file that was used last; it may be from before the projects were known. */
  private followed = "";
  /** Ends the question that waits for news. */
  private waiting = new AbortController();
  private readonly signal = new Signal<IDesignService, void>(this);

  constructor(readonly requests: Requests) {
    this.poll = new Poll({
      auto: false,
      factory: () => this.waitForNews(),
      frequency: FREQUENCY,
      name: "ddd-lab:project",
      standby: "when-hidden",
    });
  }

  get projects(): readonly ProjectBrief[] | null {
    return this.known;
  }

  get root(): string {
    return this.current;
  }

  get isInUse(): boolean {
    return this.inUse || this.known?.length === 1;
  }

  get state(): ProjectState | null {
    return this.last;
  }

  get trouble(): string {
    return this.problem;
  }

  get changed(): ISignal<IDesignService, void> {
    return this.signal;
  }

  async choose(root: string): Promise<string> {
    this.inUse = true;
    if (root !== this.current) {
      this.waiting.abort();
      this.current = root;
      this.last = null;
      this.signal.emit();
    }
    return await this.look().catch(() => root); // it has been said
  }

  follow(path: string): void {
    this.followed = path;
    if (this.known !== null && !this.enter(path)) {
      // Its project may be newer than what is known.
      this.findProjects().then(
        () => this.enter(this.followed),
        (error: unknown) => this.say(words(error)),
      );
    }
  }

  take(state: ProjectState): void {
    if (state.root === this.current) {
      this.last = state;
      this.signal.emit();
    }
  }

  async refresh(): Promise<void> {
    await this.look().catch(() => undefined); // it has been said
  }

  async find(again = false): Promise<void> {
    if (again || this.known === null) {
      await this.findProjects();
    }
  }

  async reload(): Promise<void> {
    this.known = null;
    await this.refresh();
  }

  watch(): IDisposable {
    this.watchers += 1;
    void this.poll.start();
    void this.poll.refresh();
    return new DisposableDelegate(() => {
      this.watchers -= 1;
      if (this.watchers === 0) {
        void this.poll.stop();
        this.waiting.abort();
      }
    });
  }

  serverPath(file: string, root = this.current): string | null {
    const project = this.known?.find((one) => one.root === root);
    return project === undefined ? null : PathExt.join(project.path, file);
  }

  /** Have the server answer as soon as it knows something new. */
  private async waitForNews(): Promise<void> {
    this.waiting.abort();
    this.waiting = new AbortController();
    await this.look(this.waiting.signal);
  }

  /**
   * Ask for what is not known; returns the folder of the project that was asked about.
   *
   * @param waiting ends the question, which waits for news; without it, the server answers at once.
   */
  private async look(waiting?: AbortSignal): Promise<string> {
    const unknown = this.known === null;
    const unfound = unknown ? await this.findProjects().then(() => "", words) : "";
    const asked = this.current;
    try {
      if (asked === "" && unfound !== "") {
        throw new Error(unfound);
      }
      const root = await this.findState(waiting);
      this.say(unfound || this.otherVersion);
      return root;
    } catch (error) {
      if (asked === this.current && waiting?.aborted !== true) {
        this.say(words(error));
      }
      throw error;
    }
  }

  private async findProjects(): Promise<void> {
    const { projects, version } = await this.requests.ask("projects", {});
    this.known = projects;
    this.otherVersion = version === VERSION ? "" : otherVersion(version);
    if (this.current === "") {
      const followed = this.holding(this.followed);
      this.inUse = followed !== undefined;
      this.current = followed ?? this.known[0]?.root ?? "";
    }
    this.signal.emit();
  }

  private async findState(waiting?: AbortSignal): Promise<string> {
    const root = this.current;
    if (root === "") {
      return root;
    }
    const state = await this.requests.news(
      "project",
      { root, rev: this.last?.rev ?? "", wait: waiting !== undefined },
      waiting,
    );
    if (state !== null && root === this.current) {
      // The server's own name of the folder: one that was given may lead there by a link.
      this.current = state.root;
      this.take(state);
    }
    return state?.root ?? root;
  }

  /** Make the project that holds a file the current one; tells whether there is one. */
  private enter(path: string): boolean {
    const root = this.holding(path);
    if (root !== undefined && (root !== this.current || !this.inUse)) {
      void this.choose(root);
    }
    return root !== undefined;
  }

  /** The folder of the innermost project that holds a file. */
  private holding(path: string): string | undefined {
    const holding = (this.known ?? []).filter((project) => isInside(path, project.path));
    return holding.sort((a, b) => b.path.length - a.path.length)[0]?.root;
  }

  private say(problem: string): void {
    if (problem !== this.problem) {
      this.problem = problem;
      this.signal.emit();
    }
  }
}

function otherVersion(server: string): string {
  return (
    `This panel is of DDD Lab ${VERSION}, the Jupyter server runs ${server}. Nothing can be done ` +
    "until you restart the server and reload this page."
  );
}

function isInside(path: string, folder: string): boolean {
  return folder === "" || path === folder || path.startsWith(`${folder}/`);
}
