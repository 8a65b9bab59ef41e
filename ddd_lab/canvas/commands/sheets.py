"""Editing the flow on the sheet; on maps, moving blocks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ddd_lab.spec.base import Path
from ddd_lab.spec.data import NoSuchPathError, get_in, show_path, unset_in
from ddd_lab.spec.edits import (
    EditError,
    add_node,
    connect,
    disconnect,
    find,
    move_nodes,
    set_flow_value,
    set_value,
    unset_value,
)
from ddd_lab.spec.flow import FlowData
from ddd_lab.spec.rename import rename_node

from .. import arguments as args
from ..desk import Desk
from ..layout_edits import move_blocks, move_domains, moved_words
from ..map_edits import set_on_map
from ..note_cards import move_cards, note_ids, remove_cards, set_of_note, split
from ..places import level_of
from ..protocol import Link
from ..sheet_boards import missing_id
from ._registry import Result, edit_flow, flow_key, line_of, name_of, operation
from .frames import nested


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
            _move_on_sheet(desk, moved, places, label, token)
    return None


def _move_on_sheet(
    desk: Desk,
    moved: args.Moves,
    places: Mapping[str, tuple[float, float]],
    label: str,
    token: str,
) -> None:
    flow = desk.host.flow_data(flow_key(desk))
    nodes, _ = split(flow, places)
    into = {place.id: place.into for place in moved.moves if place.into is not None}
    homes = {id: into[id] for id in nodes if id in into}
    shown = {id: (card.x, card.y) for id, card in desk.whole_picture.cards.items()}

    def change(flow: FlowData) -> FlowData:
        return nested(move_cards(flow, places, shown), homes)

    if inside := {home for home in homes.values() if home}:
        label = f"put {label.removeprefix('move ')} into {name_of(desk, inside.pop())}"
    elif homes:
        label = f"take {label.removeprefix('move ')} out"
    edit_flow(desk, change, label, "" if homes else token)


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
        return nested(flow, {node.id: new.into}) if new.into else flow

    edit_flow(desk, change, f"add {new.type.replace('_', ' ')}")
    return {"id": made[-1]}


@operation(args.NewLink)
def connect_(desk: Desk, new: args.NewLink) -> Result:
    """Lead an output of one node to another node."""
    names = f"{name_of(desk, new.source)} to {name_of(desk, new.target)}"
    edit_flow(
        desk, lambda flow: connect(flow, new.source, new.target, new.output), f"connect {names}"
    )
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
    links = [line_of(desk, id) for id in gone.links]
    names = [name_of(desk, id) for id in gone.cards]
    if not names and not links:
        raise EditError("nothing is selected to delete")

    def change(flow: FlowData) -> FlowData:
        for link in links:
            flow = _without(flow, link)
        return remove_cards(flow, gone.cards)

    count = len(names) + len(links)
    what = f"{count} things" if count > 1 else names[0] if names else "a connection"
    edit_flow(desk, change, f"delete {what}")
    return None


@operation(args.Setting)
def set_(desk: Desk, new: args.Setting) -> Result:
    """Set something of a node, or of the flow itself where no card is named; on maps of a card."""
    if level_of(desk.at) != "flow":
        return {"id": set_on_map(desk, new.id, new.path, new.value)}
    path = _path(desk, new.id, new.path)
    token = desk.bursts.token(("set", desk.at, new.id, *path))
    note = _note(desk, new.id)
    if note is not None:
        label = f"set {_words(path)} of a note"
        edit_flow(desk, lambda flow: set_of_note(flow, note, path, new.value), label, token)
    elif new.id:
        label = f"set {_words(path)} of {name_of(desk, new.id)}"
        edit_flow(desk, lambda flow: set_value(flow, new.id, path, new.value), label, token)
    else:
        label = f"set {_words(path)} of the flow"
        edit_flow(desk, lambda flow: set_flow_value(flow, path, new.value), label, token)
    return None


@operation(args.Unsetting)
def unset(desk: Desk, gone: args.Unsetting) -> Result:
    """Remove a key or list item of a node, or of the flow itself where no card is named."""
    path = _path(desk, gone.id, gone.path)
    if _note(desk, gone.id) is not None:
        raise EditError("a note always has a text and a size")
    if not gone.id:
        edit_flow(
            desk, lambda flow: _unset_of_flow(flow, path), f"remove {_words(path)} of the flow"
        )
        return None
    label = f"remove {_words(path)} of {name_of(desk, gone.id)}"
    edit_flow(desk, lambda flow: unset_value(flow, gone.id, path), label)
    return None


def _note(desk: Desk, card: str) -> str | None:
    """Id of the note that a card stands for; None for every other card."""
    return note_ids(desk.host.flow_data(flow_key(desk))).get(card)


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
    data: Any = {"spec": find(desk.host.flow_data(flow_key(desk)), id).spec}
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
    edit_flow(desk, lambda flow: rename_node(flow, new.id, new.to), f"rename {new.id} to {new.to}")
    return {"id": new.to}
