import type { Kernel, ServiceManager } from "@jupyterlab/services";
import { type JSONObject, PromiseDelegate } from "@lumino/coreutils";
import type { Message } from "@lumino/messaging";
import { Signal } from "@lumino/signaling";
import { Panel, Widget } from "@lumino/widgets";
import { designIcon } from "../icons";
import { words } from "../page/words";
import type { DesignFolder } from "../protocol";
import type { Requests } from "../service/requests";
import { loadCanvas } from "./canvasFiles";
import { CanvasModel } from "./canvasModel";
import { Channel } from "./channel";
import { DesignKernels, isThere, KernelError, nameOf, serve } from "./kernels";
import { handOn, isOfJupyterLab } from "./keys";
import { type Remedy, type State, States, StatesModel } from "./States";
import type { IDesignDocument } from "./tokens";

/** Milliseconds after which a step says what holds it up. */
const LATE = 3000;
const OCCUPIED = "The kernel is busy, or still starting. The design opens as soon as it is free.";

/** What a tab needs of JupyterLab. */
export interface TabHost {
  readonly services: ServiceManager.IManager;
  readonly requests: Requests;
  /** Ask what becomes of unsaved edits; says whether the tab is to close. */
  mayClose(tab: IDesignDocument): Promise<boolean>;
}

/** What the canvas is told that concerns the tab as well. */
interface Head {
  readonly at?: string;
  readonly title?: string;
  readonly status?: { readonly unsaved: readonly string[] };
}

/** A design in a tab: the canvas of a project on a kernel, without a notebook. */
export class DesignDocument extends Panel implements IDesignDocument {
  readonly changed: Signal<IDesignDocument, void> = new Signal(this);
  /** The line by which a cell of the kernel has the project. */
  cell = "";
  /** What the server says of the folder; null until it has been asked. */
  folder: DesignFolder | null = null;
  unsaved: readonly string[] = [];
  private readonly canvas = new Widget();
  private readonly states = new StatesModel();
  private readonly model = new CanvasModel();
  private readonly mounted = new PromiseDelegate<void>();
  private readonly kernels: DesignKernels;
  private connection: Kernel.IKernelConnection | null = null;
  private unmount: (() => void) | null = null;
  /** Counts the attempts to connect: what an older one finds out is of no use any more. */
  private attempt = 0;
  /** What has become of the kernel that the canvas was on; empty while it is there. */
  private loss = "";
  private name: string;
  private place = "";

  constructor(
    id: string,
    readonly root: string,
    public at: string,
    private wanted: string,
    private readonly host: TabHost,
  ) {
    super();
    this.kernels = new DesignKernels(host.services);
    this.id = id;
    this.addClass("ddd-lab-document");
    this.addClass("ddd-lab-panel");
    this.node.tabIndex = -1;
    this.canvas.addClass("ddd-lab-canvas");
    this.addWidget(this.canvas);
    this.addWidget(new States(this.states));
    this.title.icon = designIcon;
    this.name = nameOf(root);
    this.title.label = this.name;
    this.title.caption = root;
    this.title.closable = true;
    this.title.dataset = { type: "ddd-lab-design" };
    // Where the canvas's version is not the kernel's.
    this.node.addEventListener("ddd-lab:restart-kernel", (event) => {
      event.preventDefault();
      event.stopPropagation();
      void this.connection?.restart();
    });
    void this.connect();
  }

  get kernel(): string {
    return this.connection?.id ?? this.wanted;
  }

  override dispose(): void {
    if (!this.isDisposed) {
      this.attempt += 1;
      this.leave();
      const kernel = this.connection;
      this.connection = null;
      kernel?.dispose();
      super.dispose();
    }
  }

  /** Kept once the canvas is there. */
  get shown(): Promise<void> {
    return this.mounted.promise;
  }

  async go(at: string): Promise<void> {
    if (this.model.channel === null) {
      this.at = at; // the canvas begins there
    } else {
      await this.model.ask("go", { at });
    }
  }

  async save(): Promise<void> {
    await this.model.ask("save", {});
  }

  async restore(flow: string, commit: string): Promise<void> {
    await this.model.ask("restore_version", { flow, commit });
  }

  async discard(paths: readonly string[]): Promise<void> {
    await this.model.ask("discard_changes", { paths: [...paths] });
  }

