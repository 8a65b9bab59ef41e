"""From a paragraph to a design: begin, go on, approve, go back."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from ddd_lab.canvas.commands._registry import operation
from ddd_lab.canvas.commands.assistant import SentView, sent_view
from ddd_lab.canvas.protocol.arguments import Arguments, Text
from ddd_lab.canvas.protocol.design_gates import Designs
from ddd_lab.canvas.protocol.results import TextResult
from ddd_lab.canvas.session.session import CanvasSession

_WORDS = Annotated[Text, Field(max_length=50_000)]


class DesignWords(Arguments):
    """What a person wants, answers, or would have different."""

    text: _WORDS = ""


class PlanPath(Arguments):
    """The file of a plan."""

    path: Annotated[str, Field(max_length=500)]


class DroppedStep(Arguments):
    """A step that is left undone, and why."""

    key: Annotated[str, Field(max_length=500)]
    reason: Annotated[Text, Field(max_length=300)] = ""


class DesignLeave(Arguments):
    """Whether a suggestion may do what it asked for."""

    allowed: bool


@operation("nothing")
def designs(session: CanvasSession, _: Arguments) -> Designs:
    """List the plans of the project, and say where the open design stands."""
    return session.assistant.design.designs()


@operation("nothing")
def begin_design(session: CanvasSession, wanted: DesignWords) -> None:
    """Begin a design with a paragraph; nothing is written before an approval."""
    session.assistant.design.begin(wanted.text)


@operation("nothing")
def resume_design(session: CanvasSession, plan: PlanPath) -> None:
    """Go on with a plan."""
    session.assistant.design.resume(plan.path)


@operation("nothing")
def leave_design(session: CanvasSession, _: Arguments) -> None:
    """Put the open design aside."""
    session.assistant.design.leave()


@operation("nothing")
def suggest_design(session: CanvasSession, words: DesignWords) -> None:
    """Ask for a suggestion at the present gate, or for another one."""
    session.assistant.design.suggest(words.text)


@operation("nothing")
def design_sent(session: CanvasSession, words: DesignWords) -> SentView:
    """Show exactly what would be sent for a suggestion; nothing is."""
    question = session.assistant.design.question(words.text)
    return sent_view(session.assistant.assistant, question)


@operation("project")
def approve_gate(session: CanvasSession, _: Arguments) -> TextResult:
    """Take what is suggested, write it, and go on to the next gate."""
    return TextResult(text=session.assistant.design.approve())


@operation("project")
def previous_gate(session: CanvasSession, _: Arguments) -> None:
    """Go back to the gate before; what is in the design stays."""
    session.assistant.design.back()


@operation("project")
def drop_step(session: CanvasSession, step: DroppedStep) -> None:
    """Leave a step of the plan undone, and say why."""
    session.assistant.design.drop(step.key, step.reason)


@operation("nothing")
def allow_design(session: CanvasSession, leave: DesignLeave) -> None:
    """Let a suggestion that asked go on, or end it."""
    session.assistant.design.allow(leave.allowed)


@operation("nothing")
def stop_design(session: CanvasSession, _: Arguments) -> None:
    """Stop the suggestion that comes."""
    session.assistant.design.stop()
