import type { VDomRenderer } from "@jupyterlab/ui-components";
import { Signal } from "@lumino/signaling";
import type { PromptView, PromptWanted } from "../protocol";
import type { IDesignService } from "../service/tokens";
import { type Draft, draftOf, keyOf, promptOf, putAway } from "./drafts";
import { type Change, changed } from "./run/choices";
import { newSheet, notice, type Sheet, type Tab } from "./sheet";

/** What the panel asks of the rest of JupyterLab. */
export interface PanelShell {
  /** Show a terminal beside what is open. */
  openTerminal(name: string): Promise<void>;
  /** Open a file by its path below the server's folder. */
  openFile(path: string): Promise<void>;
  /** Move the panel between the sidebar and the main area. */
  move(): void;
}

/** What to build a prompt for, within the current project. */
export type Wanted = Omit<PromptWanted, "root">;

/**
 * What the panel shows, project by project; the server is asked for everything else.
 *
 * Another project may become the current one while something goes on: what comes of it goes to the
 * project that it was begun in.
 */
export class PanelModel implements VDomRenderer.IModel {
  readonly stateChanged = new Signal<this, void>(this);
  isDisposed = false;
  /** What is said to those who do not see it. */
  said = "";
  private readonly sheets = new Map<string, Sheet>();

  constructor(
    readonly service: IDesignService,
    readonly host: PanelShell,
  ) {
    service.changed.connect(this.onServiceChanged, this);
  }

  dispose(): void {
    this.isDisposed = true;
    Signal.clearData(this);
  }

  /** What is remembered of the current project. */
  get sheet(): Sheet {
    return this.sheetOf(this.service.root);
  }

  show(tab: Tab): void {
    this.put({ tab, failure: "" });
  }

  showRun(run: string): void {
    this.put({ tab: "run", run, failure: "" });
  }

  /** Show what moved between a flow and its code. */
  showDrift(flow: string, root = this.service.root): void {
    this.put({ tab: "flows", failure: "", drift: { flow } }, root);
  }

  /** Show why something has failed whose own place for that is not in view. */
  fail(failure: string, root = this.service.root): void {
    this.put({ failure }, root);
  }

  tick(flows: Iterable<string>): void {
    this.put({ ticked: new Set(flows) });
  }

  /** Take note that a file of a run counts among those of a flow, or does not. */
  choose(run: string, change: Change): void {
    const { changes } = this.sheet;
    const others = changes.get(run) ?? [];
    this.put({ changes: new Map(changes).set(run, changed(others, change)) });
  }

  announce(words: string): void {
    this.said = words;
    this.stateChanged.emit();
  }

  /** Build a prompt for each of these and show them; nothing is sent to anybody. */
  async build(wanted: readonly Wanted[], root = this.service.root): Promise<void> {
    const built = await Promise.all(wanted.map((one) => this.prompt(one, root)));
    const sheet = this.sheetOf(root);
    const kept = putAway(sheet.drafts, sheet.kept);
    const [first, ...others] = built.map((one) => draftOf(one, kept.get(keyOf(one))));
    if (first === undefined) {
      return;
    }
    const drafts = [{ ...first, seen: true }, ...others];
    for (const draft of drafts) {
      kept.delete(keyOf(draft.built));
    }
    this.put({ drafts, kept, ticked: new Set(), tab: "prompt", failure: "" }, root);
    this.announce(
      others.length === 0 ? "The prompt is ready" : `${drafts.length} prompts are ready`,
    );
  }

  /** Build one prompt anew; what was edited in it is gone. */
  async rebuild(draft: Draft): Promise<void> {
    const { root } = this.service;
    const built = await this.prompt(draft.built, root);
    this.change(keyOf(draft.built), { ...draftOf(built), seen: true }, root);
    this.announce("The prompt was rebuilt");
  }

  /** Change a part of a draft. */
  change(key: string, part: Partial<Draft>, root = this.service.root): void {
    const drafts = this.sheetOf(root).drafts.map((old) =>
      keyOf(old.built) === key ? { ...old, ...part } : old,
    );
    this.put({ drafts }, root);
  }

  /** Put the drafts away; what was edited comes back when it is built again. */
  dropDrafts(): void {
    const { drafts, kept } = this.sheet;
    this.put({ drafts: [], kept: putAway(drafts, kept), tab: "flows" });
  }

  /** Run the drafts as the person has left them: one at once, several one after another. */
  async runDrafts(): Promise<void> {
    const { drafts } = this.sheet;
    const [first, ...others] = drafts;
    if (first !== undefined) {
      await (others.length > 0 ? this.startQueue(drafts) : this.startRun(first));
    }
  }

  private async prompt({ kind, flows, schemas }: Wanted, root: string): Promise<PromptView> {
    return await this.service.requests.act("prompt", { root, kind, flows, schemas });
  }

  private async startRun(draft: Draft): Promise<void> {
    const { requests, root } = this.service;
    const { tokens: _, ...prompt } = promptOf(draft);
    const { brief } = await requests.act("run/start", { root, ...prompt });
    this.put({ drafts: this.without([draft], root), run: brief.id, tab: "run" }, root);
    this.announce("Claude Code is running in the terminal");
    await this.service.refresh();
    if (brief.terminal !== "") {
      await this.host.openTerminal(brief.terminal);
    }
  }

  private async startQueue(drafts: readonly Draft[]): Promise<void> {
    const { requests, root } = this.service;
    const prompts = drafts.map(promptOf);
    this.service.take(await requests.act("queue", { root, action: "start", prompts }));
    this.put({ drafts: this.without(drafts, root), tab: "flows" }, root);
    this.announce(`The queue is running: ${prompts.length} flows, one after another`);
  }

  /** The drafts that were built while others were sent off. */
  private without(sent: readonly Draft[], root: string): readonly Draft[] {
    const keys = new Set(sent.map((draft) => keyOf(draft.built)));
    return this.sheetOf(root).drafts.filter((draft) => !keys.has(keyOf(draft.built)));
  }

  private sheetOf(root: string): Sheet {
    const known = this.sheets.get(root);
    if (known !== undefined) {
      return known;
    }
    const sheet = newSheet();
    this.sheets.set(root, sheet);
    return sheet;
  }

  private put(part: Partial<Sheet>, root = this.service.root): void {
    Object.assign(this.sheetOf(root), part.tab === undefined ? {} : { drift: null }, part);
    this.stateChanged.emit();
  }

  private onServiceChanged(): void {
    const { state } = this.service;
    if (state !== null) {
      const news = notice(this.sheet, state.runs);
      this.said = news.length > 0 ? news.join(". ") : this.said;
    }
    this.stateChanged.emit();
  }
}
