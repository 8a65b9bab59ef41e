"""What the canvas shows of the assistant: models, budget, and conversations as they go on."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from ddd_lab.canvas.protocol.field_types import Shown
from ddd_lab.canvas.protocol.message import Message

AssistantMode = Literal["explore", "ask", "auto"]


class ModelView(Message):
    """A model that can be chosen.

    Attributes:
        group: whose it is, in words.
        price: of a million tokens in and out, in words; ``free`` says that it costs nothing.
        health: what its dot shows; ``why`` says the rest, and what to do.
    """

    id: str
    label: Shown
    group: Shown
    price: str
    free: bool = False
    health: Literal["ready", "unavailable", "unknown"] = "unknown"
    why: Shown = ""


class ActionView(Message):
    """An inline action: what a model can do for one node, connection, sheet or map.

    Attributes:
        on: what it can be done to.
        question: what a person has to say first; empty if nothing.
        proposes: whether it ends in changes; else in words.
    """

    id: str
    title: str
    on: list[Literal["node", "connection", "sheet", "domain", "system"]]
    question: str = ""
    proposes: bool = False


class BudgetView(Message):
    """What was spent, in US dollars.

    Attributes:
        session, period: since the kernel started, and in this period.
        unpriced: whether answers are among them whose price is not known.
        tokens: in this session, in and out.
        warning, limit: for a period; 0 where there is none.
        state: whether one of them is reached.
        name: of the period, such as ``this month``.
        free: id of a model that costs nothing; empty where there is none.
    """

    session: float = 0
    period: float = 0
    unpriced: bool = False
    tokens: int = 0
    warning: float = 0
    limit: float = 0
    state: Literal["fine", "warning", "limit"] = "fine"
    name: str = ""
    free: str = ""


class AssistantState(Message):
    """What there is to ask with.

    Attributes:
        models: those of one provider together.
        active: id of the model that answers where nobody chooses another.
        missing: what to set so that a model can be asked; empty where one can.
        mode: how far the assistant may go where nobody chose otherwise.
        modes: what was chosen for conversations, by their ids; empty for one that has not begun.
        problems: what is wrong with its settings.
    """

    models: list[ModelView]
    active: str = ""
    missing: str = ""
    mode: AssistantMode = "ask"
    modes: dict[str, AssistantMode] = Field(default_factory=dict)
    budget: BudgetView = BudgetView()
    problems: list[Shown] = Field(default_factory=list)


class LookupView(Message):
    """Something that a model looked up: in words, and what it was given."""

    title: Shown
    result: Shown


class LeaveView(Message):
    """What a person is asked before an answer goes on; ``limit`` where a limit is reached."""

    reason: str
    text: str


class UsageView(Message):
    """Tokens of an answer; ``how`` says whether the server counted them."""

    input: int = 0
    cached: int = 0
    output: int = 0
    how: Literal["exact", "estimate"] = "exact"


class DecisionOfferView(Message):
    """A decision that an answer ends with, as a person may have it written down."""

    title: Shown
    decision: Shown
    rationale: Shown
    affected: Shown = ""


class PlannedFlow(Message):
    """What a change would do to one flow or domain; the empty place is the system."""

    at: str
    words: Shown


class Turn(Message):
    """What one says in a conversation; an answer as far as it came.

    Attributes:
        role: ``system`` is a note, such as of a decision that was recorded.
        note: what goes on just now, in words, such as ``Loading the model``.
        why: the model answers that does.
        cost: US dollars; None where the price is not known.
        seconds: since it was asked, or how long it took.
        leave: what a person is asked before it goes on.
        proposal: what became of the changes that it proposes; empty where it proposes none.
        again: whether what was discarded can be shown once more.
        changes: what it proposes, a line for each.
        remarks: what of the answer could not be read as changes, and what else one should know.
        plan: flow by flow what is proposed, while that waits for its approval.
        decision: that the answer ends with.
    """

    id: str
    role: Literal["user", "assistant", "system"]
    state: Literal["running", "done", "cancelled", "failed", "replaced"] = "done"
    text: str = ""
    thinking: str = ""
    note: Shown = ""
    model: Shown = ""
    why: Shown = ""
    usage: UsageView | None = None
    cost: float | None = None
    error: str = ""
    lookups: list[LookupView] = Field(default_factory=list)
    seconds: float = 0
    leave: LeaveView | None = None
    proposal: Literal["", "pending", "applied", "discarded"] = ""
    again: bool = False
    changes: list[Shown] = Field(default_factory=list)
    remarks: list[Shown] = Field(default_factory=list)
    plan: list[PlannedFlow] = Field(default_factory=list)
    decision: DecisionOfferView | None = None


class TurnNews(Message):
    """How an answer went on: it is as said here, and its texts go on where they are cut off.

    Attributes:
        thread: id of its conversation.
        turn: without its texts.
        text_from, thinking_from: how much of these texts stays; what follows is new.
    """

    thread: str
    turn: Turn
    text_from: int = 0
    text: str = ""
    thinking_from: int = 0
    thinking: str = ""


class ThreadView(Message):
    """A conversation in a list.

    Attributes:
        place: what it is about, in words.
        updated: ISO.
        excerpt: where what was searched for is said.
    """

    id: str
    at: str
    place: Shown
    title: Shown
    updated: str = ""
    messages: int = 0
    archived: bool = False
    excerpt: Shown = ""


class Conversation(Message):
    """A conversation of a place; without a ``thread`` it has not begun.

    Attributes:
        place: what it is about, in words.
        suggestions: what could be asked here.
    """

    at: str
    place: Shown
    thread: ThreadView | None = None
    turns: list[Turn] = Field(default_factory=list)
    suggestions: list[str] = Field(default_factory=list)
