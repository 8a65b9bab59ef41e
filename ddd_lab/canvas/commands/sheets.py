"""Editing the flow on the sheet; on maps, moving blocks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from ddd_lab.canvas.boards.notes import move_cards, remove_cards, split
from ddd_lab.canvas.commands._registry import (
    edit_flow,
    flow_key,
    line_of,
    name_of,
    operation,
)
from ddd_lab.canvas.insertion import inserted
from ddd_lab.canvas.layout_edits import move_on_map, moved_words
from ddd_lab.canvas.map_edits import unwritten_places
from ddd_lab.canvas.protocol.arguments import Arguments, Ids, Pixels, Text
from ddd_lab.canvas.protocol.messages import Link
from ddd_lab.canvas.protocol.results import Dropped, NamedCard
from ddd_lab.canvas.session.navigation_history import level_of
from ddd_lab.canvas.session.session import CanvasSession
from ddd_lab.maps.edges import missing_id
from ddd_lab.spec.edit.containers import nested
from ddd_lab.spec.edit.insert import begin_after_output, retype_node
from ddd_lab.spec.edit.nodes import EditError, add_node, connect, disconnect
from ddd_lab.spec.edit.rename import rename_node
from ddd_lab.spec.models.flow import FlowData


class NewPlace(Arguments):
    """Where a card was put, and into which container; the empty id is the sheet itself."""

    id: Text
    x: Pixels
    y: Pixels
    into: Text | None = None


class Movement(Arguments):
    """Cards and where they were put."""

    moves: Annotated[list[NewPlace], Field(min_length=1, max_length=100_000)]


class NewNode(Arguments):
    """A node to place, and where: connected from a card or inside a line, and in a container."""

    type: Text
    x: Pixels
    y: Pixels
    connect_from: Text | None = None
    output: Text | None = None
    link: Text | None = None
    into: Text | None = None


class Insertion(Arguments):
    """A card that was put at a place on a line."""

    id: Text
    link: Text
    x: Pixels
    y: Pixels


class NewLink(Arguments):
    """A line from an output of a card to another card; without an output, from the first free."""

    source: Text
    output: Text | None = None
    target: Text


class LinkIds(Arguments):
    """Lines, by id."""

    links: Ids


class Removal(Arguments):
    """Cards and lines, by id."""

    cards: Ids = Field(default_factory=list)
    links: Ids = Field(default_factory=list)


class NewType(Arguments):
    """A card and its new type."""

    id: Text
    type: Text


class NewId(Arguments):
    """A card and its new id."""

    id: Text
    to: Text


@operation(in_bursts=True)
def move(session: CanvasSession, moved: Movement) -> None:
    """Put cards at places, as one step; on maps this goes to the layout files."""
    places = {place.id: (place.x, place.y) for place in moved.moves}
    cards = session.board.cards
    label = moved_words(cards[id].title if id in cards else id for id in places)
    token = session.bursts.token(("move", *sorted(places)))
    if level_of(session.at) == "flow":
        _move_on_sheet(session, moved, places, label, token)
    else:
        places = {**unwritten_places(session), **places}
        move_on_map(session.workbench, session.at, places, label, token)


def _move_on_sheet(
    session: CanvasSession,
    moved: Movement,
    places: Mapping[str, tuple[float, float]],
    label: str,
    token: str,
) -> None:
    flow = session.workbench.flow_data(flow_key(session))
    nodes, _ = split(flow, places)
    into = {place.id: place.into for place in moved.moves if place.into is not None}
    homes = {id: into[id] for id in nodes if id in into}

    def change(flow: FlowData) -> FlowData:
        return nested(move_cards(flow, places), homes)

    if inside := {home for home in homes.values() if home}:
        label = f"put {label.removeprefix('move ')} into {name_of(session, inside.pop())}"
    elif homes:
        label = f"take {label.removeprefix('move ')} out"
    edit_flow(session, change, label, "" if homes else token)


@operation()
def add(session: CanvasSession, new: NewNode) -> NamedCard:
    """Place a node, connected from another one or put into a line if asked to, as one step."""
    new_ids: list[str] = []
    line = None if new.link is None else line_of(session, new.link)

    def change(flow: FlowData) -> FlowData:
        flow, node = add_node(flow, new.type, position=(new.x, new.y))
        new_ids[:] = [node.id]
        if new.connect_from is not None:
            flow = connect(flow, new.connect_from, node.id, new.output)
            flow = begin_after_output(flow, node.id)
        flow = nested(flow, {node.id: new.into}) if new.into else flow
        return inserted(session.board, flow, node.id, line, (new.x, new.y)) if line else flow

    edit_flow(session, change, f"add {new.type.replace('_', ' ')}")
    session.broadcaster.todo.begin(session.at, new_ids)
    return NamedCard(id=new_ids[-1])


@operation()
def insert(session: CanvasSession, new: Insertion) -> None:
    """Put a card into a line; what follows makes room."""
    line = line_of(session, new.link)
    edit_flow(
        session,
        lambda flow: inserted(session.board, flow, new.id, line, (new.x, new.y)),
        f"put {name_of(session, new.id)} into a line",
    )


@operation()
def retype(session: CanvasSession, new: NewType) -> Dropped:
    """Give a node another type, and say what of it the new type does not have."""
    dropped: list[str] = []

    def change(flow: FlowData) -> FlowData:
        flow, removed = retype_node(flow, new.id, new.type)
        dropped[:] = removed
        return flow

    kind = new.type.replace("_", " ")
    edit_flow(session, change, f"make {name_of(session, new.id)} a {kind}")
    return Dropped(dropped=dropped)


@operation()
def connect_(session: CanvasSession, new: NewLink) -> None:
    """Lead an output of one node to another node."""
    names = f"{name_of(session, new.source)} to {name_of(session, new.target)}"
    edit_flow(
        session, lambda flow: connect(flow, new.source, new.target, new.output), f"connect {names}"
    )


def _without(flow: FlowData, link: Link) -> FlowData:
    """The flow without a line; as it is where the line went with another one already."""
    ends = {(edge.source, edge.output, edge.target) for edge in flow.edges}
    for target in (link.target, "") if link.target == missing_id("") else (link.target,):
        if (link.source, link.output, target) in ends:
            return disconnect(flow, link.source, link.output, target)
    return flow


@operation()
def disconnect_(session: CanvasSession, links: LinkIds) -> None:
    """Remove lines, as one step."""
    remove(session, Removal(links=links.links))


@operation()
def remove(session: CanvasSession, removal: Removal) -> None:
    """Remove cards and lines, as one step."""
    links = [line_of(session, id) for id in removal.links]
    cards = session.with_inside(removal.cards)
    names = [name_of(session, id) for id in cards]
    if not names and not links:
        raise EditError("nothing is selected to delete")

    def change(flow: FlowData) -> FlowData:
        for link in links:
            flow = _without(flow, link)
        return remove_cards(flow, cards)

    count = len(names) + len(links)
    what = f"{count} things" if count > 1 else names[0] if names else "a connection"
    edit_flow(session, change, f"delete {what}")


@operation()
def rename(session: CanvasSession, new: NewId) -> NamedCard:
    """Give a node another id, wherever the flow names it."""
    edit_flow(
        session, lambda flow: rename_node(flow, new.id, new.to), f"rename {new.id} to {new.to}"
    )
    session.refold(new.id, new.to)
    return NamedCard(id=new.to)
