"""Answers on their way to the browser: what they say, a few times in a second."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from ddd_lab.assist.answer import Answer, LookedUp, ProposalGrew, Repairing
from ddd_lab.assist.chat.records import ChatMessage
from ddd_lab.assist.client_events import AttemptFailed, AttemptStarted, NeedsLeave
from ddd_lab.assist.decision_offer import offered_decision
from ddd_lab.assist.question import Question
from ddd_lab.assist.replies import LoadingModel, TextDelta, ThinkingDelta
from ddd_lab.canvas.protocol.assistant import (
    DecisionOfferView,
    LeaveView,
    LookupView,
    PlannedFlow,
    Turn,
    TurnNews,
    UsageView,
)
from ddd_lab.plurals import plural
from ddd_lab.visible import one_line, visible

PAUSE = 0.05
"""Seconds between two messages about one answer."""


@dataclass
class Running:
    """An answer that a canvas asked for, and what the browsers know of it.

    Attributes:
        id: of its turn in the conversation; it stays when the question is asked once more.
        thread: id of the conversation.
        question: what was asked.
        answer: that comes.
        note: what goes on just now.
        failed: why the last model that was tried has given no answer.
        declined: whether a person did not allow what it asked for.
        shown: the proposal that the canvases show of it.
        approve: takes what is proposed, and says what was done; None where that is just applied.
    """

    id: str
    thread: str
    question: Question
    answer: Answer
    note: str = ""
    failed: str = ""
    declined: bool = False
    shown: Any = None
    approve: Callable[[Collection[str]], str] | None = None
    _text: str = ""
    _thinking: str = ""

    def take(self, event: Any) -> None:
        """Note what an event says of what goes on."""
        match event:
            case LoadingModel():
                self.note = "Loading the model"
            case ThinkingDelta():
                self.note = "Thinking"
            case TextDelta():
                self.note = "Writing"
            case AttemptStarted(tokens=tokens):
                self.note = f"Waiting for the model, which reads {tokens.count:,} tokens"
            case AttemptFailed(message=message, next="", wait=0):
                self.failed = message
            case AttemptFailed(message=message, next=following, wait=wait) if following:
                again = f"again in {wait:.0f} s" if wait >= 1 else f"{following} is asked"
                self.note = f"{message} — {again}"
            case LookedUp():
                self.note = "Looking things up"
            case ProposalGrew():
                self.note = "Working out the changes"
            case Repairing(problems=problems):
                self.note = f"Mending {plural(problems, 'problem')}"
            case _:
                pass

    @property
    def leave(self) -> NeedsLeave | None:
        """What a person is asked before it goes on; None where nothing."""
        return None if self.declined else self.answer.leave

    @property
    def over(self) -> bool:
        """Whether nothing more will come of it."""
        return not self.answer.running and self.leave is None

    @property
    def texts(self) -> tuple[str, str]:
        """Its text and its thinking as far as the browsers know them."""
        return self._text, self._thinking

    def turn(self, names: Callable[[str], str]) -> Turn:
        """The answer as it stands, without its texts."""
        return turn_of(self, names)

    def news(self, names: Callable[[str], str]) -> TurnNews:
        """What the browsers do not know yet."""
        text = visible(self.answer.text, lines=True)
        thinking = visible(self.answer.thinking, lines=True)
        kept, thought = _kept(self._text, text), _kept(self._thinking, thinking)
        self._text, self._thinking = text, thinking
        return TurnNews(
            thread=self.thread,
            turn=self.turn(names),
            text_from=kept,
            text=text[kept:],
            thinking_from=thought,
            thinking=thinking[thought:],
        )


def _kept(before: str, after: str) -> int:
    return len(before) if after.startswith(before) else 0


def turn_of(running: Running, names: Callable[[str], str]) -> Turn:
    """An answer as a turn of its conversation, without its texts."""
    answer, leave = running.answer, running.leave
    proposal = answer.proposal
    return Turn(
        id=running.id,
        role="assistant",
        state="running" if leave else answer.state.value,
        note=visible(running.note),
        model=names(answer.model),
        why=answer.why,
        usage=usage_view(answer.usage),
        cost=None if answer.cost is None else float(answer.cost),
        error="" if leave else answer.error,
        lookups=[lookup_view(one) for one in answer.lookups],
        seconds=round(
            time.monotonic() - answer.started if answer.seconds is None else answer.seconds, 1
        ),
        leave=_leave_view(running, leave) if leave else None,
        proposal="pending" if proposal is not None and answer.state.value == "done" else "",
        changes=changes_of(proposal),
        remarks=[visible(remark) for remark in (*answer.refused, answer.note) if remark],
        plan=[] if answer.running else planned(answer),
        decision=None if answer.running else decision_view(answer.text),
    )


def planned(answer: Answer) -> list[PlannedFlow]:
    """Flow by flow what an answer proposes, while its plan waits for approval."""
    if answer.plan is None or answer.plan.approved or answer.fate:
        return []
    return [PlannedFlow(at=at, words=one_line(words)) for at, words in answer.plan.steps.items()]


def decision_view(text: str) -> DecisionOfferView | None:
    """The decision that an answer ends with, as the panel offers it."""
    offer = offered_decision(text)
    if offer is None:
        return None
    return DecisionOfferView(
        title=offer.title,
        decision=visible(offer.decision),
        rationale=visible(offer.rationale),
        affected=one_line(", ".join(offer.affected)),
    )


def interrupted(messages: Iterable[ChatMessage], coming: int) -> set[str]:
    """Ids of the questions whose answers will never come, since the program that asked was ended.

    Args:
        coming: how many answers of the conversation are on their way.
    """
    waiting: list[str] = []
    cut_off: set[str] = set()
    answers = 0
    for role, id in ((message.role, message.id) for message in messages):
        if role == "user" and answers:
            cut_off |= set(waiting[:-answers])
            waiting, answers = [], 0
        if role == "user":
            waiting.append(id)
        elif role == "assistant":
            answers += 1
    # Those asked last are answered, or are about to be.
    settled = answers + coming
    return cut_off | set(waiting[:-settled] if settled else waiting)


def interruption(question: str) -> Turn:
    """What stands in place of an answer that will never come."""
    words = "Interrupted before the answer was complete. Ask again."
    return Turn(id=f"{question}-interrupted", role="assistant", state="failed", error=words)


def whole_turn(thread: str, turn: Turn) -> TurnNews:
    """All of a turn, for canvases that may not know it."""
    return TurnNews(thread=thread, turn=turn.model_copy(update={"text": ""}), text=turn.text)


def changes_of(proposal: Any) -> list[str]:
    """The changes of a proposal, a line for each."""
    return [] if proposal is None else [visible(item.title) for item in proposal.items]


def usage_view(usage: Any) -> UsageView | None:
    """Tokens of an answer as the panel shows them."""
    if usage is None:
        return None
    return UsageView(
        input=usage.input + usage.cache_write,
        cached=usage.cache_read,
        output=usage.output,
        how=usage.how,
    )


def _leave_view(running: Running, leave: NeedsLeave) -> LeaveView:
    words = filter(None, (running.failed, leave.reason))
    return LeaveView(reason=" ".join(leave.leaves), text=" ".join(words))


def lookup_view(lookup: LookedUp) -> LookupView:
    """A look-up as the panel shows it."""
    given = ", ".join(str(value) for value in lookup.arguments.values())
    words = f"{lookup.tool.replace('_', ' ').capitalize()}: {given}" if given else lookup.tool
    return LookupView(title=visible(words), result=visible(lookup.result, lines=True))


class Throttle:
    """Has something done soon, but not oftener than a few times in a second.

    Args:
        act: what is done.
        later: has it done after some seconds, on the thread that it belongs to; False where there
            is none: it is done at once then.
    """

    def __init__(
        self, act: Callable[[], None], later: Callable[[float, Callable[[], None]], bool]
    ) -> None:
        self._act = act
        self._later = later
        self._lock = threading.Lock()
        self._waiting = False
        self._last = float("-inf")

    def soon(self) -> None:
        """Have it done when its time comes."""
        with self._lock:
            rest = max(0.0, self._last + PAUSE - time.monotonic())
            if self._waiting:
                return
            self._waiting = True
        if not self._later(rest, self._run):
            if rest:
                self._waiting = False
            else:
                self._run()

    def last(self) -> None:
        """Have it done once more, whatever its time is: nothing follows."""
        if not self._later(0.0, self._run):
            self._run()

    def _run(self) -> None:
        with self._lock:
            self._waiting = False
            self._last = time.monotonic()
        self._act()
