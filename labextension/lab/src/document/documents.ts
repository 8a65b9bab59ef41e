import type { ILabShell } from "@jupyterlab/application";
import type { WidgetTracker } from "@jupyterlab/apputils";
import { UUID } from "@lumino/coreutils";
import type { ISignal } from "@lumino/signaling";
import type { DesignPlace, IDesignDocument, IDesignDocuments } from "./tokens";
import type { DesignDocument, TabHost } from "./widget";

/** Opens designs in tabs. */
export class DesignDocuments implements IDesignDocuments {
  constructor(
    private readonly shell: ILabShell,
    private readonly tracker: WidgetTracker<DesignDocument>,
    private readonly host: TabHost,
  ) {}

  get current(): IDesignDocument | null {
    return this.tracker.currentWidget;
  }

  get currentChanged(): ISignal<unknown, IDesignDocument | null> {
    return this.tracker.currentChanged;
  }

  async open(place: DesignPlace): Promise<IDesignDocument> {
    const known = place.another ? undefined : this.find(place);
    if (known === undefined) {
      return await this.add(place, `ddd-lab-design-${UUID.uuid4()}`);
    }
    this.shell.activateById(known.id);
    if (place.at !== undefined) {
      await known.go(place.at);
    }
    return known;
  }

  /** Add a tab; a restored one has had an id before. */
  async add({ root, at = "", kernel }: DesignPlace, id: string): Promise<IDesignDocument> {
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
    const shows = (tab: DesignDocument) =>
      [tab.root, tab.folder?.root].includes(root) && (!kernel || tab.kernel === kernel);
    const { currentWidget } = this.tracker;
    return currentWidget && shows(currentWidget) ? currentWidget : this.tracker.find(shows);
  }
}
