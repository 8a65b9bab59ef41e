import { PathExt } from "@jupyterlab/coreutils";
import { Signal } from "@lumino/signaling";
import { themeOfPage } from "../page/theme";
import { words } from "../page/words";
import type { Field, NewDesignChoices, NewDesignState } from "../protocol";
import type { Requests } from "../service/requests";

/** Milliseconds after the last key before the server looks at what was typed. */
const PAUSE = 200;

/** What a person fills in. */
export interface Filled {
  readonly kit: string;
  readonly name: string;
  readonly folder: string;
  readonly stack: string;
  readonly git: boolean;
}

/** Where the dialog begins: a folder to begin in, or the one that the new folder will lie in. */
export interface Given {
  readonly folder?: string;
  readonly cwd?: string;
  readonly kit?: string;
}

/** A new design as it is filled in; what is wrong with it is found as one types. */
export class NewDesignModel {
  /** What there is to choose; null before the server has answered. */
  choices: NewDesignChoices | null = null;
  filled: Filled;
  /** What the server says of name and folder; null before it has answered. */
  state: NewDesignState | null = null;
  /** Why something failed that no field is to blame for. */
  failure = "";
  busy = false;
  readonly changed = new Signal<this, void>(this);

  private readonly touched = new Set<Field>();
  private timer = 0;
  private serial = 0;
  private ownFolder: boolean;

  constructor(
    private readonly requests: Requests,
    private readonly given: Given,
  ) {
    this.ownFolder = given.folder !== undefined;
    this.filled = {
      kit: given.kit ?? "empty",
      name: given.folder === undefined ? "" : PathExt.basename(given.folder),
      folder: given.folder ?? "",
      stack: "",
      git: true,
    };
  }

  /** Ask what there is to choose. */
  async load(): Promise<void> {
    try {
      this.choices = await this.requests.ask("new/choices", { theme: themeOfPage() });
      const { no_git } = this.choices;
      this.filled = { ...this.filled, git: no_git === "" };
      if (this.ownFolder) {
        this.touched.add("folder");
        await this.check();
      }
    } catch (error) {
      this.failure = words(error);
    }
    this.changed.emit();
  }

  /** Fill something in. */
  fill(more: Partial<Filled>): void {
    this.failure = "";
    this.filled = { ...this.filled, ...more };
    this.ownFolder ||= more.folder !== undefined;
    if (more.name !== undefined || more.folder !== undefined) {
      this.touched.add(more.name === undefined ? "folder" : "name");
      if (!this.ownFolder) {
        this.filled = { ...this.filled, folder: this.folderFor(this.filled.name) };
        this.touched.add("folder");
      }
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => void this.check(), PAUSE);
    }
    this.changed.emit();
  }

  /** What is wrong with a field, once a person has been there. */
  problem(field: Field): string {
    const problem = this.state?.problems.find((one) => one.field === field);
    return problem !== undefined && this.touched.has(field) ? problem.words : "";
  }

  /** Begin the design; returns its folder, or nothing where it cannot be begun so. */
  async begin(): Promise<string | null> {
    if (this.busy || this.choices === null) {
      return null;
    }
    this.busy = true;
    this.failure = "";
    this.changed.emit();
    window.clearTimeout(this.timer);
    this.serial += 1;
    const { folder, stack, ...more } = this.filled;
    const kit = this.choices.kits.find(({ id }) => id === more.kit);
    const own = kit?.is_sample === true; // a sample has a stack of its own
    try {
      this.state = await this.requests.act("new", {
        root: folder,
        stack: own ? "" : stack,
        ...more,
      });
      for (const { field } of this.state.problems) {
        this.touched.add(field);
      }
      return this.state.problems.length === 0 ? this.state.root : null;
    } catch (error) {
      this.failure = words(error);
      return null;
    } finally {
      this.busy = false;
      this.changed.emit();
    }
  }

  private async check(): Promise<void> {
    this.serial += 1;
    const { serial } = this;
    const { folder, name } = this.filled;
    try {
      const state = await this.requests.ask("new/check", { root: folder, name });
      if (serial === this.serial) {
        this.state = state;
        this.changed.emit();
      }
    } catch (error) {
      this.failure = words(error);
      this.changed.emit();
    }
  }

  private folderFor(name: string): string {
    const id = name
      .toLowerCase()
      .replace(/[^a-z0-9_]+/g, "-")
      .replace(/^-+|-+$/g, "");
    return PathExt.join(this.given.cwd ?? "", id || "design");
  }
}
