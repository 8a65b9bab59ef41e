import type { ILabShell } from "@jupyterlab/application";
import type { WidgetTracker } from "@jupyterlab/apputils";
import { UUID } from "@lumino/coreutils";
import type { ISignal } from "@lumino/signaling";
import type { DesignPlace, IDesignDocument, IDesignDocuments } from "./tokens";
import type { DesignDocument, TabHost } from "./widget";

/** Opens designs in tabs. */
export class DesignDocuments implements IDesignDocuments {
  /** What is under way: a second click must not open a second tab. */
  private opening: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly shell: ILabShell | null,
    private readonly tracker: WidgetTracker<DesignDocument>,
    private readonly host: TabHost,
  ) {}

  get current(): IDesignDocument | null {
    return this.tracker.currentWidget;
  }

  get currentChanged(): ISignal<unknown, IDesignDocument | null> {
    return this.tracker.currentChanged;
  }

  /** Why no tab can be opened here; empty where one can. */
  get obstacle(): string {
    return this.shell === null
      ? "Tabs of designs need JupyterLab; here project.canvas() shows the design in a cell"
      : "";
  }

  async open(place: DesignPlace): Promise<DesignDocument> {
    const shown = this.opening.then(() => this.show(place));
    this.opening = shown.catch(() => undefined); // whoever asked is told
    const tab = await shown;
    // A kernel that is busy holds up nobody else's.
    if (place.at !== undefined && tab.at !== place.at) {
      await tab.go(place.at);
    }
    return tab;
  }

  private async show(place: DesignPlace): Promise<DesignDocument> {
    const known = place.another ? undefined : this.find(place);
    if (known === undefined) {
      return await this.add(place, `ddd-lab-design-${UUID.uuid4()}`);
    }
    this.shell?.activateById(known.id);
    return known;
  }

  /** Add a tab; a restored one has had an id before. */
  async add({ root, at = "", kernel }: DesignPlace, id: string): Promise<DesignDocument> {
    if (this.shell === null) {
      throw new Error(this.obstacle);
    }
    const { DesignDocument } = await import("./widget");
    const beside = this.current;
    const sibling = this.find({ root });
    const tab = new DesignDocument(id, root, at, kernel ?? sibling?.kernel ?? "", this.host);
    tab.changed.connect(() => void this.tracker.save(tab));
    await this.tracker.add(tab);
    this.shell.add(tab, "main", beside && sibling ? { mode: "split-right", ref: beside.id } : {});
    return tab;
  }

  /** The tab of a design, that which was used last first. */
  private find({ root, kernel }: DesignPlace): DesignDocument | undefined {
    const isIt = (tab: DesignDocument) =>
      this.shows(tab, root) && (!kernel || tab.kernel === kernel);
    const { currentWidget } = this.tracker;
    return currentWidget && isIt(currentWidget) ? currentWidget : this.tracker.find(isIt);
  }

  /** Whether a tab is of the design in a folder, by one of its names. */
  shows(tab: DesignDocument, root: string): boolean {
    return [tab.root, tab.folder?.root].includes(root);
  }
}
