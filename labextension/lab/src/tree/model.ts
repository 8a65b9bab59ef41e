import type { VDomRenderer } from "@jupyterlab/ui-components";
import type { ReadonlyJSONObject } from "@lumino/coreutils";
import { Signal } from "@lumino/signaling";
import { OPEN_DESIGN } from "../commands/places";
import { words } from "../page/words";
import type { IDesignTree } from "../service/tokens";
import { firstExpanded, type Row, rowsOf, SYSTEM } from "./rows";

/** What the tree asks of the rest of JupyterLab. */
export interface TreeHost {
  /** Carry out a command; what goes wrong is told. */
  execute(command: string, args: ReadonlyJSONObject): Promise<unknown>;
  /** Show what can be done with a row. */
  showMenu(row: Row, x: number, y: number): void;
  hasCommand(command: string): boolean;
}

/** What is remembered of a tree while others are shown. */
interface Memory {
  readonly expanded: ReadonlySet<string>;
  readonly active: string;
}

/** What the tree shows: the current project, folded as the person has left it. */
export class TreeModel implements VDomRenderer.IModel {
  readonly stateChanged = new Signal<this, void>(this);
  isDisposed = false;
  filter = "";
  /** Why the last thing that was asked for was not done. */
  failure = "";
  /** The place to reveal when the tree is there. */
  private wanted: string | null = null;
  private readonly memories = new Map<string, Memory>();
  private cache: { readonly key: readonly unknown[]; readonly rows: readonly Row[] } | null = null;

  constructor(
    readonly tree: IDesignTree,
    readonly host: TreeHost,
  ) {
    tree.changed.connect(this.onTreeChanged, this);
  }

  dispose(): void {
    this.isDisposed = true;
    Signal.clearData(this);
  }

  /** The rows from top to bottom. */
  get rows(): readonly Row[] {
    const { state, unsaved } = this.tree;
    if (state === null) {
      return [];
    }
    const { expanded } = this.memory;
    const key = [state, unsaved, expanded, this.filter];
    if (this.cache === null || this.cache.key.some((part, index) => part !== key[index])) {
      const rows = rowsOf(state, { expanded, filter: this.filter, unsaved });
      this.cache = { key, rows };
    }
    return this.cache.rows;
  }

  /** Where the row that has the focus stands; the first one where it is not to be seen. */
  get active(): number {
    return Math.max(
      0,
      this.rows.findIndex((row) => row.id === this.memory.active),
    );
  }

  goTo(row: Row | undefined): void {
    if (row !== undefined) {
      this.remember({ active: row.id });
    }
  }

  fold(row: Row, open: boolean): void {
    const expanded = new Set(this.memory.expanded);
    expanded[open ? "add" : "delete"](row.id);
    this.remember({ expanded, active: row.id });
  }

  setFilter(filter: string): void {
    this.filter = filter;
    const [first] = this.rows;
    if (filter !== "" && first !== undefined) {
      this.goTo(first);
    } else {
      this.stateChanged.emit();
    }
  }

  /** Bring the row of a file into view, if the current design has one. */
  revealFile(path: string): void {
    const { service, state } = this.tree;
    const rows = [...(state?.domains ?? []), ...(state?.flows ?? [])];
    const row = rows.find((one) => one.path !== "" && service.serverPath(one.path) === path);
    if (row !== undefined) {
      this.reveal(row.key);
    }
  }

  /** Bring a place into view, as the active row, as soon as the tree is there. */
  reveal(at: string): void {
    this.wanted = this.tree.state === null ? at : null;
    if (this.wanted !== null) {
      return;
    }
    const { expanded } = this.memory;
    const [domain = ""] = at.split("/");
    const open = at.includes("/") ? new Set([...expanded, domain]) : expanded;
    this.remember({ expanded: open, active: at === "" ? SYSTEM : at });
  }

  /** Open what a row stands for: its place in the design, or a schema's file. */
  async open(row: Row, another = false): Promise<void> {
    const { root } = this.tree.service;
    if (row.at !== null) {
      await this.execute(OPEN_DESIGN, {
        root,
        at: row.at,
        ...(another ? { another } : {}),
      });
    } else if (row.path !== "") {
      await this.execute("ddd-lab:open-spec", { root, path: row.path });
    } else if (row.expanded !== null) {
      this.fold(row, !row.expanded);
    }
  }

  async execute(command: string, args: ReadonlyJSONObject): Promise<void> {
    this.fail("");
    await this.host.execute(command, args).catch((error: unknown) => this.fail(words(error)));
  }

  private onTreeChanged(): void {
    if (this.wanted !== null && this.tree.state !== null) {
      this.reveal(this.wanted);
    }
    this.stateChanged.emit();
  }

  private fail(failure: string): void {
    this.failure = failure;
    this.stateChanged.emit();
  }

  private get memory(): Memory {
    const { state } = this.tree;
    const root = state?.root ?? "";
    const known = this.memories.get(root);
    if (known !== undefined || state === null) {
      return known ?? { expanded: new Set(), active: SYSTEM };
    }
    const memory = { expanded: firstExpanded(state), active: SYSTEM };
    this.memories.set(root, memory);
    return memory;
  }

  private remember(part: Partial<Memory>): void {
    this.memories.set(this.tree.state?.root ?? "", { ...this.memory, ...part });
    this.stateChanged.emit();
  }
}
