"""What travels between the canvas in the browser and Python.

The browser shows boards and sends each :class:`Command`; Python answers with ``{"reply": Reply}``
and pushes ``{"board": Board}`` (the whole board, after navigation or on request), ``{"patch":
Patch}`` (what changed by id), ``{"notice": Notice}``, and of the assistant ``{"assistant":
AssistantState}``, ``{"turn": TurnNews}`` and ``{"design": DesignNews}``. The TypeScript types are
generated from these models (``make schema``), and a test fails when they drift.

The first command is ``hello``, by which both sides say their versions. Where they differ, nothing
is changed.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator

from ddd_lab.canvas.protocol.field_types import JsonObject, Shown, TypeScript, shown
from ddd_lab.canvas.protocol.message import Message as Message  # noqa: PLC0414 - known from here
from ddd_lab.canvas.protocol.proposals import ComparedView, Ghost, ProposalView
from ddd_lab.maps.edge_looks import Head, Stroke
from ddd_lab.maps.links import LinkKind
from ddd_lab.spec.edit.sheet_style import ChosenStyle

Severity = Literal["error", "warning", "info"]
Level = Literal["system", "domain", "flow"]
Tag = Literal["agent", "stale"]


class Command(Message):
    """What the browser asks for; validated like an API call.

    ``at`` is the board that the browser shows, None before it has one. What is to change a board
    is refused where the canvas has gone to another one meanwhile.
    """

    id: int
    op: Annotated[str, TypeScript("keyof Operations")]
    args: Annotated[dict[str, object], TypeScript('Operations[keyof Operations]["args"]')] = Field(
        default_factory=dict
    )
    at: str | None = None


class Failure(Message):
    """Why a command was not carried out, in words for the person who asked."""

    message: str
    detail: str = ""


class Reply(Message):
    """The answer to one command."""

    id: int
    ok: bool
    result: dict[str, object] = Field(default_factory=dict)
    error: Failure | None = None


class PortView(Message):
    """An output of a card. ``label`` is what to print beside it (empty: print nothing).

    ``offset`` is in pixels along its side, from the top or from the left.
    """

    name: str
    label: Shown = ""
    declared: bool = True
    offset: float


class Counts(Message):
    """How many problems a card or a board has; ``todo`` are those of cards that are new."""

    errors: int = 0
    warnings: int = 0
    infos: int = 0
    todo: int = 0


class Badge(Message):
    """A small mark on a card; pressing it leads to what it ``offers``."""

    text: Shown
    title: Shown
    tone: Literal["neutral", "accent", "good", "warn", "bad"] = "neutral"
    offers: Literal["", "drift", "fix"] = ""


class InsideItem(Message):
    """A text in a row of a large card; a chip where it is framed.

    ``mark`` says what it is besides its text; ``hint`` is the whole text where it was cut.
    """

    text: Shown
    mark: str = ""
    hint: str = ""
    x: float
    width: float
    framed: bool = False


class InsideRow(Message):
    """A row inside a large card: ``y`` from where the rows begin, ``more`` rows had no room."""

    title: Shown = ""
    y: float
    items: list[InsideItem] = Field(default_factory=list)
    more: int = 0


class Card(Message):
    """A box on a board.

    Attributes:
        kind: ``gate`` is a person whom a team turns to, ``missing`` the stand-in for a target that
            does not exist.
        type: node type, or the kind again. type_title: what people call it ("Service call").
        category: colour group, as in :mod:`ddd_lab.maps.svg.theme`.
        summary: one quiet line. about: a description, shown below where there is room.
        x, y, width, height: top left corner and size in pixels.
        placed: False where layout chose the position because the file has none.
        has_input: whether edges may end here.
        inside: what a large card holds, row by row (agents, teams, gates).
        tags: what filters of the board ask for; a map's card has those of what it stands for.
        opens: place to go to on Enter or double-click; empty if there is none.
        fixed: cannot be deleted (trigger, domains, flows, portals).
        container: other nodes can be put into it.
        ghost: what a proposal would do to it, or what became of it; None where nothing.
    """

    id: str
    kind: Literal["domain", "flow", "portal", "event", "node", "note", "gate", "missing"]
    type: str
    type_title: str
    category: str
    icon: str
    title: str
    summary: Shown = ""
    about: Shown = ""
    x: float
    y: float
    width: float
    height: float
    placed: bool = True
    has_input: bool = True
    outputs: list[PortView] = Field(default_factory=list)
    inside: list[InsideRow] = Field(default_factory=list)
    badges: list[Badge] = Field(default_factory=list)
    tags: list[Tag] = Field(default_factory=list)
    problems: Counts = Counts()
    opens: str = ""
    fixed: bool = False
    container: bool = False
    shape: Literal["card", "terminal", "decision", "portal"] = "card"
    ghost: Ghost | None = None

    @field_validator("title")
    @classmethod
    def _cut(cls, title: str, info: ValidationInfo) -> str:
        """Cut the title, except that of a note: it is edited where it stands."""
        return title if info.data.get("kind") == "note" else shown(title)


class LabelPlace(Message):
    """Where the label of a link stands: its middle, and how wide it may be, in pixels."""

    x: float
    y: float
    width: float


class Link(Message):
    """An edge on a board.

    Attributes:
        output: port of the source card; empty on maps (no ports there).
        label: short text at the source end; empty for ``next``.
        printed: what is printed on the edge; empty where its port says it already.
        hint: what it is, in full; empty where its ends say it all.
        events: names of the events that it stands for.
        stroke, head: how it and its arrow head are drawn (see :mod:`ddd_lab.maps.edge_looks`).
        fixed: cannot be deleted (derived from specs).
        points: its ends and corners from source to target, each x and y in pixels.
        label_place: where what is printed stands; None where nothing is.
        ghost: what a proposal would do to it, or what became of it; None where nothing.
    """

    id: str
    source: str
    output: str = ""
    target: str
    label: Shown = ""
    printed: Shown = ""
    hint: Shown = ""
    events: list[Shown] = Field(default_factory=list)
    kind: LinkKind = "connection"
    stroke: Stroke = "solid"
    head: Head = "filled"
    both_ways: bool = False
    fixed: bool = False
    points: list[tuple[float, float]] = Field(default_factory=list)
    label_place: LabelPlace | None = None
    ghost: Ghost | None = None


class Frame(Message):
    """A boundary behind the cards that belong together.

    Attributes:
        kind: ``container`` (cards can be dragged into and out of it), ``body`` (of a loop or a
            parallel, worked out from the edges) or ``team`` (agents that work together).
        card: id of the card that it belongs to, which fills ``card`` of commands; may be empty.
            Cards can be put into a frame with a card, unless it is a ``body``.
        cards: ids of the cards directly inside, hidden ones included.
        chips: shown along the lower edge: what a team shares.
        note: a quiet line beside the title.
        folded: its cards are hidden in the card that it belongs to.
        depth: how many frames it lies in; the outermost are drawn first.
    """

    id: str
    kind: Literal["container", "body", "team"]
    title: Shown
    card: str = ""
    cards: list[str] = Field(default_factory=list)
    x: float
    y: float
    width: float
    height: float
    chips: list[Badge] = Field(default_factory=list)
    note: str = ""
    folded: bool = False
    depth: int = 0


class Crumb(Message):
    """One segment of the breadcrumb."""

    title: Shown
    at: str


class PaletteEntry(Message):
    """A node type that can be placed; a flow ``ends`` at some."""

    type: str
    title: str
    category: str
    icon: str
    help: str
    ends: bool


class Status(Message):
    """What is saved and what is not.

    Attributes:
        state: failed (the last save; ``message`` says why), conflict (changed on disk and here),
            readonly (a broken file: shown as far as it could be read).
        unsaved: paths with unsaved changes.
        undo, redo: label of the step that undo or redo would take; empty if there is none.
        conflicts: paths with versions on both sides.
        merging: paths in which a merge of Git has left conflict markers.
    """

    state: Literal["saved", "unsaved", "failed", "conflict", "readonly"] = "saved"
    message: str = ""
    unsaved: list[str] = Field(default_factory=list)
    undo: str = ""
    redo: str = ""
    conflicts: list[str] = Field(default_factory=list)
    merging: list[str] = Field(default_factory=list)


class SyncStatusView(Message):
    """How a flow and its code stand to each other, where there is code.

    Attributes:
        stale: whether somebody has to do something about it.
        title: the state as a sentence; empty where nothing is stale.
        words: the first changes, a line for each; ``more`` are left out.
        failed: tests of the flow that failed when they ran last; 1 where they gave no result.
    """

    state: Literal["in_sync", "layout_only", "spec_ahead", "code_ahead", "diverged", "pending"]
    stale: bool = False
    title: str = ""
    words: list[str] = Field(default_factory=list)
    more: int = 0
    failed: int = 0


class Board(Message):
    """One sheet: everything that the canvas needs to draw it.

    Attributes:
        rev: counts up with every change that the browser is told about.
        at: ``""`` for the system, ``domain`` or ``domain/flow``.
        project: tells the project from others that are open in the same page.
        direction: where the edges of a flow sheet lead: with ``right`` ports stand at the right
            side of cards and edges end at the left, with ``down`` at the lower side and the top.
        style: how a flow sheet lies: as a person chose it, or ``automatic``: Tidy takes what shows
            most. ``wrapped`` is rightwards in rows, like text.
        apart: cards are shown beside their stored places, since there they would cover others:
            offer to tidy.
        sync_status: of a flow sheet, where something is recorded of its code.
        empty: what to say when there is nothing to draw; empty otherwise.
        palette: node types that can be placed here (flow sheets only).
        domains: ids and names of all domains, for the new-flow form.
        proposal: what a model suggests, wherever in the project; None where there is nothing.
        compared: the earlier version that this canvas compares with; None where with none.
        lacks: what cannot be done where the project is open, and why: its commands are greyed.
    """

    rev: int
    at: str
    project: str = ""
    level: Level
    title: Shown
    subtitle: Shown = ""
    direction: Literal["right", "down"] = "right"
    style: ChosenStyle = "automatic"
    apart: bool = False
    breadcrumb: list[Crumb]
    can_go_back: bool = False
    cards: list[Card]
    links: list[Link]
    frames: list[Frame] = Field(default_factory=list)
    problems: Counts = Counts()
    palette: list[PaletteEntry] = Field(default_factory=list)
    domains: list[Crumb] = Field(default_factory=list)
    status: Status = Status()
    sync_status: SyncStatusView | None = None
    empty: str = ""
    proposal: ProposalView | None = None
    compared: ComparedView | None = None
    lacks: dict[str, str] = Field(default_factory=dict)


class ProblemView(Message):
    """One problem in the list; ``at``, ``card`` and ``field`` are where a click leads.

    ``title`` is what people call the card or board. ``key`` names it to the operation ``fix``;
    ``fixes`` are what its quick fixes would do, where they were asked for. ``todo`` where its card
    is new and nobody has left it yet.
    """

    severity: Severity
    rule: str
    message: str
    path: str
    line: int
    column: int
    at: str = ""
    card: str = ""
    field: list[str] = Field(default_factory=list)
    title: Shown = ""
    todo: bool = False
    key: str = ""
    fixes: list[str] = Field(default_factory=list)


class Patch(Message):
    """What changed since revision ``since``; a browser at another revision asks for the board.

    ``cards`` and ``links`` hold, by id, only the fields that changed (whole objects for new ids);
    ``gone_cards`` and ``gone_links`` list removed ids; ``board`` holds changed top-level fields
    (``status``, ``problems``, ``title``, ...). Where no card shows the change, only the revision is
    another. ``problem_list`` has all problems after another check of the rules, worst first, where
    the canvas has asked for them before.
    """

    since: int
    rev: int
    cards: Annotated[dict[str, JsonObject], TypeScript("Record<string, Partial<Card>>")] = Field(
        default_factory=dict
    )
    links: Annotated[dict[str, JsonObject], TypeScript("Record<string, Partial<Link>>")] = Field(
        default_factory=dict
    )
    gone_cards: list[str] = Field(default_factory=list)
    gone_links: list[str] = Field(default_factory=list)
    board: Annotated[JsonObject, TypeScript("Partial<Board>")] = Field(default_factory=dict)
    problem_list: list[ProblemView] | None = None


class Notice(Message):
    """Something that happened without being asked for: announced politely, shown for a while."""

    tone: Literal["info", "good", "bad"] = "info"
    text: str
