"""Editing a line of the sheet: what it says, where it leaves from and where it leads."""

from __future__ import annotations

from collections.abc import Callable

from ddd_lab.canvas.commands._registry import edit_flow, line_of, name_of, operation
from ddd_lab.canvas.edge_inspection import inspect_link as inspected
from ddd_lab.canvas.edge_inspection import which
from ddd_lab.canvas.protocol import arguments as args
from ddd_lab.canvas.protocol.arguments import Arguments, Text
from ddd_lab.canvas.protocol.results import Inspection, NamedCard
from ddd_lab.canvas.session.session import CanvasSession
from ddd_lab.spec.edit.connections import (
    Which,
    move_in_connection,
    reconnect,
    rename_in_connection,
    set_connection,
    unset_connection,
)
from ddd_lab.spec.edit.data import show_path
from ddd_lab.spec.models.base import Path
from ddd_lab.spec.models.flow import FlowData


class NewEnds(Arguments):
    """A line, and the output to leave from or the card to lead to, where they are others."""

    id: Text
    output: Text | None = None
    target: Text | None = None


@operation("nothing")
def inspect_link(session: CanvasSession, line: args.CardId) -> Inspection:
    """Say what the spec panel shows of a line."""
    return inspected(session, line.id)


@operation(in_bursts=True)
def set_link(session: CanvasSession, new: args.Setting) -> None:
    """Set something that an edge says beside its ends."""
    edge, path = _which(session, new.id), tuple(new.path)
    token = session.bursts.token(("set_link", session.at, new.id, *path))

    def change(flow: FlowData) -> FlowData:
        return set_connection(flow, edge, path, new.value)

    _edit(session, edge, "set", path, change, token=token)


@operation()
def unset_link(session: CanvasSession, unsetting: args.Unsetting) -> None:
    """Remove a key or list item of an edge."""
    edge, path = _which(session, unsetting.id), tuple(unsetting.path)
    _edit(session, edge, "remove", path, lambda flow: unset_connection(flow, edge, path))


@operation()
def move_link_item(session: CanvasSession, moved: args.ItemMove) -> None:
    """Give a list item of an edge another place."""
    edge, path = _which(session, moved.id), tuple(moved.path)
    _edit(session, edge, "move", path, lambda flow: move_in_connection(flow, edge, path, moved.to))


@operation()
def rename_link_key(session: CanvasSession, new: args.KeyName) -> None:
    """Give a key of an edge's map another name."""
    edge, path = _which(session, new.id), tuple(new.path)

    def change(flow: FlowData) -> FlowData:
        return rename_in_connection(flow, edge, path, new.to, new.new_value)

    _edit(session, edge, "rename", path, change)


def _edit(
    session: CanvasSession,
    edge: Which,
    verb: str,
    path: Path,
    change: Callable[[FlowData], FlowData],
    *,
    token: str = "",
) -> None:
    edit_flow(session, change, f"{verb} {show_path(path)} of {_words(session, edge)}", token)


@operation()
def redirect(session: CanvasSession, new: NewEnds) -> NamedCard:
    """Let a line leave from another output or lead to another card; say its id then."""
    line = _which(session, new.id)
    before = set(session.board.links)
    target = None if new.target is None else name_of(session, new.target)
    where = f"to {target}" if target else f"from {new.output}"
    edit_flow(
        session,
        lambda flow: reconnect(flow, line, output=new.output, target=new.target),
        f"lead {_words(session, line)} {where}",
    )
    fresh = [id for id in session.board.links if id not in before]
    return NamedCard(id=fresh[0] if fresh else new.id)


def _which(session: CanvasSession, id: str) -> Which:
    return which(line_of(session, id))


def _words(session: CanvasSession, line: Which) -> str:
    return f"the line from {name_of(session, line.source)}"
