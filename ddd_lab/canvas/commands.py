"""What the browser can ask for: one small function per operation, found by its name.

Each gets the desk it was asked at and its validated arguments, and returns the reply's result.
What it raises becomes the reply's failure, in words for the person who asked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from ddd_lab.files.workspace import Changed
from ddd_lab.spec.base import Path
from ddd_lab.spec.data import NoSuchPathError, get_in, show_path, unset_in
from ddd_lab.spec.edits import (
    EditError,
    add_node,
    connect,
    disconnect,
    find,
    move_nodes,
    remove_nodes,
    set_flow_value,
    set_value,
    unset_value,
)
from ddd_lab.spec.flow import FlowData
from ddd_lab.spec.rename import rename_node

from . import arguments as args
from .desk import Desk
from .inspecting import inspect
from .layout_edits import move_blocks, move_domains, moved_words
from .places import level_of, place_of_file, shows
from .previews import preview
from .protocol import Link
from .sheet_boards import missing_id

A = TypeVar("A", bound=args.Arguments)
Result = dict[str, Any] | None


@dataclass(frozen=True)
class Operation:
    """An operation: its arguments' model and what carries it out."""

    arguments: type[args.Arguments]
    run: Callable[[Desk, Any], Result]


OPERATIONS: dict[str, Operation] = {}


def operation(
    arguments: type[A],
) -> Callable[[Callable[[Desk, A], Result]], Callable[[Desk, A], Result]]:
    """Register a function as the operation of its name."""

    def register(run: Callable[[Desk, A], Result]) -> Callable[[Desk, A], Result]:
        OPERATIONS[run.__name__.rstrip("_")] = Operation(arguments, run)
        return run

    return register


# --- looking --------------------------------------------------------------------------------


@operation(args.Arguments)
def hello(desk: Desk, _: args.Arguments) -> Result:
    """Send the board."""
    desk.show()
    return None


@operation(args.At)
def go(desk: Desk, to: args.At) -> Result:
    """Show another place."""
    desk.go(to.at)
    return None


@operation(args.Arguments)
def back(desk: Desk, _: args.Arguments) -> Result:
    """Show the place from before."""
    desk.back()
    return None


@operation(args.Arguments)
def up(desk: Desk, _: args.Arguments) -> Result:
    """Show the place above."""
    desk.up()
    return None


@operation(args.CardId)
def inspect_(desk: Desk, card: args.CardId) -> Result:
    """Say what the spec panel shows of a card."""
    return inspect(desk, card.id).model_dump(mode="json")


@operation(args.Arguments)
def problems(desk: Desk, _: args.Arguments) -> Result:
    """Send the list of problems."""
    desk.send_problems()
    return None


@operation(args.OneFile)
def preview_(desk: Desk, file: args.OneFile) -> Result:
    """Say which lines saving would change."""
    return {"diff": preview(desk.host, file.path)}


# --- editing a flow -------------------------------------------------------------------------


def _flow(desk: Desk) -> str:
    """Key of the flow on the sheet.

    Raises:
        EditError: this is no sheet, or its file is broken.
    """
    if level_of(desk.at) != "flow":
        raise EditError("open a flow first: maps follow from the specs and only blocks move here")
    if desk.picture.readonly:
        raise EditError(desk.picture.readonly)
    return desk.at


def _edit(desk: Desk, change: Callable[[FlowData], FlowData], label: str, token: str = "") -> None:
    desk.host.edit_flow(_flow(desk), change, label, token)


def _name(desk: Desk, id: str) -> str:
    return find(desk.host.flow_data(_flow(desk)), id).name


def _link(desk: Desk, id: str) -> Link:
    link = desk.picture.links.get(id)
    if link is None:
        raise EditError("this line is not there any more")
    if link.fixed:
        raise EditError("this line follows from the specs and cannot be changed here")
    return link


@operation(args.Moves)
def move(desk: Desk, moved: args.Moves) -> Result:
    """Put cards at places, as one step; on maps this goes to the layout files."""
    places = {place.id: (place.x, place.y) for place in moved.moves}
    cards = desk.picture.cards
    label = moved_words(cards[id].title if id in cards else id for id in places)
    token = desk.bursts.token(("move", *sorted(places)))
    match level_of(desk.at):
        case "system":
            move_domains(desk.host, places, label, token)
        case "domain":
            move_blocks(desk.host, desk.at, places, label, token)
        case "flow":
            _edit(desk, lambda flow: move_nodes(flow, places), label, token)
    return None


@operation(args.NewNode)
def add(desk: Desk, new: args.NewNode) -> Result:
    """Place a node, and connect it from another one if asked to, as one step."""
    made: list[str] = []

    def change(flow: FlowData) -> FlowData:
        flow, node = add_node(flow, new.type, position=(new.x, new.y))
        made.append(node.id)
        flow = move_nodes(flow, {node.id: (new.x, new.y)})
        if new.connect_from is not None:
            flow = connect(flow, new.connect_from, node.id, new.output)
        return flow

    _edit(desk, change, f"add {new.type.replace('_', ' ')}")
    return {"id": made[-1]}


@operation(args.NewLink)
def connect_(desk: Desk, new: args.NewLink) -> Result:
    """Lead an output of one node to another node."""
    names = f"{_name(desk, new.source)} to {_name(desk, new.target)}"
    _edit(desk, lambda flow: connect(flow, new.source, new.target, new.output), f"connect {names}")
    return None


