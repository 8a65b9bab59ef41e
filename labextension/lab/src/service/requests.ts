import { URLExt } from "@jupyterlab/coreutils";
import { ServerConnection } from "@jupyterlab/services";
import type {
  Accepted,
  Confirmed,
  Drift,
  EventList,
  FlowNamed,
  ProjectState,
  Projects,
  PromptView,
  PromptWanted,
  QueueWanted,
  Refusal,
  RunNamed,
  RunView,
  RunWanted,
  TestReport,
  TestsWanted,
} from "../wire";

const NO_EXTENSION =
  "DDD Lab's part of the Jupyter server is not there. Install ddd-lab in the environment that the " +
  "server runs in, and start the server again; `jupyter server extension list` must name ddd_lab.lab.";
const NO_SERVER = "The Jupyter server does not answer. What is shown here may be old.";

/** A call that the server refused, in words for the person. */
export class RefusedError extends Error {
  override readonly name = "RefusedError";
}

/** Calls to the server, one for each endpoint of `ddd_lab/lab/wire.py`. */
export class Requests {
  constructor(private readonly settings: ServerConnection.ISettings) {}

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
    return this.post("run/start", wanted);
  }

  stop(wanted: RunNamed): Promise<RunView> {
    return this.post("run/stop", wanted);
  }

  resume(wanted: RunNamed): Promise<RunView> {
    return this.post("run/resume", wanted);
  }

  confirm(wanted: Confirmed): Promise<RunView> {
    return this.post("run/confirm", wanted);
  }

  tests(wanted: TestsWanted): Promise<TestReport> {
    return this.post("tests", wanted);
  }

  drift(wanted: FlowNamed): Promise<Drift> {
    return this.get("drift", { root: wanted.root, flow: wanted.flow });
  }

  accept(wanted: Accepted): Promise<ProjectState> {
    return this.post("accept", wanted);
  }

  queue(wanted: QueueWanted): Promise<ProjectState> {
    return this.post("queue", wanted);
  }

  events(root: string): Promise<EventList> {
    return this.get("events", { root });
  }

  private get<Answer>(path: string, query: Record<string, string>): Promise<Answer> {
    return this.send(path + URLExt.objectToQueryString(query), { method: "GET" });
  }

  private post<Answer>(path: string, body: object): Promise<Answer> {
    return this.send(path, { method: "POST", body: JSON.stringify(body) });
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
    throw new RefusedError(wordsOf(answer) ?? wordsFor(response));
  }
}

function wordsOf(answer: unknown): string | undefined {
  const message = (answer as Refusal | null)?.message;
  return typeof message === "string" && message !== "" ? message : undefined;
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
