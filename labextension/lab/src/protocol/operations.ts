// Generated from ddd_lab/lab/server/endpoints.py by scripts/generate_protocol.py: run `make schema`.

import type {
  Accepted,
  Confirmed,
  Drift,
  EventList,
  FlowNamed,
  Opening,
  ProjectState,
  Projects,
  PromptView,
  PromptWanted,
  QueueWanted,
  RootNamed,
  RunNamed,
  RunView,
  RunWanted,
  StateWanted,
  TestReport,
  TestsWanted,
  TrustWanted,
} from "./messages";

/** Base of everything that travels; no argument at all by itself. */
export type Message = Record<string, never>;

/** What the browser can ask for: the arguments and the result of each. */
export interface Queries {
  drift: { args: FlowNamed; result: Drift };
  events: { args: RootNamed; result: EventList };
  opening: { args: Message; result: Opening };
  project: { args: StateWanted; result: ProjectState };
  projects: { args: Message; result: Projects };
  run: { args: RunNamed; result: RunView };
}

/** What the browser can ask for: the arguments and the result of each. */
export interface Actions {
  accept: { args: Accepted; result: ProjectState };
  "claude-md": { args: RootNamed; result: ProjectState };
  prompt: { args: PromptWanted; result: PromptView };
  queue: { args: QueueWanted; result: ProjectState };
  "run/confirm": { args: Confirmed; result: RunView };
  "run/resume": { args: RunNamed; result: RunView };
  "run/start": { args: RunWanted; result: RunView };
  "run/stop": { args: RunNamed; result: RunView };
  tests: { args: TestsWanted; result: TestReport };
  trust: { args: TrustWanted; result: ProjectState };
  "trust/revoke": { args: RootNamed; result: ProjectState };
}
