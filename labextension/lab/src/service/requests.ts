import { URLExt } from "@jupyterlab/coreutils";
import { ServerConnection } from "@jupyterlab/services";
import {
  type Accepted,
  type Confirmed,
  type Drift,
  type EventList,
  type FlowNamed,
  type ProjectState,
  type Projects,
  type PromptView,
  type PromptWanted,
  type QueueWanted,
  type Refusal,
  type RootNamed,
  type RunNamed,
  type RunView,
  type RunWanted,
  type TestReport,
  type TestsWanted,
  type TrustView,
  type TrustWanted,
  VERSION,
} from "../protocol";

const NO_EXTENSION =
  "DDD Lab's Jupyter server extension is missing. Install ddd-lab in the environment that the " +
  "server runs in, and start the server again; `jupyter server extension list` must name ddd_lab.lab.";
const NO_SERVER = "The Jupyter server does not answer. What is shown here may be old.";

/** A call that the server refused, in words for the person. */
export class RefusedError extends Error {
  override readonly name = "RefusedError";

  /** @param trust what the person is asked where the project has to be trusted first. */
  constructor(
    message: string,
    readonly trust: TrustView | null = null,
  ) {
    super(message);
  }
}

/** Asks the person whether they trust a project. */
export type AskTrust = (asked: TrustView) => Promise<boolean>;

/** Calls to the server, one for each endpoint of `ddd_lab/lab/protocol.py`. */
export class Requests {
  /** Questions that wait for the person, by what is asked: each is asked once. */
  private readonly asked = new Map<string, Promise<boolean>>();

  constructor(
    private readonly settings: ServerConnection.ISettings,
    private readonly askTrust: AskTrust,
  ) {}

  /** The projects below the server's folder. */
  projects(): Promise<Projects> {
    return this.get("projects", {});
  }

  /** How a project stands; null where it still stands as at `rev`. */
  project(root: string, rev: string): Promise<ProjectState | null> {
    return this.get("project", { root, rev });
  }

  prompt(wanted: PromptWanted): Promise<PromptView> {
    return this.post("prompt", wanted);
  }

  run(wanted: RunNamed): Promise<RunView> {
    return this.get("run", { root: wanted.root, id: wanted.id });
  }

  start(wanted: RunWanted): Promise<RunView> {
    return this.trusted("run/start", wanted);
  }

  stop(wanted: RunNamed): Promise<RunView> {
    return this.post("run/stop", wanted);
  }

  resume(wanted: RunNamed): Promise<RunView> {
    return this.trusted("run/resume", wanted);
  }

  confirm(wanted: Confirmed): Promise<RunView> {
    return this.trusted("run/confirm", wanted);
  }

  tests(wanted: TestsWanted): Promise<TestReport> {
    return this.trusted("tests", wanted);
  }

  drift(wanted: FlowNamed): Promise<Drift> {
    return this.get("drift", { root: wanted.root, flow: wanted.flow });
  }

  accept(wanted: Accepted): Promise<ProjectState> {
    return this.post("accept", wanted);
  }

  queue(wanted: QueueWanted): Promise<ProjectState> {
    return this.trusted("queue", wanted);
  }

  /** Trust a project no longer. */
  revoke(root: string): Promise<ProjectState> {
    return this.post("trust/revoke", { root });
  }

  events(root: string): Promise<EventList> {
    return this.get("events", { root });
  }

  private get<Answer>(path: string, query: Record<string, string>): Promise<Answer> {
    const words = Object.entries(query).map(([key, value]) => `${key}=${encoded(value)}`);
    return this.send(`${path}?${words.join("&")}`, { method: "GET" });
  }

  private post<Answer>(path: string, body: object): Promise<Answer> {
    const address = `${path}?version=${encoded(VERSION)}`;
    return this.send(address, { method: "POST", body: JSON.stringify(body) });
  }

  /** A call that starts programs; where the project is not trusted yet, the person is asked first. */
  private async trusted<Answer>(path: string, body: RootNamed): Promise<Answer> {
    try {
      return await this.post<Answer>(path, body);
    } catch (error) {
      if (!(error instanceof RefusedError && error.trust !== null)) {
        throw error;
      }
      await this.trust(body.root, error.trust);
      return await this.trusted(path, body);
    }
  }

  private async trust(root: string, asked: TrustView): Promise<void> {
    const key = JSON.stringify([root, asked.fingerprint]);
    const answer = this.asked.get(key) ?? this.askTrust(asked);
    this.asked.set(key, answer);
    const agreed = await answer.finally(() => this.asked.delete(key));
    if (!agreed) {
      throw new RefusedError(asked.declined);
    }
    const wanted: TrustWanted = { root, fingerprint: asked.fingerprint };
    // Where it has changed since it was shown, the call that is made next asks anew.
    await this.post("trust", wanted).catch((error: unknown) => {
      if (!(error instanceof RefusedError && error.trust !== null)) {
        throw error;
      }
    });
  }

  private async send<Answer>(path: string, init: RequestInit): Promise<Answer> {
    const url = URLExt.join(this.settings.baseUrl, "ddd-lab", path);
    let response: Response;
    try {
      response = await ServerConnection.makeRequest(url, init, this.settings);
    } catch {
      throw new RefusedError(NO_SERVER);
    }
    if (response.status === 304) {
      return null as Answer;
    }
    const answer: unknown = await response.json().catch(() => null);
    if (response.ok && answer !== null) {
      return answer as Answer;
    }
    throw new RefusedError(wordsOf(answer) ?? wordsFor(response), trustOf(answer));
  }
}

/** A value in an address. A folder's name may hold bytes that are no text, each as half a character. */
export function encoded(value: string): string {
  const parts = value.split(/([\udc80-\udcff])/u);
  return parts
    .map((part, index) =>
      index % 2 === 1
        ? `%${(part.charCodeAt(0) - 0xdc00).toString(16).toUpperCase()}`
        : encodeURIComponent(part.replace(/[\ud800-\udfff]/gu, "\ufffd")),
    )
    .join("");
}

function wordsOf(answer: unknown): string | undefined {
  const message = (answer as Refusal | null)?.message;
  return typeof message === "string" && message !== "" ? message : undefined;
}

function trustOf(answer: unknown): TrustView | null {
  return (answer as Refusal | null)?.trust ?? null;
}

function wordsFor(response: Response): string {
  return response.status === 404
    ? NO_EXTENSION
    : `The Jupyter server answered ${response.status} ${response.statusText}.`;
}

/** What went wrong, in words. */
export function words(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
