"""What a model proposes, on the board: what of it is taken, and what becomes of it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ddd_lab.canvas.commands._registry import operation
from ddd_lab.canvas.protocol.arguments import Arguments
from ddd_lab.canvas.protocol.results import TextResult
from ddd_lab.canvas.session.session import CanvasSession

Id = Annotated[str, Field(max_length=100)]
Place = Annotated[str, Field(max_length=500)]


class ProposalId(Arguments):
    """A proposal."""

    id: Id


class PlanApproval(Arguments):
    """The plan of an answer, by the id of its turn, and the flows that are taken."""

    id: Id
    places: Annotated[list[Place], Field(max_length=10_000)]


class AnswerId(Arguments):
    """An answer that proposed something."""

    id: Id


class Tick(ProposalId):
    """A change of a proposal, and whether it is taken."""

    item: Id
    ticked: bool


@operation("nothing")
def tick_proposal(session: CanvasSession, tick: Tick) -> None:
    """Take a change with what it needs, or leave it with what needs it."""
    session.assistant.proposals.tick(tick.id, tick.item, tick.ticked)


@operation("project")
def apply_proposal(session: CanvasSession, proposal: ProposalId) -> TextResult:
    """Make the changes that are taken, as one step to undo; say what was done and what was not."""
    return TextResult(text=session.assistant.proposals.apply(proposal.id))


@operation("nothing")
def approve_plan(session: CanvasSession, plan: PlanApproval) -> TextResult:
    """Approve what an answer would do to some flows; its changes are shown then."""
    return TextResult(text=session.assistant.proposals.approve_plan(plan.id, plan.places))


@operation("nothing")
def discard_proposal(session: CanvasSession, proposal: ProposalId) -> TextResult:
    """Take a proposal off the board; nothing changes."""
    return TextResult(text=session.assistant.proposals.discard(proposal.id))


@operation("nothing")
def show_proposal(session: CanvasSession, answer: AnswerId) -> None:
    """Show a proposal again that was discarded, on the design as it is now."""
    session.assistant.proposals.show_again(answer.id)
