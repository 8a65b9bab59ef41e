"""What answers propose, on the boards of a project: shown, ticked, applied or discarded."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Protocol

from ddd_lab.assist.answer import AnswerState
from ddd_lab.assist.chat.records import ChatMessage, ProposalState
from ddd_lab.assist.chat.threads import Threads
from ddd_lab.assist.plans.change_plan import touches_several
from ddd_lab.assist.plans.gates import GateError
from ddd_lab.assist.proposals.proposal import Applied, Proposal
from ddd_lab.canvas.protocol.assistant import AssistantMode, PlannedFlow, Turn
from ddd_lab.canvas.protocol.message import Message
from ddd_lab.canvas.protocol.messages import Notice
from ddd_lab.canvas.session.answers import Running, planned, whole_turn
from ddd_lab.canvas.session.shown_proposal import ShownProposal
from ddd_lab.plurals import plural
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.visible import one_line
from ddd_lab.workbench import Workbench

_REASONS = 3
"""Reasons that are said at once why changes were not made."""


class Boards(Protocol):
    """The canvases of a project, as the assistant uses them."""

    workbench: Workbench
    proposal: ShownProposal

    def tell(self, kind: str, message: Message) -> None:
        """Send a message to every canvas."""

    def later(self, seconds: float, act: Callable[[], None]) -> bool:
        """Have something done on the canvases' thread; False where no event loop runs there."""
        ...

    def propose(self, proposal: Proposal | None) -> None:
        """Show a proposal, or none any more."""

    def draw(self) -> None:
        """Bring every canvas up to date."""


class Answers(Protocol):
    """Whose answers propose."""

    def mode_of(self, thread: str | None) -> AssistantMode:
        """How far they may go in a conversation."""
        ...

    def turn(self, message: ChatMessage) -> Turn:
        """A message as a turn of its conversation."""
        ...


