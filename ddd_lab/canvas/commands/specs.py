"""Editing what a node says, or the flow of the sheet itself: one value at a time."""

from __future__ import annotations

from collections.abc import Callable

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
from ddd_lab.spec.edit.nodes import EditError, find, set_flow_value
from ddd_lab.spec.edit.rename import follow_label
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
    id = new.id

    def change(flow: FlowData) -> FlowData:
        nonlocal id
        if note is not None:
            return set_of_note(flow, note, path, new.value)
        if not new.id:
            return set_flow_value(flow, path, new.value)
        flow_after = set_through(flow, new.id, path, new.value)
        if path == ("label",) and _is_unnamed(session, flow, new.id):
            flow_after, id = follow_label(flow_after, new.id, str(new.value))
        return flow_after

    _edit(session, new.id, f"set {words_of(path)}", change, token)
    session.refold(new.id, id)
    return NamedCard(id=id)


def _is_unnamed(session: CanvasSession, flow: FlowData, id: str) -> bool:
    """Whether a node has no label yet and its id is in no file."""
    saved = session.workbench.document(session.workbench.flow_path(session.at))
    version = saved.saved if saved else None
    is_saved = version is not None and id in getattr(version.model, "by_id", ())
    return not find(flow, id).label and not is_saved


@operation()
def unset(session: CanvasSession, unsetting: args.Unsetting) -> None:
    """Remove a key or list item of a node, or of the flow itself where no card is named."""
    if level_of(session.at) != "flow":
        set_on_map(session, unsetting.id, unsetting.path, "")
        return
    path = _path(session, unsetting.id, unsetting.path)
    if _note(session, unsetting.id) is not None:
        raise EditError("a note always has a text and a size")

    def change(flow: FlowData) -> FlowData:
        if unsetting.id:
            return unset_through(flow, unsetting.id, path)
        if path == ("description",):
            return set_flow_value(flow, path, "")
        return _with_extra(flow, lambda extra: unset_in(extra, path))

    _edit(session, unsetting.id, f"remove {words_of(path)}", change)


@operation()
def move_item(session: CanvasSession, moved: args.ItemMove) -> None:
    """Give a list item of a node another place, or one of the flow where no card is named."""
    path = _path(session, moved.id, moved.path)

    def change(flow: FlowData) -> FlowData:
        if moved.id:
            return move_through(flow, moved.id, path, moved.to)
        return _with_extra(flow, lambda extra: move_in(extra, path, moved.to))

    _edit(session, moved.id, f"move {words_of(path)}", change)


@operation()
def rename_key(session: CanvasSession, new: args.KeyName) -> None:
    """Give a key of a node's map another name, or one of the flow where no card is named."""
    path = _path(session, new.id, new.path)

    def change(flow: FlowData) -> FlowData:
        if new.id:
            return rename_through(flow, new.id, path, new.to, new.new_value)
        return _with_extra(flow, lambda extra: rename_in(extra, path, new.to, new.new_value))

    _edit(session, new.id, f"rename {words_of(path)}", change)


def _edit(
    session: CanvasSession,
    card: str,
    what: str,
    change: Callable[[FlowData], FlowData],
    token: str = "",
) -> None:
    """Change a card of the sheet, or the flow itself where none is named, as one step."""
    name = name_of(session, card) if card else "the flow"
    edit_flow(session, change, f"{what} of {name}", token)


def _note(session: CanvasSession, card: str) -> str | None:
    """Id of the note that a card stands for; None for every other card."""
    return note_ids(session.workbench.flow_data(flow_key(session))).get(card)


def words_of(path: Path) -> str:
    """What a path inside a card's data is called in the history."""
    return show_path(path[1:] if len(path) > 1 and path[0] == "spec" else path)


def _with_extra(flow: FlowData, change: Callable[[Data], Data]) -> FlowData:
    """The flow with other keys of its own block than the format knows."""
    try:
        return flow.model_copy(update={"extra": change(flow.extra)})
    except NoSuchPathError as error:
        raise EditError(f"the flow: {error}") from None


def _path(session: CanvasSession, id: str, steps: list[str | int]) -> Path:
    """The path as it lies in the node: a number that names a key of a map becomes that key."""
    if not id or steps[0] != "spec":
        return tuple(steps)
    flow = session.workbench.flow_data(flow_key(session))
    data: Data = {"spec": resolved_settings(flow, id)}
    path: list[str | int] = []
    for step in steps:
        path.append(str(step) if isinstance(data, dict) else step)
        try:
            data = get_in(data, (path[-1],))
        except NoSuchPathError:
            data = None
    return tuple(path)
