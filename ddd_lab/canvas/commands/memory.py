"""What a project remembers: its summary, how its flows stand, decisions, dependencies."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from ddd_lab.canvas.boards.titles import title_of
from ddd_lab.canvas.commands._registry import operation
from ddd_lab.canvas.protocol.arguments import Arguments, Text
from ddd_lab.canvas.protocol.field_types import Shown
from ddd_lab.canvas.protocol.message import Message
from ddd_lab.canvas.session.session import CanvasSession
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.visible import one_line, visible
from ddd_lab.workbench import Workbench

if TYPE_CHECKING:
    from ddd_lab.memory.decision_file import Decision
    from ddd_lab.memory.memory import Memory

_LINE = Annotated[Text, Field(max_length=300)]
_LONG = Annotated[Text, Field(max_length=20_000)]


class DecisionFields(Arguments):
    """A decision as a form has it; the empty id is a new one.

    Attributes:
        affected: what it is about, divided by commas.
        thread: id of the conversation that it came up in; empty for none.
    """

    id: Annotated[str, Field(max_length=100)] = ""
    title: _LINE
    decision: _LONG = ""
    rationale: _LONG = ""
    affected: _LONG = ""
    thread: Annotated[str, Field(max_length=100)] = ""


class DecisionId(Arguments):
    """A decision."""

    id: Annotated[str, Field(max_length=100)]


class PlaceLink(Message):
    """A place, and what people call it."""

    at: str
    title: Shown


class DecisionView(Message):
    """A decision; ``gone`` is what it is about and no longer exists."""

    id: str
    date: str
    title: Shown
    decision: str
    rationale: str
    affected: list[str]
    gone: list[str]
    here: bool


class FlowStatusView(Message):
    """How a flow and its code stand."""

    at: str
    title: Shown
    status: Literal["stale", "pending", "implemented"]
    changes: list[Shown]


class DependenciesView(Message):
    """What the open flow needs, and who needs it."""

    depends_on: list[PlaceLink]
    depended_on_by: list[PlaceLink]
    schemas: list[Shown]
    events_in: list[Shown]
    events_out: list[Shown]


class MemoryView(Message):
    """What is remembered.

    Attributes:
        summary: Markdown.
        source: who wrote it: ``derived`` from the specs, a ``model``, or a person in the ``file``.
        moved: what has changed since a model wrote it.
        flows: stale ones first.
        decisions: the newest first.
        dependencies: of the open flow; None on maps.
    """

    summary: str
    source: Literal["derived", "model", "file"]
    written: Shown = ""
    moved: list[Shown] = Field(default_factory=list)
    overview: Shown = ""
    flows: list[FlowStatusView]
    decisions: list[DecisionView]
    dependencies: DependenciesView | None = None


@operation("nothing")
def memory(session: CanvasSession, _: Arguments) -> MemoryView:
    """Show what is remembered, with the dependencies of the open flow."""
    return _view(session)


@operation("nothing")
def refresh_memory(session: CanvasSession, _: Arguments) -> MemoryView:
    """Look at all files again, and bring the files of the memory up to date."""
    try:
        _memory(session).refresh()
    except OSError as error:
        raise EditError(f"the memory cannot be written: {error.strerror or error}") from error
    return _view(session)


@operation("project")
def keep_decision(session: CanvasSession, fields: DecisionFields) -> MemoryView:
    """Write a decision down, or change one."""
    decisions = _memory(session).decisions
    words = fields.model_dump(include={"title", "decision", "rationale"})
    affected = [name.strip() for name in fields.affected.split(",") if name.strip()]
    try:
        if fields.id:
            decisions.edit(fields.id, affected=affected, **words)
        else:
            decisions.add(affected=affected, **words)
    except OSError as error:
        raise EditError(f"the decision cannot be written: {error.strerror or error}") from error
    if fields.thread and not fields.id:
        session.assistant.note(fields.thread, f"Decision recorded: {one_line(fields.title)}")
    return _view(session)


@operation("project")
def remove_decision(session: CanvasSession, decision: DecisionId) -> MemoryView:
    """Take a decision out of the file."""
    try:
        _memory(session).decisions.remove(decision.id)
    except OSError as error:
        raise EditError(f"the decision cannot be removed: {error.strerror or error}") from error
    return _view(session)


def _memory(session: CanvasSession) -> Memory:
    from ddd_lab.memory.keeper import memory_of

    return memory_of(session.workbench)


def _view(session: CanvasSession) -> MemoryView:
    from ddd_lab.memory.status import by_urgency

    known, workbench, at = _memory(session), session.workbench, session.at
    summary, status = known.summary, known.status
    overview = status["overview"]
    relevant = {decision.id for decision in known.decisions.relevant(at)} if at else set()
    return MemoryView(
        summary=visible(summary.text, lines=True),
        source=summary.source,
        written=one_line(f"{summary.model} {summary.written_at[:10]}") if summary.model else "",
        moved=[one_line(str(change)) for change in summary.moved],
        overview=(
            f"{overview['implemented']} of {overview['total_flows']} flows implemented, "
            f"{overview['stale']} stale, {overview['pending']} pending"
        ),
        flows=[
            FlowStatusView(
                at=key,
                title=one_line(title_of(workbench, key, "")),
                status=flow["status"],
                changes=[one_line(change) for change in flow["changes_since"]],
            )
            for key, flow in by_urgency(status)
        ],
        decisions=[_decision(one, one.id in relevant) for one in reversed(known.decisions)],
        dependencies=_dependencies(known, workbench, at),
    )


def _decision(decision: Decision, here: bool) -> DecisionView:
    return DecisionView(
        id=decision.id,
        date=one_line(decision.date),
        title=one_line(decision.title),
        decision=visible(decision.decision, lines=True),
        rationale=visible(decision.rationale, lines=True),
        affected=[one_line(name) for name in decision.affected],
        gone=[one_line(name) for name in decision.gone],
        here=here,
    )


def _dependencies(known: Memory, workbench: Workbench, at: str) -> DependenciesView | None:
    found = known.flow_map["flow_dependencies"].get(at)
    if found is None:
        return None

    def links(keys: Iterable[str]) -> list[PlaceLink]:
        return [PlaceLink(at=key, title=one_line(title_of(workbench, key, ""))) for key in keys]

    return DependenciesView(
        depends_on=links(found["depends_on"]),
        depended_on_by=links(found["depended_on_by"]),
        schemas=[one_line(name) for name in found["schemas"]],
        events_in=[one_line(name) for name in found["events_in"]],
        events_out=[one_line(name) for name in found["events_out"]],
    )