class ProposalSession:
    """The proposal that the canvases of a project show, and the answer that it belongs to.

    Args:
        boards: that show it.
        threads: the conversations.
        answers: whose proposals these are.
    """

    def __init__(self, boards: Boards, threads: Threads, answers: Answers) -> None:
        self._boards = boards
        self._threads = threads
        self._answers = answers
        self._shown = boards.proposal
        self._running: Running | None = None
        self._waiting: dict[str, Running] = {}
        self._discarded: dict[str, Running] = {}

    def take(self, running: Running) -> None:
        """Show what an answer proposes, as far as it has come."""
        proposal = running.answer.proposal
        if proposal is None or proposal is running.shown or not proposal.items:
            return
        running.shown = proposal
        if running.approve is None and touches_several(proposal):
            self.drop(running)  # what it would do to each flow is approved first
        else:
            self._show(running, proposal)

    def _show(self, running: Running, proposal: Proposal) -> None:
        if self._running is not None and self._running is not running:
            self._mark("discarded")
        self._running = running
        self._boards.propose(proposal)

    def of(self, running: Running) -> str:
        """Id of the proposal of an answer that the boards show; empty where they show none."""
        proposal = self._shown.proposal
        return proposal.id if proposal is not None and running is self._running else ""

    def drop(self, running: Running) -> None:
        """Take what an answer proposes off the boards, if it is there."""
        if self._running is running:
            self._running = None
            self._boards.propose(None)

    def plan(self, id: str) -> list[PlannedFlow]:
        """What an answer would do to each flow, while that waits for approval."""
        running = self._waiting.get(id)
        return planned(running.answer) if running is not None else []

    def approve_plan(self, id: str, places: Collection[str]) -> str:
        """Approve what an answer would do to some flows; this is shown on the boards then.

        Returns:
            What comes next, in words.

        Raises:
            EditError: the plan is gone, nothing of it is taken, or it cannot be written.
        """
        running = self._waiting.get(id)
        if running is None or not self.plan(id):
            raise EditError("this plan is gone; ask again")
        if not places:
            raise EditError("tick at least one flow")
        answer = running.answer
        plan, proposal = answer.plan, answer.proposal
        if plan is None or proposal is None:
            raise EditError("this plan is gone; ask again")
        try:
            allowed = plan.approve(places)
        except OSError as error:
            raise EditError(f"the plan cannot be written: {error.strerror or error}") from error
        del self._waiting[id]
        self._show(running, proposal)
        self._shown.tick([item.id for item in proposal.items if item.id not in allowed], False)
        self._boards.draw()
        self._tell(running)
        self.finish(running)
        return f"Plan approved and kept in {plan.path}. Its changes are shown on the boards."

    def finish(self, running: Running) -> None:
        """Look at what an answer proposed now that it has ended."""
        answer = running.answer
        if answer.plan is not None and not answer.plan.approved and running.approve is None:
            self._waiting[running.id] = running
            self._tell(running)
        if running is not self._running:
            return
        if running.answer.proposal is None or running.answer.state is not AnswerState.DONE:
            self._running = None
            self._boards.propose(None)
        elif (
            self._answers.mode_of(running.thread) == "auto"
            and self._shown.ticked
            and running.approve is None
        ):
            text = self.apply(running.answer.proposal.id)
            self._boards.tell("notice", Notice(tone="good", text=text))

    def tick(self, id: str, item: str, taken: bool) -> None:
        """Take a change of the proposal with what it needs, or leave it with what needs it.

        Raises:
            EditError: the proposal is gone.
        """
        self._present(id)
        self._shown.tick([item], taken)
        self._boards.draw()

    def apply(self, id: str) -> str:
        """Make the changes that are taken, as one step; returns what was done, in words.

        Raises:
            EditError: the proposal is gone, still grows, or nothing of it may or can be applied.
        """
        proposal = self._present(id)
        if not proposal.complete:
            raise EditError("more of this proposal is coming; wait for its end")
        running = self._running
        if running is not None and running.approve is not None:
            return self._approve(running.approve, proposal)
        plan = running.answer.plan if running is not None else None
        if plan is not None:
            allowed = plan.allowed(self._shown.ticked)
            self._shown.tick(self._shown.ticked - allowed, False)
        thread = running.thread if running is not None else None
        applied = self._shown.apply(mode=self._answers.mode_of(thread))
        if applied is None or not applied.done:
            self._boards.propose(proposal)
            raise EditError(words_of(applied) if applied else "nothing is proposed")
        self._mark("applied")
        self._boards.propose(None)
        if plan is not None:
            try:
                plan.applied(applied)
            except OSError as error:
                return f"{words_of(applied)} The plan cannot say so: {error.strerror or error}."
        return words_of(applied)

    def _approve(self, approve: Callable[[Collection[str]], str], proposal: Proposal) -> str:
        """Take what a gate proposes; it stays where that cannot be done."""
        if self._answers.mode_of("") == "explore":
            raise EditError("Explore only shows; choose “Ask” beside the question to approve")
        ticked = self._shown.ticked
        if not ticked:
            raise EditError("tick at least one change")
        self._shown.show(None)  # what is drawn meanwhile is the design
        try:
            words = approve(ticked)
        except (EditError, GateError, OSError) as error:
            self._boards.propose(proposal)
            raise EditError(str(error)) from error
        self._running = None
        self._boards.propose(None)
        return words

    def discard(self, id: str) -> str:
        """Take the proposal off the boards; returns what that came to, in words.

        Raises:
            EditError: the proposal is gone already.
        """
        proposal = self._present(id)
        running = self._running
        self._mark("discarded")
        if running is not None:
            running.answer.cancel()
        self._boards.propose(None)
        changes = plural(len(proposal.items), "proposed change")
        return f"{changes} discarded. Nothing was changed."

    def knows(self, answer: str) -> bool:
        """Whether the proposal of an answer was discarded and can be shown again."""
        return answer in self._discarded

    def show_again(self, answer: str) -> None:
        """Show a proposal that was discarded, on the design as it is now.

        Args:
            answer: id of the answer that proposed it.

        Raises:
            EditError: it is gone.
        """
        running = self._discarded.get(answer)
        if running is None or running.answer.proposal is None:
            raise EditError("this proposal is gone; ask again")
        self._show(running, running.answer.proposal.rebase())
        self._mark("pending")
        self._running = running

    def _present(self, id: str) -> Proposal:
        proposal = self._shown.proposal
        if proposal is None or proposal.id != id:
            raise EditError("this proposal is gone; ask again")
        return proposal

    def _mark(self, state: ProposalState) -> None:
        """Note in the conversation what became of the proposal, and tell the canvases."""
        running, self._running = self._running, None
        if running is None or not running.thread:
            return
        self._discarded.pop(running.id, None)
        proposal = running.answer.proposal
        if state == "discarded" and proposal is not None and proposal.complete:
            self._discarded[running.id] = running
        try:
            self._threads.mark_proposal(running.thread, running.id, state)
        except EditError:
            return
        self._tell(running)

    def _tell(self, running: Running) -> None:
        """Tell the canvases how an answer stands that has ended."""
        try:
            messages = self._threads.thread(running.thread).messages
        except EditError:
            return
        for message in messages:
            if message.id == running.id:
                news = whole_turn(running.thread, self._answers.turn(message))
                self._boards.tell("turn", news)


def words_of(applied: Applied) -> str:
    """What applying a proposal came to, for a person."""
    words = f"Applied {applied.words}."
    if applied.refused:
        reasons = [f"{one.item.title}: {one.why}" for one in applied.refused[:_REASONS]]
        more = len(applied.refused) - len(reasons)
        words += f" Not applied: {'; '.join(reasons)}{f' and {more} more' if more else ''}."
    return one_line(words, 0)
