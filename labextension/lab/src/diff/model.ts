import { VDomModel } from "@jupyterlab/ui-components";
import { themeOfPage } from "../page/theme";
import { words } from "../page/words";
import type { DesignChange, DesignDiffView, DesignVersions } from "../protocol";
import type { Requests } from "../service/requests";
import type { DiffPlace } from "./tokens";

/** What the tab needs of JupyterLab. */
export interface DiffHost {
  readonly requests: Requests;
  /** How many files of the project have changes in an open tab that are not saved. */
  unsaved(root: string): number;
  /** Show a place of the design in a tab of its own. */
  openDesign(root: string, at: string): void;
}

/** Two versions of a design at a place, and what of their differences is looked at. */
export class DiffModel extends VDomModel {
  diff: DesignDiffView | null = null;
  versions: DesignVersions | null = null;
  /** Why there is nothing new to see; empty where there is. */
  trouble = "";
  isBusy = true;
  /** Both boards side by side, instead of one for both. */
  isBeside = false;
  /** Which of the changes is looked at; -1 for none. */
  current = -1;
  /** Counts the wishes to see the current change. */
  shown = 0;
  /** Counts the questions: what an older one brings is of no use any more. */
  private question = 0;

  constructor(
    public place: DiffPlace,
    readonly host: DiffHost,
  ) {
    super();
    void this.load();
  }

  get changes(): readonly DesignChange[] {
    return this.diff?.changes ?? [];
  }

  /** Look at other versions, or another place. */
  go(place: Partial<DiffPlace>): void {
    const { root, at } = this.place;
    this.place = { ...this.place, ...place };
    if (this.place.root !== root || this.place.at !== at) {
      this.versions = null;
    }
    this.current = -1;
    void this.load();
  }

  setBeside(isBeside: boolean): void {
    this.isBeside = isBeside;
    void this.load();
  }

  /** Ask for both versions as they are now. */
  async load(): Promise<void> {
    this.question += 1;
    const question = this.question;
    const { root, at, old } = this.place;
    const { requests } = this.host;
    this.isBusy = true;
    this.stateChanged.emit();
    const diff = requests.ask("design-diff", {
      root,
      at,
      old,
      new: this.place.new,
      theme: themeOfPage(),
      sides: this.isBeside,
    });
    const versions = requests.ask("design-diff/versions", { root, at });
    const [found, choices] = await Promise.allSettled([diff, versions]);
    if (question !== this.question || this.isDisposed) {
      return;
    }
    this.isBusy = false;
    this.trouble = found.status === "rejected" ? words(found.reason) : "";
    this.diff = found.status === "fulfilled" ? found.value : null;
    this.versions = choices.status === "fulfilled" ? choices.value : this.versions;
    this.current = Math.min(this.current, this.changes.length - 1);
    this.stateChanged.emit();
  }

  /** Show a change on the boards. */
  show(index: number): void {
    this.current = index;
    this.shown += 1;
    this.stateChanged.emit();
  }

  /** Show the next change, or the one before; after the last one comes the first. */
  step(by: 1 | -1): void {
    const { length } = this.changes;
    if (length > 0) {
      const from = this.current === -1 && by === -1 ? 0 : this.current;
      this.show((from + by + length) % length);
    }
  }

  /** Look closer at a card or edge: at its own differences where it stands for a place. */
  open(id: string): void {
    const index = this.changes.findIndex(({ card, edge }) => card === id || edge === id);
    const at = this.changes[index]?.at ?? "";
    if (at !== "") {
      this.go({ at });
    } else if (index !== -1) {
      this.show(index);
    }
  }
}
