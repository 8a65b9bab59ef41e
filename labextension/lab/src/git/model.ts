import type { VDomRenderer } from "@jupyterlab/ui-components";
import { DisposableDelegate, type IDisposable } from "@lumino/disposable";
import { Signal } from "@lumino/signaling";
import type { IDesignDocument } from "../document/tokens";
import { words } from "../page/words";
import type { Actions, GitDiscarded, GitDone, GitHistory, GitState } from "../protocol";
import type { IDesignService } from "../service/tokens";

/** What the panel asks of the rest of JupyterLab. */
export interface GitShell {
  /** Asks whether something may be done that takes changes away. */
  confirm(title: string, body: string, label: string): Promise<boolean>;
  /** The design as it is open in a tab: what is done there is a step to undo. */
  designOf(root: string): OpenDesign | null;
  /** Paths with edits that only a canvas has, in a tab or a cell. */
  unsavedIn(root: string): readonly string[];
  /** Shows two versions as a picture; undefined where nobody can draw that. */
  showDifference:
    | ((root: string, at: string, versions?: { old?: string; new?: string }) => Promise<void>)
    | undefined;
  /** Shows a flow in the design's tab; undefined where there are no tabs. */
  openDesign: ((root: string, at: string) => Promise<void>) | undefined;
  /** Lets a person choose the versions of a file in conflict; undefined where there are no tabs. */
  resolveMerge: ((root: string, path: string) => Promise<void>) | undefined;
}

/** What the panel has an open design do. */
export type OpenDesign = Pick<IDesignDocument, "discard" | "restore" | "save">;

type GitAction = Extract<keyof Actions, `git/${string}`>;
type Args<Path extends GitAction> = Omit<Actions[Path]["args"], "root">;

/** What the panel shows of one project's repository; the server is asked for it. */
export class GitModel implements VDomRenderer.IModel {
  readonly stateChanged = new Signal<this, void>(this);
  isDisposed = false;
  state: GitState | null = null;
  /** Why it cannot be told how things stand. */
  trouble = "";
  /** Whether all else is shown by jupyterlab-git. */
  isHistoryOnly = false;
  /** What was done last, in words. */
  lastDone = "";
  /** What it takes to undo that. */
  discarded: readonly GitDiscarded[] = [];
  /** The message as the person has left it; null while it is the one that is offered. */
  draft: string | null = null;
  history: GitHistory | null = null;
  /** Of whose history is shown: a flow, or a file by its path. */
  flow = "";
  private root = "";
  private watchers = 0;
  private mark: string | undefined;
  private asked = 0;

  constructor(
    readonly service: IDesignService,
    readonly shell: GitShell,
  ) {
    service.changed.connect(this.onServiceChanged, this);
  }

  dispose(): void {
    this.isDisposed = true;
    Signal.clearData(this);
  }

  get message(): string {
    return this.draft ?? this.state?.message ?? "";
  }

  /** The design in its tab; null where it is not open. */
  get design(): OpenDesign | null {
    return this.shell.designOf(this.service.root);
  }

  /** Why nothing can be staged, discarded or aborted. */
  get cannotWrite(): string {
    return this.state?.cannot.write ?? "";
  }

  get unsaved(): readonly string[] {
    return this.shell.unsavedIn(this.service.root);
  }

  /** Keep what is shown up to date, until the answer is disposed of; nobody asks Git otherwise. */
  watch(): IDisposable {
    this.watchers += 1;
    this.onServiceChanged();
    const news = this.service.watch();
    return new DisposableDelegate(() => {
      this.watchers -= 1;
      news.dispose();
    });
  }

  write(message: string | null): void {
    this.draft = message;
    this.stateChanged.emit();
  }

