"""Editing a line of the sheet: what it says, where it leaves from and where it leads."""

from __future__ import annotations

from ddd_lab.canvas.commands._registry import Result, edit_flow, line_of, name_of, operation
from ddd_lab.canvas.edge_inspection import inspect_link as inspected
from ddd_lab.canvas.edge_inspection import which
from ddd_lab.canvas.protocol import arguments as args
from ddd_lab.canvas.protocol.arguments import Arguments, Text
from ddd_lab.canvas.session.session import Desk
from ddd_lab.spec.edit.connections import (
    Which,
    move_in_connection,
    reconnect,
    rename_in_connection,
    set_connection,
    unset_connection,
)
from ddd_lab.spec.edit.data import show_path


class NewEnds(Arguments):
    """A line, and the output to leave from or the card to lead to, where they are others."""

    id: Text
    output: Text | None = None
    target: Text | None = None


@operation(args.CardId, "nothing")
def inspect_link(desk: Desk, line: args.CardId) -> Result:
    """Say what the spec panel shows of a line."""
    return inspected(desk, line.id).model_dump(mode="json")


@operation(args.Setting, in_bursts=True)
def set_link(desk: Desk, new: args.Setting) -> Result:
    """Set something that a line says beside its ends."""
    line, path = _which(desk, new.id), tuple(new.path)
    token = desk.bursts.token(("set_link", desk.at, new.id, *path))
    label = f"set {show_path(path)} of {_words(desk, line)}"
    edit_flow(desk, lambda flow: set_connection(flow, line, path, new.value), label, token)
    return None


@operation(args.Unsetting)
def unset_link(desk: Desk, gone: args.Unsetting) -> Result:
    """Remove a key or list item of a line."""
    line, path = _which(desk, gone.id), tuple(gone.path)
    label = f"remove {show_path(path)} of {_words(desk, line)}"
    edit_flow(desk, lambda flow: unset_connection(flow, line, path), label)
    return None


@operation(args.ItemMove)
def move_link_item(desk: Desk, moved: args.ItemMove) -> Result:
    """Give a list item of a line another place."""
    line, path = _which(desk, moved.id), tuple(moved.path)
    label = f"move {show_path(path)} of {_words(desk, line)}"
    edit_flow(desk, lambda flow: move_in_connection(flow, line, path, moved.to), label)
    return None


@operation(args.KeyName)
def rename_link_key(desk: Desk, new: args.KeyName) -> Result:
    """Give a key of a line's map another name."""
    line, path = _which(desk, new.id), tuple(new.path)
    label = f"rename {show_path(path)} of {_words(desk, line)}"
    edit_flow(
        desk, lambda flow: rename_in_connection(flow, line, path, new.to, new.new_value), label
    )
    return None


@operation(NewEnds)
def redirect(desk: Desk, new: NewEnds) -> Result:
    """Let a line leave from another output or lead to another card; say its id then."""
    line = _which(desk, new.id)
    before = set(desk.picture.links)
    target = None if new.target is None else name_of(desk, new.target)
    where = f"to {target}" if target else f"from {new.output}"
    edit_flow(
        desk,
        lambda flow: reconnect(flow, line, output=new.output, target=new.target),
        f"lead {_words(desk, line)} {where}",
    )
    fresh = [id for id in desk.picture.links if id not in before]
    return {"id": fresh[0] if fresh else new.id}


def _which(desk: Desk, id: str) -> Which:
    return which(line_of(desk, id))


def _words(desk: Desk, line: Which) -> str:
    return f"the line from {name_of(desk, line.source)}"
