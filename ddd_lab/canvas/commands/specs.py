"""Editing what a node says, or the flow of the sheet itself: one value at a time."""

from __future__ import annotations

from typing import Any

from ddd_lab.canvas.boards.notes import note_ids, set_of_note
from ddd_lab.canvas.commands._registry import edit_flow, flow_key, name_of, operation
from ddd_lab.canvas.map_edits import set_on_map
from ddd_lab.canvas.protocol import arguments as args
from ddd_lab.canvas.protocol.results import NamedCard
from ddd_lab.canvas.session.navigation_history import level_of
from ddd_lab.canvas.session.session import CanvasSession
from ddd_lab.spec.edit.data import (
    NoSuchPathError,
    get_in,
    move_in,
    rename_in,
    show_path,
    unset_in,
)
from ddd_lab.spec.edit.nodes import EditError, set_flow_value
from ddd_lab.spec.models.base import Data, Path
from ddd_lab.spec.models.flow import FlowData
from ddd_lab.spec.references.ref_edits import (
    move_through,
    rename_through,
    resolved_settings,
    set_through,
    unset_through,
)


@operation(in_bursts=True)
def set_(session: CanvasSession, new: args.Setting) -> NamedCard:
    """Set something of a node, or of the flow itself where no card is named; on maps of a card."""
    if level_of(session.at) != "flow":
        return NamedCard(id=set_on_map(session, new.id, new.path, new.value))
    path = _path(session, new.id, new.path)
    token = session.bursts.token(("set", session.at, new.id, *path))
    note = _note(session, new.id)
    if note is not None:
        label = f"set {words_of(path)} of a note"
        edit_flow(session, lambda flow: set_of_note(flow, note, path, new.value), label, token)
    elif new.id:
        label = f"set {words_of(path)} of {name_of(session, new.id)}"
        edit_flow(session, lambda flow: set_through(flow, new.id, path, new.value), label, token)
    else:
        label = f"set {words_of(path)} of the flow"
        edit_flow(session, lambda flow: set_flow_value(flow, path, new.value), label, token)
    return NamedCard(id=new.id)


@operation()
def unset(session: CanvasSession, gone: args.Unsetting) -> None:
    """Remove a key or list item of a node, or of the flow itself where no card is named."""
    if level_of(session.at) != "flow":
        set_on_map(session, gone.id, gone.path, "")
        return
    path = _path(session, gone.id, gone.path)
    if _note(session, gone.id) is not None:
        raise EditError("a note always has a text and a size")
    if gone.id:
        label = f"remove {words_of(path)} of {name_of(session, gone.id)}"
        edit_flow(session, lambda flow: unset_through(flow, gone.id, path), label)
    else:
        label = f"remove {words_of(path)} of the flow"
        edit_flow(session, lambda flow: _unset_of_flow(flow, path), label)


@operation()
def move_item(session: CanvasSession, moved: args.ItemMove) -> None:
    """Give a list item of a node another place, or one of the flow where no card is named."""
    path = _path(session, moved.id, moved.path)
    name = name_of(session, moved.id) if moved.id else "the flow"
    label = f"move {words_of(path)} of {name}"
    if moved.id:
        edit_flow(session, lambda flow: move_through(flow, moved.id, path, moved.to), label)
    else:
        edit_flow(session, lambda flow: _moved_of_flow(flow, path, moved.to), label)


@operation()
def rename_key(session: CanvasSession, new: args.KeyName) -> None:
    """Give a key of a node's map another name, or one of the flow where no card is named."""
    path = _path(session, new.id, new.path)
    name = name_of(session, new.id) if new.id else "the flow"

    def change(flow: FlowData) -> FlowData:
        if new.id:
            return rename_through(flow, new.id, path, new.to, new.new_value)
        return _renamed_of_flow(flow, path, new.to, new.new_value)

    edit_flow(session, change, f"rename {words_of(path)} of {name}")


def _note(session: CanvasSession, card: str) -> str | None:
    """Id of the note that a card stands for; None for every other card."""
    return note_ids(session.host.flow_data(flow_key(session))).get(card)


def words_of(path: Path) -> str:
    """What a path inside a card's data is called in the history."""
    return show_path(path[1:] if len(path) > 1 and path[0] == "spec" else path)


def _unset_of_flow(flow: FlowData, path: Path) -> FlowData:
    if path == ("description",):
        return set_flow_value(flow, path, "")
    try:
        return flow.model_copy(update={"extra": unset_in(flow.extra, path)})
    except NoSuchPathError as error:
        raise EditError(f"the flow: {error}") from None


def _renamed_of_flow(flow: FlowData, path: Path, to: str, value: Data) -> FlowData:
    try:
        return flow.model_copy(update={"extra": rename_in(flow.extra, path, to, value)})
    except NoSuchPathError as error:
        raise EditError(f"the flow: {error}") from None


def _moved_of_flow(flow: FlowData, path: Path, to: int) -> FlowData:
    try:
        return flow.model_copy(update={"extra": move_in(flow.extra, path, to)})
    except NoSuchPathError as error:
        raise EditError(f"the flow: {error}") from None


def _path(session: CanvasSession, id: str, steps: list[Any]) -> Path:
    """The path as it lies in the node: a number that names a key of a map becomes that key."""
    if not id or steps[0] != "spec":
        return tuple(steps)
    flow = session.host.flow_data(flow_key(session))
    data: Any = {"spec": resolved_settings(flow, id)}
    path: list[str | int] = []
    for step in steps:
        path.append(str(step) if isinstance(data, dict) else step)
        try:
            data = get_in(data, (path[-1],))
        except NoSuchPathError:
            data = None
    return tuple(path)