  /** Ask how things stand now. */
  async refresh(): Promise<void> {
    const { root } = this.service;
    if (root === "") {
      return;
    }
    this.asked += 1;
    const asked = this.asked;
    this.mark = this.service.state?.git;
    const answer = await this.service.requests.ask("git", { root }).catch(words);
    if (asked !== this.asked || root !== this.service.root) {
      return; // there is newer news
    }
    if (typeof answer === "string") {
      this.trouble = answer;
    } else {
      this.take(answer);
    }
    this.stateChanged.emit();
    await this.refreshHistory();
  }

  /** Have something done, and show how things stand since. */
  async act<Path extends GitAction>(path: Path, args: Args<Path>): Promise<GitDone> {
    const { root, requests } = this.service;
    const done: GitDone = await requests.act(path, { root, ...args } as Actions[Path]["args"]);
    if (root === this.service.root) {
      this.asked += 1; // what is on its way is older
      this.take(done.state);
      this.lastDone = done.words;
      this.discarded = done.discarded;
      this.stateChanged.emit();
      await this.refreshHistory();
    }
    return done;
  }

  async commit(): Promise<void> {
    const unsaved = [...this.unsaved];
    await this.act("git/commit", { message: this.message, unsaved });
    this.write(null);
  }

  /** Discard changes, if the person says so. */
  async discard(paths: readonly string[]): Promise<void> {
    const what = paths.length === 1 ? `the changes of ${paths[0]}` : `${paths.length} changes`;
    const body = "What the files say now goes away. “Undo” brings it back.";
    if (!(await this.shell.confirm(`Discard ${what}?`, body, "Discard"))) {
      return;
    }
    const { design } = this;
    if (design === null) {
      await this.act("git/discard", { paths: [...paths] });
    } else {
      await design.discard(paths);
      this.say("Discarded. Undo in the design brings it back");
      await this.refresh();
    }
  }

  /** Give up what Git is doing, if the person says so. */
  async abort(label: string): Promise<void> {
    const body = "The files say again what they said before it began. What was chosen is lost.";
    if (await this.shell.confirm(`${label}?`, body, label)) {
      await this.act("git/abort", {});
    }
  }

  async putBack(): Promise<void> {
    await this.act("git/put-back", { discarded: [...this.discarded] });
  }

  /** Show the history of a flow, or of a file by its path; nothing closes it. */
  async showHistory(flow: string): Promise<void> {
    this.flow = flow;
    this.history = null;
    this.stateChanged.emit();
    await this.refreshHistory();
  }

  /** Let the flow say what it said at a commit: in the open design, else in its file. */
  async restore(commit: string): Promise<void> {
    const { flow, design } = this;
    if (design === null) {
      await this.act("git/restore", { flow, commit });
    } else {
      await design.restore(flow, commit);
      this.say(`${flow} is as it was at ${commit.slice(0, 8)}: an edit, to be saved or undone`);
    }
  }

  private say(words: string): void {
    this.lastDone = words;
    this.discarded = [];
    this.stateChanged.emit();
  }

  private async refreshHistory(): Promise<void> {
    const { flow, service } = this;
    const { root } = service;
    if (flow === "" || root === "") {
      return;
    }
    const history = await service.requests.ask("git/history", { root, flow });
    if (flow === this.flow && root === service.root) {
      this.history = history;
      this.stateChanged.emit();
    }
  }

  /** What is unsaved in the open design may have changed. */
  onDesignChanged(): void {
    this.stateChanged.emit();
  }

  private take(state: GitState): void {
    this.state = state;
    this.trouble = "";
  }

  private onServiceChanged(): void {
    const { root, state } = this.service;
    if (root !== this.root) {
      this.root = root;
      this.state = this.history = this.draft = null;
      this.lastDone = this.flow = this.trouble = "";
      this.discarded = [];
      this.mark = undefined;
    }
    if (this.watchers > 0 && state !== null && state.git !== this.mark) {
      this.refresh().catch((error: unknown) => {
        this.trouble = words(error);
        this.stateChanged.emit();
      });
    }
    this.stateChanged.emit();
  }
}
