"""An answer as a notebook holds it: read it while it comes, then apply or discard it."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from typing import Any

from ddd_lab.assist.answer import Answer, AnswerState
from ddd_lab.assist.context.blocks import Context
from ddd_lab.assist.plans.change_plan import ChangePlan
from ddd_lab.assist.proposals.proposal import Applied, Proposal
from ddd_lab.lab.answer_view import as_text, proposed_svg
from ddd_lab.lab.display import note_shown, show_later, show_now
from ddd_lab.workbench import Workbench


class LiveAnswer:
    """An answer of a model; shown by a notebook cell, it grows as it comes.

    Args:
        workbench: of the project.
        answer: that was asked for.
    """

    def __init__(self, workbench: Workbench, answer: Answer) -> None:
        self._workbench = workbench
        self._answer = answer
        self._widget: Any = None

    @property
    def state(self) -> AnswerState:
        """How far it has come: ``running``, ``done``, ``cancelled``, ``failed`` or ``replaced``."""
        return self._answer.state

    @property
    def text(self) -> str:
        """What the model says, as far as it came."""
        return self._answer.text

    @property
    def error(self) -> str:
        """What went wrong and what to do; empty if nothing did."""
        return self._answer.error

    @property
    def model(self) -> str:
        """Id of the model that answers."""
        return self._answer.model

    @property
    def cost(self) -> Decimal | None:
        """US dollars that it took; None where the price is unknown or it is not complete."""
        return self._answer.cost

    @property
    def sent(self) -> Context | None:
        """Exactly what was sent with the question, block by block, with tokens."""
        return self._answer.context

    @property
    def proposal(self) -> Proposal | None:
        """The changes that it proposes; None where it proposes none."""
        return self._answer.proposal

    def svg(self, at: str | None = None, *, theme: str = "light") -> str:
        """A place with what is proposed, as SVG: what comes is dashed, what goes is struck through.

        Args:
            at: the place; where it was asked if left out.
            theme: ``light`` or ``dark``.
        """
        return proposed_svg(self._answer, theme, at)

    @property
    def plan(self) -> ChangePlan | None:
        """What it would do to each flow, where it touches more than one: approve that first."""
        return self._answer.plan

    def wait(self, seconds: float | None = None) -> LiveAnswer:
        """Wait until it is complete; in Auto, what it proposes is applied then.

        Args:
            seconds: after which to stop waiting; none if left out.

        Returns:
            The answer itself.

        Raises:
            TimeoutError: more is coming.
        """
        if self._widget is None and self._answer.running:
            show_now(self)
        if not self._answer.wait(seconds):
            raise TimeoutError("the answer is not complete yet: answer.wait() again, or cancel()")
        if self._wants_applying():
            self._apply(None)
        return self

    def cancel(self) -> None:
        """Stop it; what came so far stays to be read."""
        self._answer.cancel()

    def apply(self, items: Collection[str] | None = None) -> Applied:
        """Make what it proposes, or some of it, as one undo step; waits for its end.

        Args:
            items: ids of the items that are taken, with all that they need; all if left out.

        Returns:
            What was done and what was refused; ``words`` says it.

        Raises:
            EditError: it proposes nothing, its plan is not approved, or it was taken already.
            ModeError: the project is in Explore.
        """
        self._answer.wait()
        return self._apply(items)

    def discard(self) -> None:
        """Let go of what it proposes."""
        self._answer.discard()
        self._look()

    def _wants_applying(self) -> bool:
        answer = self._answer
        fits = answer.proposal is not None and not answer.fate and answer.plan is None
        return fits and self._workbench.mode == "auto"

    def _apply(self, items: Collection[str] | None) -> Applied:
        applied = self._answer.apply(items)
        self._look()
        return applied

    def _look(self) -> None:
        if self._widget is not None:
            self._widget.look()

    # --- how it is shown -------------------------------------------------------------------

    def __repr__(self) -> str:
        return as_text(self._answer)

    def _repr_mimebundle_(self, **_: object) -> Any:
        note_shown(self)
        if self._widget is None:
            from ddd_lab.lab.answer_widget import AnswerWidget

            self._widget = AnswerWidget(self._answer)
        return self._widget.bundle(repr(self))


def live(workbench: Workbench, answer: Answer) -> LiveAnswer:
    """An answer for a notebook; shown when its cell ends, unless the cell shows it."""
    handle = LiveAnswer(workbench, answer)
    show_later(handle)
    return handle
