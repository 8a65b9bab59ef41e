"""The design that a project's canvases take through the gates."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from functools import partial

from ddd_lab.assist.answer import Answer, Ended
from ddd_lab.assist.assistant import Assistant
from ddd_lab.assist.plans.gates import DesignPlan, GateError
from ddd_lab.assist.plans.plan_files import plans
from ddd_lab.assist.question import Question
from ddd_lab.canvas.protocol.design_gates import (
    DesignNews,
    Designs,
    DesignStep,
    DesignView,
    PlanLink,
)
from ddd_lab.canvas.session.answers import Running, Throttle
from ddd_lab.canvas.session.proposal_session import Boards, ProposalSession
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.visible import one_line, visible

logger = logging.getLogger("ddd_lab.canvas")


class DesignSession:
    """One design at a time, on its way from a paragraph through the gates.

    Args:
        boards: that show what is proposed.
        assistant: that suggests.
        proposals: of the boards.
        name: what people call a model, by its id.
    """

    def __init__(
        self,
        boards: Boards,
        assistant: Assistant,
        proposals: ProposalSession,
        name: Callable[[str], str],
    ) -> None:
        self._boards = boards
        self._assistant = assistant
        self._proposals = proposals
        self._name = name
        self._plan: DesignPlan | None = None
        self._running: Running | None = None
        self._started = 0

    # --- where it stands -------------------------------------------------------------------

    def designs(self) -> Designs:
        """Plans that can be gone on with, and the design that is open."""
        links = [
            PlanLink(path=path, title=one_line(plan.title), stage=plan.stage)
            for path, plan in plans(self._boards.workbench.root)
        ]
        return Designs(plans=links, design=self._view())

    def _view(self) -> DesignView | None:
        design, running = self._plan, self._running
        if design is None:
            return None
        answer = None
        if running is not None:
            text = visible(running.answer.text, lines=True)
            answer = running.turn(self._name).model_copy(update={"text": text})
        return DesignView(
            title=one_line(design.plan.title),
            path=design.path,
            stage=design.stage,
            wanted=visible(design.plan.wanted, lines=True),
            definition=visible(design.definition, lines=True) if answer is None else "",
            domain=design.domain,
            steps=[
                DesignStep(
                    key=step.key or step.text,
                    text=one_line(step.text),
                    mark=step.mark,
                    reason=one_line(step.reason),
                )
                for step in design.plan.steps
            ],
            questions=design.questions,
            answer=answer,
            proposal=self._proposals.of(running) if running is not None else "",
        )

    def tell(self) -> None:
        """Tell every canvas where the design stands."""
        self._boards.tell("design", DesignNews(design=self._view()))

    # --- the gates -------------------------------------------------------------------------

    def begin(self, text: str) -> None:
        """Begin with what a person wants, and ask for a first suggestion.

        Raises:
            EditError: they wrote nothing.
        """
        if not text.strip():
            raise EditError("write in a few sentences what you want to design")
        self._open(DesignPlan.begin(self._assistant, text))
        self.suggest("")

    def resume(self, path: str) -> None:
        """Go on with a plan as its file says it now.

        Raises:
            EditError: there is no such plan.
        """
        known = dict(plans(self._boards.workbench.root))
        if path not in known:
            raise EditError("this plan no longer exists")
        self._open(DesignPlan.resume(self._assistant, path))
        self.tell()

    def leave(self) -> None:
        """Put the design aside; its file stays as it was approved."""
        self._open(None)
        self.tell()

    def _open(self, plan: DesignPlan | None) -> None:
        self._let_go()
        self._plan = plan

    def suggest(self, words: str) -> None:
        """Ask for a suggestion, or for another one.

        Args:
            words: answers to questions, or what should be different.

        Raises:
            EditError: there is no design, or it is finished.
        """
        design = self._present()
        try:
            answer = design.suggest(words.strip())
        except (GateError, OSError) as error:
            raise EditError(str(error)) from error
        self._follow(design, answer)

    def question(self, words: str) -> Question:
        """What a suggestion would ask; of a new design, if none is open.

        Raises:
            EditError: the open one is finished.
        """
        design = self._plan or DesignPlan.begin(self._assistant, words)
        try:
            return design.question(words.strip() if self._plan else "")
        except GateError as error:
            raise EditError(str(error)) from error

    def approve(self) -> str:
        """Take what is suggested, write it and go on; returns what was done, in words.

        Raises:
            EditError: there is nothing to approve, or it cannot be written.
        """
        design, running = self._present(), self._running
        if design.stage in ("structure", "flows") and running is not None and design.answer:
            proposal = self._proposals.of(running)
            if not proposal:
                raise EditError("nothing is proposed; say what should be different")
            return self._proposals.apply(proposal)
        try:
            words = design.approve()
        except (GateError, OSError) as error:
            raise EditError(str(error)) from error
        self._let_go()
        self.tell()
        return words

    def _approve_ticked(self, design: DesignPlan, ticked: Collection[str]) -> str:
        words = design.approve(ticked)
        self._running = None
        self.tell()
        return words

    def back(self) -> None:
        """Go back to the gate before.

        Raises:
            EditError: there is none, or the plan cannot be written.
        """
        self._change(lambda design: design.back())
        self._let_go()
        self.tell()

    def drop(self, key: str, reason: str) -> None:
        """Leave a step undone, and say why.

        Raises:
            EditError: the plan cannot be written.
            KeyError: there is no such step.
        """
        self._change(lambda design: design.drop(key, reason))
        self.tell()

    def _change(self, change: Callable[[DesignPlan], None]) -> None:
        try:
            change(self._present())
        except (GateError, OSError) as error:
            raise EditError(str(error)) from error

    def stop(self) -> None:
        """Stop the suggestion that comes."""
        if self._running is not None:
            self._running.declined = True
            self._running.answer.cancel()
            self._send(self._running)

    def allow(self, allowed: bool) -> None:
        """Let a suggestion that asked go on, or end it.

        Raises:
            EditError: it asks nothing any more.
        """
        running, design = self._running, self._present()
        leave = running.leave if running is not None else None
        if running is None or leave is None:
            raise EditError("this answer asks nothing any more")
        if not allowed:
            running.declined = True
            self._send(running)
            return
        try:
            self._assistant.client.remember(leave.leaves)
        except OSError as error:
            logger.warning("What was allowed could not be kept: %s", error)
        self._follow(design, design.ask_again(leave.model, leave.leaves))

    def _present(self) -> DesignPlan:
        if self._plan is None:
            raise EditError("begin a design first, or go on with one")
        return self._plan

    # --- what is suggested -----------------------------------------------------------------

    def _follow(self, design: DesignPlan, answer: Answer) -> None:
        """Show how an answer goes on."""
        self._let_go()
        self._started += 1
        question = Question(answer.question)
        running = self._running = Running(f"design-{self._started}", "", question, answer)
        running.approve = partial(self._approve_ticked, design)
        throttle = Throttle(partial(self._send, running), self._boards.later)

        def heard(event: object) -> None:
            running.take(event)
            throttle.last() if isinstance(event, Ended) else throttle.soon()

        answer.listen(heard)
        self.tell()

    def _send(self, running: Running) -> None:
        if running is not self._running:
            return
        self._proposals.take(running)
        if running.over:
            self._proposals.finish(running)
        self.tell()

    def _let_go(self) -> None:
        """Drop what is suggested; it was approved, or another one comes."""
        running, self._running = self._running, None
        if running is not None:
            running.answer.cancel()
            self._proposals.drop(running)
