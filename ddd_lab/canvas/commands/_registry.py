"""Where operations are registered, and what most of them need."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeVar, get_type_hints

from ddd_lab.canvas.boards.notes import note_ids
from ddd_lab.canvas.map_edits import keeping_places, unwritten_places
from ddd_lab.canvas.protocol.arguments import Arguments
from ddd_lab.canvas.protocol.messages import Link, Message
from ddd_lab.canvas.protocol.results import Done, NamedPlace
from ddd_lab.canvas.session.navigation_history import level_of
from ddd_lab.canvas.session.session import CanvasSession
from ddd_lab.spec.edit.nodes import EditError, find, move_nodes
from ddd_lab.spec.models.flow import FlowData
from ddd_lab.workbench import Workbench

A = TypeVar("A", bound=Arguments)
R = TypeVar("R", bound=Message | None)
Effect = Literal["nothing", "view", "board", "project"]


@dataclass(frozen=True)
class Operation:
    """An operation.

    Attributes:
        arguments: model of its arguments.
        result: model of its result.
        run: carries it out, for a session and its arguments.
        changes: nothing; only what a canvas shows; what the board shown stands for, so that it has
            to be the board that the person saw; or the project, whichever board is shown.
        in_bursts: whether the same gesture again and again is one undo step.
    """

    arguments: type[Arguments]
    result: type[Message]
    run: Callable[..., Message | None]
    changes: Effect
    in_bursts: bool = False


OPERATIONS: dict[str, Operation] = {}


def operation(
    changes: Effect = "board", *, in_bursts: bool = False
) -> Callable[[Callable[[CanvasSession, A], R]], Callable[[CanvasSession, A], R]]:
    """Register a function as the operation of its name.

    Its signature declares the models of the arguments and of the result, from which the types of
    the browser are generated.

    Args:
        changes: see :class:`Operation`.
        in_bursts: see :class:`Operation`.
    """

    def register(run: Callable[[CanvasSession, A], R]) -> Callable[[CanvasSession, A], R]:
        *_, arguments, result = get_type_hints(run).values()
        if result is type(None):
            result = Done
        name = run.__name__.rstrip("_")
        OPERATIONS[name] = Operation(arguments, result, run, changes, in_bursts)
        return run

    return register


@dataclass(frozen=True)
class Change:
    """A change of the whole design: its arguments' model, and what makes it in the project."""

    arguments: type[Arguments]
    make: Callable[..., str]


CHANGES: dict[str, Change] = {}
"""Operations that change the whole design: what they would do can be looked at before."""


def design_change(make: Callable[[Workbench, A], str]) -> Callable[[Workbench, A], str]:
    """Register a function as the operation of its name; it returns the place it made, if any."""
    return _design_change(make, new=False)


def new_place(make: Callable[[Workbench, A], str]) -> Callable[[Workbench, A], str]:
    """Register a change of the design that makes a flow or a domain, which is to do then."""
    return _design_change(make, new=True)


def _design_change(
    make: Callable[[Workbench, A], str], *, new: bool
) -> Callable[[Workbench, A], str]:
    def run(session: CanvasSession, arguments: A) -> NamedPlace:
        is_sheet = level_of(session.at) == "flow"
        with contextlib.nullcontext() if is_sheet else keeping_places(session):
            at = make(session.workbench, arguments)
        if new:
            session.broadcaster.todo.begin_place(at)
        return NamedPlace(at=at)

    _, arguments, _ = get_type_hints(make).values()
    CHANGES[make.__name__] = Change(arguments, make)
    OPERATIONS[make.__name__] = Operation(arguments, NamedPlace, run, "project")
    return make


def flow_key(session: CanvasSession) -> str:
    """Key of the flow on the sheet.

    Raises:
        EditError: this is no sheet, or its file is broken.
    """
    if level_of(session.at) != "flow":
        raise EditError("open a flow first: on maps, cards can only be moved")
    if session.at not in session.workbench.design.flows:
        raise EditError(session.board.readonly)
    return session.at


def edit_flow(
    session: CanvasSession, change: Callable[[FlowData], FlowData], label: str, token: str = ""
) -> None:
    """Change the flow on the sheet, as one undo step.

    A change of what lies on the sheet writes where the cards are shown that have no place yet:
    nothing else moves by it, now or later.

    Raises:
        EditError: this is no sheet, or the change cannot be.
    """

    def placed(flow: FlowData) -> FlowData:
        changed = change(flow)
        if _lies_alike(flow, changed):
            return changed
        loose = unwritten_places(session)
        return change(move_nodes(flow, loose)) if loose else changed

    session.workbench.edit_flow(flow_key(session), placed, label, token)


def _lies_alike(one: FlowData, other: FlowData) -> bool:
    """Whether two versions of a flow have the same cards at the same places with the same edges."""
    nodes, others = list(one.all_nodes()), list(other.all_nodes())
    return len(nodes) == len(others) and all(
        node is same
        or (node.id, node.parent, node.position, node.connections)
        == (same.id, same.parent, same.position, same.connections)
        for node, same in zip(nodes, others, strict=True)
    )


def name_of(session: CanvasSession, id: str) -> str:
    """What people call a node or a note of the sheet.

    Raises:
        EditError: there is no such card.
    """
    flow = session.workbench.flow_data(flow_key(session))
    return "a note" if id in note_ids(flow) else find(flow, id).name


def line_of(session: CanvasSession, id: str) -> Link:
    """A line of the board that can be changed.

    Raises:
        EditError: it is gone, or it follows from the specs.
    """
    link = session.board.links.get(id)
    if link is None:
        raise EditError("this line no longer exists")
    if link.fixed:
        raise EditError("this line follows from the specs and cannot be changed here")
    return link
