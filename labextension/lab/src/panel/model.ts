import { VDomModel } from "@jupyterlab/ui-components";
import type { IDesignService } from "../service/tokens";
import type { PromptWanted } from "../wire";
import { type Draft, draftOf, promptOf } from "./drafts";
import { newSheet, notice, type Sheet, type Tab } from "./sheet";

/** What the panel asks of the rest of JupyterLab. */
export interface Host {
  /** Show a terminal beside what is open. */
  openTerminal(name: string): Promise<void>;
  /** Open a file by its path below the server's folder. */
  openFile(path: string): Promise<void>;
  /** Move the panel between the sidebar and the main area. */
  move(): void;
}

/** What to build a prompt for, within the current project. */
export type Wanted = Omit<PromptWanted, "root">;

/** What the panel shows, project by project; the server is asked for everything else. */
export class PanelModel extends VDomModel {
  /** What is said to those who do not see it. */
  said = "";
  private readonly sheets = new Map<string, Sheet>();

  constructor(
    readonly service: IDesignService,
    readonly host: Host,
  ) {
    super();
    service.changed.connect(this.onServiceChanged, this);
  }

  override dispose(): void {
    this.service.changed.disconnect(this.onServiceChanged, this);
    super.dispose();
  }

  /** What is remembered of the current project. */
  get sheet(): Sheet {
    const known = this.sheets.get(this.service.root);
    if (known !== undefined) {
      return known;
    }
    const sheet = newSheet();
    this.sheets.set(this.service.root, sheet);
    return sheet;
  }

  show(tab: Tab): void {
    this.put({ tab, failure: "" });
  }

  showRun(run: string): void {
    this.put({ tab: "run", run, failure: "" });
  }

  /** Show why something that was asked for from elsewhere has failed. */
  fail(failure: string): void {
    this.put({ failure });
  }

  tick(flows: Iterable<string>): void {
    this.put({ ticked: new Set(flows) });
  }

  announce(words: string): void {
    this.said = words;
    this.stateChanged.emit();
  }

  /** Build a prompt for each of these and show them; nothing is sent to anybody. */
  async build(wanted: readonly Wanted[]): Promise<void> {
    const drafts = await Promise.all(wanted.map((one) => this.draft(one)));
    const [first, ...others] = drafts;
    if (first !== undefined) {
      this.put({ drafts: [{ ...first, seen: true }, ...others], ticked: new Set() });
      this.show("prompt");
      this.announce(
        others.length === 0 ? "The prompt is ready" : `${drafts.length} prompts are ready`,
      );
    }
  }

  /** Build one prompt anew; what was edited in it is gone. */
  async rebuild(index: number): Promise<void> {
    const old = this.sheet.drafts[index];
    if (old !== undefined) {
      this.change(index, { ...(await this.draft(old.built)), seen: true });
      this.announce("The prompt was built anew");
    }
  }

  change(index: number, part: Partial<Draft>): void {
    const drafts = this.sheet.drafts.map((old, at) => (at === index ? { ...old, ...part } : old));
    this.put({ drafts });
  }

  dropDrafts(): void {
    this.put({ drafts: [], tab: "flows" });
  }

  /** Run the drafts as the person has left them: one at once, several one after another. */
  async runDrafts(): Promise<void> {
    const [first, ...others] = this.sheet.drafts;
    if (first !== undefined) {
      await (others.length > 0 ? this.startQueue() : this.startRun(first));
    }
  }

  private async draft({ kind, flows, schemas }: Wanted): Promise<Draft> {
    const { requests, root } = this.service;
    return draftOf(await requests.prompt({ root, kind, flows, schemas }));
  }

  private async startRun(draft: Draft): Promise<void> {
    const { tokens: _, ...prompt } = promptOf(draft);
    const { brief } = await this.service.requests.start({ root: this.service.root, ...prompt });
    this.put({ drafts: [], run: brief.id, tab: "run" });
    this.announce("Claude Code runs in the terminal");
    await this.service.refresh();
    if (brief.terminal !== "") {
      await this.host.openTerminal(brief.terminal);
    }
  }

  private async startQueue(): Promise<void> {
    const prompts = this.sheet.drafts.map(promptOf);
    const { requests, root } = this.service;
    this.service.take(await requests.queue({ root, deed: "start", prompts }));
    this.put({ drafts: [], tab: "flows" });
    this.announce(`The queue runs: ${prompts.length} flows, one after another`);
  }

  private put(part: Partial<Sheet>): void {
    Object.assign(this.sheet, part);
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
