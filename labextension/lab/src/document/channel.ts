import { type Kernel, KernelMessage } from "@jupyterlab/services";
import { type JSONObject, UUID } from "@lumino/coreutils";

/** What the kernel's side listens to: `ddd_lab/lab/tab_canvas.py`. */
const TARGET = "ddd-lab:canvas";

/**
 * A comm with the kernel's side of a tab.
 *
 * JupyterLab lets one connection to a kernel have comms, which is the notebook's: its widgets would
 * not work if it were ours. So this one sends the messages of a comm itself.
 */
export class Channel {
  private readonly id = UUID.uuid4();
  private isClosed = false;
  /** Which run of the kernel has it; another run knows nothing of it. */
  private run = "";

  /**
   * @param receive hears what the kernel sends.
   * @param ended hears that the kernel has closed it.
   * @param lost hears that the kernel was restarted, where JupyterLab has not noticed.
   */
  constructor(
    private readonly kernel: Kernel.IKernelConnection,
    data: JSONObject,
    private readonly receive: (data: JSONObject) => void,
    private readonly ended: () => void,
    private readonly lost: () => void,
  ) {
    kernel.iopubMessage.connect(this.onMessage, this);
    const content = { comm_id: this.id, target_name: TARGET, data };
    this.post(
      KernelMessage.createMessage({
        ...this.head,
        msgType: "comm_open",
        content,
        channel: "shell",
      }),
    );
  }

  send(data: JSONObject): void {
    if (this.isClosed || this.kernel.isDisposed) {
      throw new Error("The kernel has stopped.");
    }
    const content = { comm_id: this.id, data };
    this.post(
      KernelMessage.createMessage({ ...this.head, msgType: "comm_msg", content, channel: "shell" }),
    );
  }

  close(): void {
    if (!this.isClosed && !this.kernel.isDisposed && this.kernel.status !== "dead") {
      const content = { comm_id: this.id, data: {} };
      this.post(
        KernelMessage.createMessage({
          ...this.head,
          msgType: "comm_close",
          content,
          channel: "shell",
        }),
      );
    }
    this.end();
  }

  private end(): void {
    this.isClosed = true;
    this.kernel.iopubMessage.disconnect(this.onMessage, this);
  }

  private get head() {
    return { session: this.kernel.clientId, username: this.kernel.username };
  }

  private post(message: KernelMessage.IShellMessage): void {
    this.kernel.sendShellMessage(message, false, true);
  }

  private onMessage(_: Kernel.IKernelConnection, message: KernelMessage.IIOPubMessage): void {
    if (this.run !== "" && message.header.session !== this.run) {
      this.end();
      this.lost();
    } else if (KernelMessage.isCommMsgMsg(message) && message.content.comm_id === this.id) {
      this.run = message.header.session;
      this.receive(message.content.data);
    } else if (KernelMessage.isCommCloseMsg(message) && message.content.comm_id === this.id) {
      this.end();
      this.ended();
    }
  }
}
