"""One answer of a model while it comes and after: its text, its proposal, and how it ended."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal, TypeAlias

from ddd_lab.assist.cancellation import Cancellation
from ddd_lab.assist.client_events import (
    Answered,
    AttemptFailed,
    AttemptStarted,
    ClientEvent,
    NeedsLeave,
    TextVoid,
)
from ddd_lab.assist.context.blocks import Context
from ddd_lab.assist.plans.change_plan import ChangePlan, change_plan
from ddd_lab.assist.proposals.proposal import Applied, Proposal
from ddd_lab.assist.replies import LoadingModel, TextDelta, ThinkingDelta, Usage
from ddd_lab.plurals import plural
from ddd_lab.spec.edit.nodes import EditError


class AnswerState(StrEnum):
    """How far an answer has come; it leaves RUNNING once, for one of the others."""

    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    FAILED = "failed"
    REPLACED = "replaced"


@dataclass(frozen=True)
class ContextReady:
    """What is sent stands fast, and is about to be sent."""

    context: Context


@dataclass(frozen=True)
class LookedUp:
    """The model looked something up in the design.

    Attributes:
        tool: its name.
        arguments: what was looked for.
        result: what the model was given.
    """

    tool: str
    arguments: Mapping[str, Any]
    result: str


@dataclass(frozen=True)
class ProposalGrew:
    """The proposal has more in it, or other problems, than before."""

    proposal: Proposal


@dataclass(frozen=True)
class Repairing:
    """The model is told what is wrong with its proposal.

    Attributes:
        round: 1 to 3.
        problems: how many it is told.
    """

    round: int
    problems: int


@dataclass(frozen=True)
class Settled:
    """The text and the proposal stand as they are.

    Attributes:
        text: what the model says.
        refused: why parts of it could not be read as changes.
        proposal: the changes; without items where it proposes none.
    """

    text: str
    refused: tuple[str, ...]
    proposal: Proposal


@dataclass(frozen=True)
class Ended:
    """Always the last event."""

    state: AnswerState


AnswerEvent: TypeAlias = (
    ContextReady | LookedUp | ProposalGrew | Repairing | Settled | Ended | ClientEvent
)
"""What whoever looks at an answer is told."""


class Answer:
    """An answer, as a value that grows.

    Attributes:
        id: of this answer.
        at: the place that it is about.
        question: what was asked.
        task: what kind of question it is, such as ``chat`` or ``review_flow``.
        state: how far it has come.
        text: what the model says, as far as it came.
        thinking: what the model thought aloud, as far as it came.
        model: id of the model that answers; empty before the first attempt.
        served: the vendor's id of the model that answered; empty before it has.
        why: why that model.
        usage: tokens, when it is done.
        cost: price in dollars; None while it is not done or the price is unknown.
        lookups: what the model looked up.
        proposal: the changes that it proposes; None where it proposes none.
        plan: of a proposal for more than one flow; it has to be approved first.
        data: what the model says by a schema of its own, such as questions; empty otherwise.
        refused: why parts of the answer could not be read as changes.
        leave: what a person has to allow first; None if nothing.
        activity: what is done now, in words, while no text comes.
        fate: what became of the proposal; empty while it can still be taken.
        note: what a person should know of the record of usage; empty if nothing.
        error: what went wrong and what to do; empty if nothing did.
    """

    def __init__(self, question: str, at: str = "", task: str = "chat") -> None:
        self.id = uuid.uuid4().hex
        self.at = at
        self.question = question
        self.task = task
        self.state = AnswerState.RUNNING
        self.text = ""
        self.thinking = ""
        self.model = ""
        self.served = ""
        self.why = ""
        self.usage: Usage | None = None
        self.cost: Decimal | None = None
        self.context: Context | None = None
        self.lookups: list[LookedUp] = []
        self.proposal: Proposal | None = None
        self.plan: ChangePlan | None = None
        self.data: dict[str, Any] = {}
        self.refused: tuple[str, ...] = ()
        self.leave: NeedsLeave | None = None
        self.note = ""
        self.error = ""
        self.activity = ""
        self.fate: Literal["", "applied", "discarded"] = ""
        self.cancellation = Cancellation()
        self.started = time.monotonic()
        self.seconds: float | None = None
        self._listeners: list[Callable[[AnswerEvent], None]] = []
        self._lock = threading.RLock()
        self._ended = threading.Event()

    # --- for those who look ----------------------------------------------------------------

    def listen(self, listener: Callable[[AnswerEvent], None]) -> None:
        """Have every further event told, in order, on the thread on which it happens.

        Who comes when all is over is told of the end at once.
        """
        with self._lock:
            if self.state is AnswerState.RUNNING:
                self._listeners.append(listener)
                return
        listener(Ended(self.state))

    def cancel(self) -> None:
        """Stop it; what came so far stays to be read."""
        self.end(AnswerState.CANCELLED)

    def replace(self) -> None:
        """Stop it because another answer takes its place."""
        self.end(AnswerState.REPLACED)

    def wait(self, seconds: float | None = None) -> bool:
        """Wait for its end; returns whether it came."""
        return self._ended.wait(seconds)

    def apply(self, ids: Collection[str] | None = None) -> Applied:
        """Make what it proposes, or some of it, as one undo step.

        Call it where people's edits are made.

        Args:
            ids: of the items that are taken, with all that they need; every item if left out.

        Raises:
            EditError: it proposes nothing, what it proposes was applied or discarded already, or
                its plan is not approved.
            OSError: it is applied, and the plan cannot say so.
        """
        if self.running:
            raise EditError("the answer is not complete yet; wait for it, or stop it")
        if self.proposal is None or self.fate:
            raise EditError(
                f"what it proposed was {self.fate} already" if self.fate else "it proposes nothing"
            )
        if self.plan is not None and not self.plan.approved:
            raise EditError(
                "it changes more than one flow; look at its plan and approve that first: "
                "answer.plan.approve()"
            )
        applied = self.proposal.apply(ids if self.plan is None else self.plan.allowed(ids))
        self.fate = "applied"
        if self.plan is not None:
            self.plan.applied(applied)
        return applied

    def discard(self) -> None:
        """Let go of what it proposes."""
        self.fate = self.fate or "discarded"

    @property
    def title(self) -> str:
        """What was asked, in a line."""
        from ddd_lab.assist.actions import ACTIONS

        action = ACTIONS.get(self.task)
        name = action.title.rstrip("…") if action is not None else ""
        return ": ".join(part for part in (name, self.question) if part)

    @property
    def running(self) -> bool:
        """Whether more may come."""
        return self.state is AnswerState.RUNNING

    # --- for those who make it -------------------------------------------------------------

    def tell(self, event: AnswerEvent) -> bool:
        """Take an event in and pass it on; returns whether the answer still runs.

        What comes after the end is dropped: a reply that was on its way changes nothing any more.
        """
        with self._lock:
            if not self.running:
                return False
            self._take(event)
            for listener in list(self._listeners):
                listener(event)
            return self.running

    def end(self, state: AnswerState, error: str = "") -> bool:
        """End it, if it has not ended; returns whether this was the end."""
        with self._lock:
            if not self.running:
                return False
            self.state, self.error = state, error
            self.seconds = time.monotonic() - self.started
            for listener in list(self._listeners):
                listener(Ended(state))
            self._listeners.clear()
            self._ended.set()
        self.cancellation.cancel()
        return True

    def _take(self, event: AnswerEvent) -> None:
        """Take in what the event says of the answer."""
        self.activity = _activity(event, self.model) or self.activity
        match event:
            case TextDelta(text=text):
                self.text += text
                self.activity = ""
            case ThinkingDelta(text=text):
                self.thinking += text
            case TextVoid():
                self.text = self.thinking = ""
                self.proposal = None
            case AttemptStarted(model=model, why=why):
                self.model, self.why = model, why
            case NeedsLeave():
                self.leave = event
            case Answered():
                self._count(event)
            case LookedUp():
                self.lookups.append(event)
            case ProposalGrew(proposal=proposal):
                self.proposal = proposal
            case Settled():
                self._settle(event)
            case ContextReady(context=context):
                self.context = context
            case _:
                pass

    def _settle(self, settled: Settled) -> None:
        self.text, self.refused = settled.text, settled.refused
        self.proposal = settled.proposal if settled.proposal.items else None
        self.plan = change_plan(self.question, settled.proposal)

    def _count(self, answered: Answered) -> None:
        """Add one reply; an answer with look-ups or repairs takes several."""
        first, used = self.usage is None, answered.usage
        total = Decimal(0) if first else self.cost
        before = self.usage or Usage()
        self.usage = Usage(
            before.input + used.input,
            before.cache_read + used.cache_read,
            before.cache_write + used.cache_write,
            before.output + used.output,
            "estimate" if "estimate" in (before.how, used.how) else "exact",
        )
        self.cost = None if total is None or answered.cost is None else total + answered.cost
        self.served, self.why = answered.served, answered.why
        self.note = answered.note or self.note


def _activity(event: AnswerEvent, model: str) -> str:
    """What is done now, in words; empty where an event does not say."""
    match event:
        case ThinkingDelta():
            return "Thinking"
        case AttemptStarted(model=asked):
            return f"Waiting for {asked}"
        case LoadingModel():
            return f"{model} is being loaded into memory"
        case AttemptFailed(message=message):
            return message
        case LookedUp(tool=tool):
            return f"Looked up: {tool}"
        case Repairing(round=round, problems=problems):
            return f"Mending {plural(problems, 'fault')}, round {round}"
        case _:
            return ""
