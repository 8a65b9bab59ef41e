// Generated from ddd_lab/lab/server/endpoints.py by scripts/generate_protocol.py: run `make schema`.

import type {
  Accepted,
  CanvasFiles,
  ChoicesWanted,
  Confirmed,
  DesignDiffView,
  DesignDiffWanted,
  DesignFolder,
  DesignVersions,
  Drift,
  EventList,
  FileNamed,
  FlowGraph,
  FlowMarks,
  FlowNamed,
  FlowTrace,
  GitCommitWanted,
  GitDone,
  GitHistory,
  GitPaths,
  GitPutBackWanted,
  GitRestoreWanted,
  GitState,
  Located,
  MarksWanted,
  NewDesignChoices,
  NewDesignNamed,
  NewDesignState,
  NewDesignWanted,
  NotebookNamed,
  Opening,
  PlaceNamed,
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
  TraceWanted,
  Tree,
  TreeWanted,
  TrustWanted,
} from "./messages";

/** Base of everything that travels; no argument at all by itself. */
export type Message = Record<string, never>;

/** What the browser can ask for: the arguments and the result of each. */
export interface Queries {
  canvas: { args: Message; result: CanvasFiles };
  "design-diff": { args: DesignDiffWanted; result: DesignDiffView };
  "design-diff/versions": { args: PlaceNamed; result: DesignVersions };
  drift: { args: FlowNamed; result: Drift };
  events: { args: RootNamed; result: EventList };
  "flow-map": { args: RootNamed; result: FlowGraph };
  "flow-map/marks": { args: MarksWanted; result: FlowMarks };
  "flow-map/trace": { args: TraceWanted; result: FlowTrace };
  folder: { args: RootNamed; result: DesignFolder };
  git: { args: RootNamed; result: GitState };
  "git/history": { args: FlowNamed; result: GitHistory };
  locate: { args: FileNamed; result: Located };
  "new/check": { args: NewDesignNamed; result: NewDesignState };
  "new/choices": { args: ChoicesWanted; result: NewDesignChoices };
  opening: { args: Message; result: Opening };
  project: { args: StateWanted; result: ProjectState };
  projects: { args: Message; result: Projects };
  run: { args: RunNamed; result: RunView };
  tree: { args: TreeWanted; result: Tree };
}

/** What the browser can ask for: the arguments and the result of each. */
export interface Actions {
  accept: { args: Accepted; result: ProjectState };
  "claude-md": { args: RootNamed; result: ProjectState };
  "git/abort": { args: RootNamed; result: GitDone };
  "git/commit": { args: GitCommitWanted; result: GitDone };
  "git/discard": { args: GitPaths; result: GitDone };
  "git/init": { args: RootNamed; result: GitDone };
  "git/pull": { args: RootNamed; result: GitDone };
  "git/push": { args: RootNamed; result: GitDone };
  "git/put-back": { args: GitPutBackWanted; result: GitDone };
  "git/restore": { args: GitRestoreWanted; result: GitDone };
  "git/stage": { args: GitPaths; result: GitDone };
  "git/unstage": { args: GitPaths; result: GitDone };
  new: { args: NewDesignWanted; result: NewDesignState };
  prompt: { args: PromptWanted; result: PromptView };
  queue: { args: QueueWanted; result: ProjectState };
  "run/confirm": { args: Confirmed; result: RunView };
  "run/resume": { args: RunNamed; result: RunView };
  "run/start": { args: RunWanted; result: RunView };
  "run/stop": { args: RunNamed; result: RunView };
  tests: { args: TestsWanted; result: TestReport };
  trust: { args: TrustWanted; result: ProjectState };
  "trust/revoke": { args: RootNamed; result: ProjectState };
  walkthroughs: { args: Message; result: NotebookNamed };
}