  protected override onActivateRequest(_: Message): void {
    this.focus();
  }

  protected override onCloseRequest(message: Message): void {
    void this.host.mayClose(this).then((may) => {
      if (may) {
        super.onCloseRequest(message);
        this.dispose();
      }
    });
  }

  // --- the way to the canvas -----------------------------------------------------------------

  /** Find or start the kernel, open the design there, and show the canvas. */
  private async connect(): Promise<void> {
    this.attempt += 1;
    const attempt = this.attempt;
    const say = (text: string) => {
      if (attempt === this.attempt) {
        this.states.state = { kind: "busy", text: [this.loss, text].join(" ").trim() };
      }
    };
    const step: Step = async (text, work, late = text) => {
      say(text);
      const timer = setTimeout(say, LATE, late);
      const value = await work().finally(() => clearTimeout(timer));
      if (attempt !== this.attempt) {
        throw new OutdatedError();
      }
      return value;
    };
    try {
      await this.open(step);
    } catch (error) {
      if (attempt === this.attempt) {
        this.fail(error);
      }
    }
  }

  private async open(step: Step): Promise<void> {
    const { requests } = this.host;
    const loading = loadCanvas(requests);
    loading.catch(() => undefined); // that is said below
    const ask = () => requests.ask("folder", { root: this.root });
    const folder = await step("Looking for the design…", ask);
    this.folder = folder;
    const obstacle = this.obstacleOf(folder);
    if (obstacle !== null) {
      this.states.state = obstacle;
      return;
    }
    if (this.connection === null) {
      this.use(await step("Starting a kernel…", () => this.kernels.connect(folder, this.wanted)));
    }
    const kernel = this.connection as Kernel.IKernelConnection;
    await step("Waiting for the kernel…", () => isThere(kernel), OCCUPIED);
    const opening = kernel.status === "busy" ? OCCUPIED : "Opening the design…";
    await step(opening, () => serve(kernel, folder.root));
    const { default: canvas } = await step("Loading the canvas…", () => loading);
    this.mount(kernel, canvas.render);
  }

  /** What is in the way of opening a folder; null where nothing is. */
  private obstacleOf({ root, shadow }: DesignFolder): State | null {
    const title = "No kernel is started in this folder.";
    if (shadow !== "" && this.wanted === "") {
      const text = `It would run ${shadow}, which lies in ${root}, in the place of an installed module. Rename it or move it elsewhere, and try again.`;
      return { kind: "trouble", title, text, remedies: [this.retry] };
    }
    // Such bytes come as half a character each.
    if (/[\ud800-\udfff]/u.test(root)) {
      const text = `The name of ${root} is not UTF-8, which Jupyter cannot handle. Rename the folder, and open the design there.`;
      return { kind: "trouble", title, text, remedies: [this.retry] };
    }
    return null;
  }

  /** Follow a kernel. */
  private use(kernel: Kernel.IKernelConnection): void {
    this.connection = kernel;
    this.wanted = kernel.id;
    kernel.statusChanged.connect(this.onStatus, this);
    kernel.disposed.connect(this.onGone, this);
    this.changed.emit();
  }

  private onStatus(_: Kernel.IKernelConnection, status: Kernel.Status): void {
    if (status === "dead") {
      this.onGone();
    } else if (status === "restarting" || status === "autorestarting") {
      this.lose("The kernel is restarting.");
    } else if (status === "starting" && this.model.channel !== null) {
      this.lose("The kernel was restarted."); // by somebody else, a notebook for example
    }
  }

  /** The kernel is gone for good; whoever has shut it down does not want another one at once. */
  private onGone(): void {
    if (this.connection === null) {
      return; // the tab has left it, or knows
    }
    this.connection = null;
    this.wanted = "";
    if (this.halt("The kernel has stopped.")) {
      this.states.state = {
        kind: "trouble",
        title: "The kernel has stopped.",
        text: "What you see here is how it was then. Another kernel goes on from there, unsaved edits included.",
        remedies: [{ label: "Start a kernel", do: () => this.connectAgain() }],
      };
    }
  }

  /** Show what is known while the kernel is not there, and wait for it. */
  private lose(loss: string): void {
    if (this.halt(loss)) {
      void this.connect();
    }
  }