def _without(flow: FlowData, link: Link) -> FlowData:
    """The flow without a line; as it is where the line went with another one already."""
    ends = {(edge.source, edge.output, edge.target) for edge in flow.edges}
    for target in (link.target, "") if link.target == missing_id("") else (link.target,):
        if (link.source, link.output, target) in ends:
            return disconnect(flow, link.source, link.output, target)
    return flow


@operation(args.Links)
def disconnect_(desk: Desk, gone: args.Links) -> Result:
    """Remove lines, as one step."""
    return remove(desk, args.Things(cards=[], links=gone.links))


@operation(args.Things)
def remove(desk: Desk, gone: args.Things) -> Result:
    """Remove cards and lines, as one step."""
    links = [_link(desk, id) for id in gone.links]
    names = [_name(desk, id) for id in gone.cards]
    if not names and not links:
        raise EditError("nothing is selected to delete")

    def change(flow: FlowData) -> FlowData:
        for link in links:
            flow = _without(flow, link)
        return remove_nodes(flow, gone.cards)

    count = len(names) + len(links)
    what = f"{count} things" if count > 1 else names[0] if names else "a connection"
    _edit(desk, change, f"delete {what}")
    return None


@operation(args.Setting)
def set_(desk: Desk, new: args.Setting) -> Result:
    """Set something of a node, or of the flow itself where no card is named."""
    path = _path(desk, new.id, new.path)
    token = desk.bursts.token(("set", desk.at, new.id, *path))
    if new.id:
        label = f"set {_words(path)} of {_name(desk, new.id)}"
        _edit(desk, lambda flow: set_value(flow, new.id, path, new.value), label, token)
    else:
        label = f"set {_words(path)} of the flow"
        _edit(desk, lambda flow: set_flow_value(flow, path, new.value), label, token)
    return None


@operation(args.Unsetting)
def unset(desk: Desk, gone: args.Unsetting) -> Result:
    """Remove a key or list item of a node, or of the flow itself where no card is named."""
    path = _path(desk, gone.id, gone.path)
    if not gone.id:
        _edit(desk, lambda flow: _unset_of_flow(flow, path), f"remove {_words(path)} of the flow")
        return None
    label = f"remove {_words(path)} of {_name(desk, gone.id)}"
    _edit(desk, lambda flow: unset_value(flow, gone.id, path), label)
    return None


def _unset_of_flow(flow: FlowData, path: Path) -> FlowData:
    if path == ("description",):
        return set_flow_value(flow, path, "")
    try:
        return flow.model_copy(update={"extra": unset_in(flow.extra, path)})
    except NoSuchPathError as error:
        raise EditError(f"the flow: {error}") from None


def _path(desk: Desk, id: str, steps: list[Any]) -> Path:
    """The path as it lies in the node: a number that names a key of a map becomes that key."""
    if not id or steps[0] != "spec":
        return tuple(steps)
    data: Any = {"spec": find(desk.host.flow_data(_flow(desk)), id).spec}
    path: list[str | int] = []
    for step in steps:
        path.append(str(step) if isinstance(data, dict) else step)
        try:
            data = get_in(data, (path[-1],))
        except NoSuchPathError:
            data = None
    return tuple(path)


def _words(path: Path) -> str:
    return show_path(path[1:] if len(path) > 1 and path[0] == "spec" else path)


@operation(args.NewId)
def rename(desk: Desk, new: args.NewId) -> Result:
    """Give a node another id, wherever the flow names it."""
    _edit(desk, lambda flow: rename_node(flow, new.id, new.to), f"rename {new.id} to {new.to}")
    return {"id": new.to}


# --- the project ----------------------------------------------------------------------------


@operation(args.Arguments)
def undo(desk: Desk, _: args.Arguments) -> Result:
    """Take the last step back, and say so where it happened elsewhere."""
    return _travel(desk, desk.host.undo, "Undone")


@operation(args.Arguments)
def redo(desk: Desk, _: args.Arguments) -> Result:
    """Do the last undone step again, and say so where it happened elsewhere."""
    return _travel(desk, desk.host.redo, "Redone")


def _travel(desk: Desk, travel: Callable[[], str], word: str) -> Result:
    shown = desk.at
    touched: set[str] = set()

    def note(changed: Changed) -> None:
        touched.update(changed.paths)

    stop = desk.host.observe(note)
    try:
        label = travel()
    finally:
        stop()
    if label and not any(shows(path, shown) for path in touched):
        places = ", ".join(sorted({place_of_file(path) or path for path in touched}))
        desk.notice(f"{word} in {places}: {label}")
    return {"label": label}


@operation(args.Arguments)
def save(desk: Desk, _: args.Arguments) -> Result:
    """Write everything that is unsaved."""
    return {"written": desk.host.save()}


@operation(args.NewFlow)
def new_flow(desk: Desk, new: args.NewFlow) -> Result:
    """Make a flow, and say where it is."""
    return {"at": desk.host.new_flow(new.name, new.domain, new.type).key}


@operation(args.Choice)
def conflict(desk: Desk, choice: args.Choice) -> Result:
    """Decide which version of a file stays."""
    desk.host.resolve(choice.path, choice.keep)
    return None
