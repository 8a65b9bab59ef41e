"""What travels between the panels of JupyterLab and the server extension.

``lab/server/endpoints.py`` lists what can be asked and done, with the models of its arguments and
its result. Everything stands below ``ddd-lab/`` and asks for the rights that the server asks for
its own contents; what starts or ends programs, and trust, asks for those of its terminals. A
project is named by ``root``, its folder as an absolute path below one that the server shows. The
TypeScript types are generated from these models (``make schema``), and a test fails when they
drift.

The panel asks for the projects first, which tells it the server's version. Every POST says the
panel's in ``?version``: where the two differ nothing is done.

What cannot be done is answered with 400 (the call is wrong), 403 (it lies outside of what the
server shows), 404 (there is no such thing), 409 (not now: a run is not over, a file is broken, the
design has moved, the project is not trusted, the panel is of another version), 500 (a disk that is
full) or 503 (the project does not answer), always with a :class:`Refusal`.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ddd_lab.canvas.protocol.messages import Message
from ddd_lab.implementation.drift import TestCounts
from ddd_lab.implementation.notes import Notes
from ddd_lab.implementation.prompts.prompt import Kind as PromptKind
from ddd_lab.implementation.queue_file import ItemState, Queue, QueueState
from ddd_lab.implementation.reports import Outcome as TestStatus
from ddd_lab.implementation.reports import TestCase
from ddd_lab.implementation.runs import State as RunState
from ddd_lab.implementation.runs.file_attribution import Proposal
from ddd_lab.implementation.staleness import State as FlowState
from ddd_lab.implementation.trust_question import TrustQuestion

__all__ = ["FlowState", "ItemState", "PromptKind", "QueueState", "RunState", "TestStatus"]

QueueAction = Literal["start", "pause", "resume", "skip", "clear"]
HOLD = 20.0
"""Seconds after which a panel that waits for news is told that there are none."""


class Refusal(Message):
    """Why something was not done, and what to do about it; ``trust`` where that is to trust it."""

    message: str
    trust: TrustQuestion | None = None


# --- the project ------------------------------------------------------------------------------


class ProjectBrief(Message):
    """A project that was found.

    ``path`` is relative to the server's root and empty for that folder itself; ``root`` is
    absolute.
    """

    name: str
    path: str
    root: str


class Projects(Message):
    """The projects below the server's root, by path, and the version of the server's part."""

    version: str
    projects: list[ProjectBrief]


class DesignFolder(Message):
    """Where a design lies, and whether a kernel may be started for it.

    Attributes:
        root: its folder, without links.
        path: of that as the server's files have it; None where they lack it.
        shadow: a file there that a kernel would run in the place of an installed module.
    """

    root: str
    path: str | None
    shadow: str


class CanvasFiles(Message):
    """The canvas as the browser loads it: a module and its style sheet."""

    js: str
    css: str


class Opening(Message):
    """What JupyterLab shows when it opens.

    Attributes:
        design: folder of the design that is shown in a tab; empty for none.
        path: of a notebook whose first cell is run; empty for none.
        code: of that notebook: it is only run where it has this code and no other.
    """

    design: str = ""
    path: str = ""
    code: list[str] = Field(default_factory=list)


class FlowLine(Message):
    """A flow, and how it stands to its code."""

    key: str
    name: str
    domain: str
    agent: bool
    state: FlowState
    stale: bool
    words: list[str]
    """What moved since it was implemented, a line for each."""
    files: list[str]
    implemented_at: str
    tests: TestCounts | None
    run: str
    """Id of the newest run of this flow whose program runs; empty if none does."""


class SchemaLine(Message):
    """A schema that the mapping names, and how it stands."""

    key: str
    state: FlowState
    stale: bool
    words: list[str]


class RunBrief(Message):
    """A run in a list. ``why`` says in words why it stands so."""

    id: str
    title: str
    flows: list[str]
    schemas: list[str]
    """Whose data it migrates; empty for other kinds."""
    kind: PromptKind
    mode: Literal["new", "update"]
    state: RunState
    why: str
    created_at: str
    turns: int
    begun: bool
    """Its program was started, or could not be; else there is nothing to go on with."""
    alive: bool
    confirmed: bool
    """The person has said which files belong to its flows."""
    terminal: str
    """Name of the terminal that it runs in; empty where that is gone, or was never Jupyter's."""


