import { URLExt } from "@jupyterlab/coreutils";
import { ServerConnection } from "@jupyterlab/services";
import {
  type Actions,
  type Queries,
  type Refusal,
  type StateWanted,
  type TrustQuestion,
  VERSION,
} from "../protocol";

const NO_EXTENSION =
  "DDD Lab's Jupyter server extension is missing. Install ddd-lab in the environment that the " +
  "server runs in, and start the server again; `jupyter server extension list` must name ddd_lab.lab.";
const SIGNED_OUT =
  "The Jupyter server has sent something else than an answer. Reload the page, and sign in again if " +
  "it asks you to.";
const NO_SERVER = "The Jupyter server does not answer. What is shown here may be old.";

/** A call that the server refused, in words for the person. */
export class RefusedError extends Error {
  override readonly name = "RefusedError";

  /**
   * @param trust What the person is asked where the project has to be trusted first.
   * @param isMissing Whether there is no such folder or file.
   */
  constructor(
    message: string,
    readonly trust: TrustQuestion | null = null,
    readonly isMissing = false,
  ) {
    super(message);
  }
}

/** Asks the person whether they trust a project. */
export type AskTrust = (asked: TrustQuestion) => Promise<boolean>;

/** Calls to the server: its endpoints with their arguments and results are in `protocol`. */
export class Requests {
  /** Questions that wait for the person, by what is asked: each is asked once. */
  private readonly asked = new Map<string, Promise<boolean>>();

  constructor(
    private readonly settings: ServerConnection.ISettings,
    private readonly askTrust: AskTrust,
  ) {}

  /** Ask something. */
  async ask<Path extends keyof Queries>(
    path: Path,
    args: Queries[Path]["args"],
  ): Promise<Queries[Path]["result"]> {
    return await this.get(path, args);
  }

  /** How a project stands; null where it still stands as at `rev`. */
  async news<Path extends "project" | "tree">(
    path: Path,
    wanted: StateWanted,
    signal?: AbortSignal,
  ): Promise<Queries[Path]["result"] | null> {
    return await this.get(path, wanted, signal);
  }

  /** Have something done; where the project has to be trusted for it, the person is asked first. */
  async act<Path extends keyof Actions>(
    path: Path,
    args: Actions[Path]["args"],
  ): Promise<Actions[Path]["result"]> {
    try {
      return await this.post(path, args);
    } catch (error) {
      if (!(error instanceof RefusedError && error.trust !== null)) {
        throw error;
      }
      await this.trust(args.root, error.trust);
      return await this.act(path, args);
    }
  }

  private get<Answer>(path: keyof Queries, query: object, signal?: AbortSignal): Promise<Answer> {
    const parts = Object.entries(query).map(([key, value]) => `${key}=${encoded(String(value))}`);
    return this.send(`${path}?${parts.join("&")}`, { method: "GET", signal: signal ?? null });
  }

  private post<Answer>(path: keyof Actions, body: object): Promise<Answer> {
    const address = `${path}?version=${encoded(VERSION)}`;
    return this.send(address, { method: "POST", body: JSON.stringify(body) });
  }

  private async trust(root: string, asked: TrustQuestion): Promise<void> {
    const key = JSON.stringify([root, asked.fingerprint]);
    const answer = this.asked.get(key) ?? this.askTrust(asked);
    this.asked.set(key, answer);
    const agreed = await answer.finally(() => this.asked.delete(key));
    if (!agreed) {
      throw new RefusedError(asked.declined);
    }
    // Where it has changed since it was shown, the call that is made next asks anew.
    await this.post("trust", { root, fingerprint: asked.fingerprint }).catch((error: unknown) => {
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
    const isMissing = response.status === 404 && wordsOf(answer) !== undefined;
    throw new RefusedError(wordsOf(answer) ?? wordsFor(response), trustOf(answer), isMissing);
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

function trustOf(answer: unknown): TrustQuestion | null {
  return (answer as Refusal | null)?.trust ?? null;
}

function wordsFor(response: Response): string {
  if (response.ok || response.status === 401) {
    return SIGNED_OUT; // a page to sign in, most likely
  }
  return response.status === 404
    ? NO_EXTENSION
    : `The Jupyter server answered ${response.status} ${response.statusText}.`;
}
