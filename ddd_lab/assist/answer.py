"""One answer of a model while it comes and after: its text, its proposal, and how it ended."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from ddd_lab.assist.cancellation import Cancellation
from ddd_lab.assist.client_events import TextVoid
from ddd_lab.assist.replies import TextDelta, ThinkingDelta, Usage


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

    context: Any


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

    proposal: Any


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
class Ended:
    """Always the last event."""

    state: AnswerState


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
        why: why that model.
        usage: tokens, when it is done.
        cost: price in dollars; None while it is not done or the price is unknown.
        lookups: what the model looked up.
        proposal: the changes that it proposes; None where it proposes none.
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
        self.why = ""
        self.usage: Usage | None = None
        self.cost: Decimal | None = None
        self.context: Any = None
        self.lookups: list[LookedUp] = []
        self.proposal: Any = None
        self.error = ""
        self.cancellation = Cancellation()
        self.started = time.monotonic()
        self.seconds: float | None = None
        self._listeners: list[Callable[[Any], None]] = []
        self._lock = threading.RLock()
        self._ended = threading.Event()

    # --- for those who look ----------------------------------------------------------------

    def listen(self, listener: Callable[[Any], None]) -> None:
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

    @property
    def running(self) -> bool:
        """Whether more may come."""
        return self.state is AnswerState.RUNNING

    # --- for those who make it -------------------------------------------------------------

    def tell(self, event: Any) -> bool:
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

    def _take(self, event: Any) -> None:
        match event:
            case TextDelta(text=text):
                self.text += text
            case ThinkingDelta(text=text):
                self.thinking += text
            case TextVoid():
                self.text = self.thinking = ""
                self.proposal = None
            case LookedUp():
                self.lookups.append(event)
            case ProposalGrew(proposal=proposal):
                self.proposal = proposal
            case ContextReady(context=context):
                self.context = context
            case _:
                pass