class ClaudeProgram(Message):
    """Whether Claude Code can be started here; ``advice`` says what to do if not."""

    found: bool
    command: str
    advice: str
    asks: str
    """What it asks before it acts, as a sentence."""


class ProjectState(Message):
    """Everything that the panel shows of a project; ``rev`` changes when anything of it does."""

    rev: str
    root: str
    name: str
    flows: list[FlowLine]
    schemas: list[SchemaLine]
    runs: list[RunBrief]
    """The newest first, at most 50."""
    queue: Queue
    claude: ClaudeProgram
    testing: list[str]
    """Flows whose tests run just now; empty stands for all tests."""
    trusted: bool
    """Whether what it names may be run."""
    problems: list[str]
    """What is broken, so that something cannot be told or done: settings, mapping, a spec."""
    git: str
    """Another one as soon as a file has changed or anything has happened in the repository."""


class RootNamed(Message):
    """A project."""

    root: str


class TrustWanted(RootNamed):
    """A project to trust, and what proves that this is what the person was shown."""

    fingerprint: str


class StateWanted(RootNamed):
    """A project to show, with what is known of it: nothing is answered where that still holds.

    With ``wait``, the answer waits for a change.
    """

    rev: str = ""
    wait: bool = False


class FlowNamed(RootNamed):
    """A flow of a project, ``domain/flow``; all of them where it is empty."""

    flow: str = ""


class TestsWanted(FlowNamed):
    """A flow whose tests are to run; ``run`` keeps the result, else the last one confirmed."""

    run: str = ""


# --- prompts and runs -------------------------------------------------------------------------


class PromptWanted(RootNamed):
    """Flows to implement, whose failing tests to fix, or (``schemas``) data to migrate."""

    kind: PromptKind = "implement"
    flows: tuple[str, ...] = ()
    schemas: tuple[str, ...] = ()


class PromptView(Message):
    """A prompt to be looked at, edited and run."""

    kind: PromptKind
    mode: Literal["new", "update"]
    flows: list[str]
    schemas: tuple[str, ...] = ()
    text: str
    tokens: int
    """About how many."""
    files: list[str]
    """Paths of the files that it names; every one of them exists."""


class RunWanted(RootNamed):
    """A prompt as the person has left it, to be run."""

    kind: PromptKind
    mode: Literal["new", "update"]
    flows: list[str]
    schemas: tuple[str, ...] = ()
    text: str
    files: tuple[str, ...] = ()


class RunNamed(RootNamed):
    """A run of a project."""

    id: str


class Confirmed(RunNamed):
    """Which files implement which flow."""

    files: dict[str, list[str]]


class TestReport(Message):
    """What came of running tests; ``problem`` says why there is no result, if so."""

    flow: str
    command: list[str]
    passed: bool
    problem: str
    duration_ms: int
    tests: tuple[TestCase, ...]


class RunView(Message):
    """One run, whole."""

    brief: RunBrief
    prompt: str
    message: str
    """What Claude Code said at the end of its last turn."""
    notes: Notes
    files: list[Proposal]
    moved: list[str]
    """Flows whose spec was changed while the run went on: their code is stale already."""
    notices: list[str]
    """What could not be done beside recording its files."""
    tests: list[TestReport]
    """Of its flows, when they were run after it."""


# --- drift and the queue ----------------------------------------------------------------------


class Drift(Message):
    """What moved between a flow's spec and its code; ``flow`` may be the name of a schema."""

    flow: str
    state: FlowState
    words: list[str]
    diff: str
    """The spec since it was implemented, as a unified diff; empty where that version is lost."""
    seen: str
    """Proves which changes were looked at."""


class Accepted(FlowNamed):
    """A drift that is taken for in sync, and why; ``flow`` may be the name of a schema.

    ``seen`` is what came with the drift that the person looked at.
    """

    reason: str
    seen: str


class QueueWanted(RootNamed):
    """What to do with the queue; ``prompts`` are those of a queue that starts, as looked at."""

    action: QueueAction
    prompts: tuple[PromptView, ...] = ()


class EventLine(Message):
    """One line of ``.ddd/events.jsonl``."""

    at: str
    who: str
    what: str
    flow: str
    spec_hash: str
    run: str


class EventList(Message):
    """The newest 100 events of a project."""

    events: list[EventLine]