  /** Let nothing be done with what is shown; says whether something is. */
  private halt(loss: string): boolean {
    const isShown = this.model.channel !== null || this.loss !== "";
    this.holdFocus();
    this.model.lose(loss);
    this.canvas.node.inert = true;
    this.attempt += 1;
    if (isShown) {
      this.loss = loss;
    } else {
      this.fail(new KernelError("The kernel stopped before the design was open."));
    }
    return isShown;
  }

  private mount(kernel: Kernel.IKernelConnection, render: Render): void {
    this.holdFocus();
    this.leave();
    const view = document.createElement("div");
    this.canvas.node.replaceChildren(view);
    this.canvas.node.inert = false;
    const place = { root: this.folder?.root ?? this.root, at: this.at, tab: this.id };
    const receive = (content: JSONObject) => this.receive(content);
    this.model.channel = new Channel(
      kernel,
      place,
      receive,
      () => this.end(),
      () => this.lose("The kernel was restarted."),
    );
    this.unmount = render({ model: this.model, el: view });
    // The canvas, which has just put its own listener there, lets nothing go further.
    view.addEventListener("keydown", (event) => {
      if (!event.defaultPrevented && isOfJupyterLab(event)) {
        handOn(event, this.node);
      }
    });
    this.states.state = { kind: "shown" };
    this.mounted.resolve();
  }

  /** What the kernel says, for the canvas and for the tab. */
  private receive(content: JSONObject): void {
    this.model.receive(content);
    if (typeof content.name === "string") {
      this.name = content.name;
      this.cell = String(content.cell);
    }
    const board = content.board as Head | undefined;
    const head = board ?? (content.patch as { board?: Head } | undefined)?.board;
    if (head) {
      this.note(head);
    }
    if (board && this.loss !== "") {
      this.loss = "";
      this.model.receive({ notice: { tone: "info", text: "The kernel was started anew." } });
    }
    if (board && document.activeElement === this.node) {
      this.focus();
    }
  }

  private note({ at, title, status }: Head): void {
    this.at = at ?? this.at;
    this.place = title ?? this.place;
    this.unsaved = status?.unsaved ?? this.unsaved;
    const isDirty = this.unsaved.length > 0;
    this.title.label = this.name;
    this.title.caption = [
      this.at === "" ? this.name : `${this.name}: ${this.place}`,
      this.folder?.root ?? this.root,
      ...(isDirty ? [`Unsaved: ${this.unsaved.join(", ")}`] : []),
    ].join("\n");
    this.title.className = isDirty ? "jp-mod-dirty" : "";
    this.changed.emit();
  }

  /** The kernel has closed the canvas: the same tab is open elsewhere. */
  private end(): void {
    this.model.lose("This design is shown in another window.");
    this.canvas.node.inert = true;
    this.states.state = {
      kind: "trouble",
      title: "This design is shown in another window.",
      text: "The same tab was opened there. What you see here is how it was then.",
      remedies: [{ label: "Show it here", do: () => this.connectAgain() }],
    };
  }

  private fail(error: unknown): void {
    this.states.state = {
      kind: "trouble",
      title: `${this.name} could not be opened.`,
      text: words(error),
      remedies: [this.retry],
    };
  }

  private readonly retry: Remedy = { label: "Try again", do: () => this.connectAgain() };

  private connectAgain(): void {
    this.holdFocus(); // the button goes
    void this.connect();
  }

  /** Take the canvas off the screen. */
  private leave(): void {
    this.model.channel?.close();
    this.model.channel = null;
    this.unmount?.();
    this.unmount = null;
  }

  /** Keep the focus in the tab while the canvas goes. */
  private holdFocus(): void {
    if (this.node.contains(document.activeElement)) {
      this.node.focus({ preventScroll: true });
    }
  }

  private focus(): void {
    const part = this.node.querySelector<HTMLElement>(".ddd-root, .ddd-lab-state button");
    (part ?? this.node).focus({ preventScroll: true });
  }
}

/** A step of the way to the canvas. */
type Step = <Value>(text: string, work: () => Promise<Value>, late?: string) => Promise<Value>;

type Render = (view: { model: CanvasModel; el: HTMLElement }) => () => void;

/** The tab goes another way by now. */
class OutdatedError extends Error {
  override readonly name = "OutdatedError";
}
