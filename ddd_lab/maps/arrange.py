"""Arranging the cards of a sheet that people see: where they lie, and where layout would put them.

A sheet may show cards whose file gives no place. What is arranged is what is shown, so these get
the place that they are seen at, or the one that they are moved to.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from ddd_lab.maps.containers import nests
from ddd_lab.maps.coordinates import place
from ddd_lab.maps.data import CardData, NodeCard, Sheet
from ddd_lab.maps.layout import Box, Direction, LayoutEdge, lay_out
from ddd_lab.maps.sheet import layout_edges, sheet
from ddd_lab.spec.edit.arrange import Area, Moves
from ddd_lab.spec.edit.nodes import EditError, find, move_nodes
from ddd_lab.spec.edit.notes import change_note, notes
from ddd_lab.spec.models.base import pixels
from ddd_lab.spec.models.flow import FlowData


def shown_areas(cards: Iterable[NodeCard], ids: Collection[str]) -> dict[str, Area]:
    """Where some cards of a sheet or map are shown, and how large.

    Raises:
        EditError: a card is not there.
    """
    by_id = {card["id"]: card for card in cards}
    missing = [id for id in ids if id not in by_id]
    if missing:
        raise EditError(f"there is no card {missing[0]!r} on this sheet")
    return {id: _area(by_id[id]) for id in ids}


def tidy(flow: FlowData, ids: Collection[str] | None = None) -> Moves:
    """Positions for a whole sheet, or for some of its cards, as layout puts them.

    The top left corner of what is laid out stays where it is.

    Args:
        ids: of at least two nodes; the whole sheet if left out.

    Returns:
        The place of every node that is laid out, the trigger included.

    Raises:
        EditError: a node does not exist, or fewer than two are given.
    """
    board = sheet(flow)
    cards = board["nodes"]
    if ids is None:
        found = _whole(flow, board)
        old = {card["id"]: _area(card) for card in cards}
    else:
        chosen = {find(flow, id).id for id in ids}
        if len(chosen) < 2:
            raise EditError("select at least 2 cards to tidy, or none for the whole sheet")
        old = {card["id"]: _area(card) for card in cards if card["id"] in chosen}
        return laid_out(old, layout_edges(flow, board["nodes"]), board["direction"])
    return _from_corner(old, found)


def laid_out(
    areas: Mapping[str, Area],
    lines: Sequence[LayoutEdge],
    direction: Direction = "right",
    along: float | None = None,
) -> Moves:
    """Positions for cards as layout puts them; the top left corner of the whole stays where it is.

    Args:
        areas: the cards.
        lines: between cards, those to others are ignored.
        direction: where lines lead.
        along: room between ranks, in pixels; enough for outcome labels if left out.
    """
    boxes = [Box(id, area.width, area.height) for id, area in areas.items()]
    return _from_corner(areas, lay_out(boxes, lines, direction, along))


def _from_corner(old: Mapping[str, Area], found: Mapping[str, tuple[float, float]]) -> Moves:
    """The places found, moved to where the top left corner of the whole was."""
    if not found:
        return {}
    right = min(area.x for area in old.values()) - min(x for x, _ in found.values())
    down = min(area.y for area in old.values()) - min(y for _, y in found.values())
    return {id: (pixels(x + right), pixels(y + down)) for id, (x, y) in found.items()}


def tidied(flow: FlowData, ids: Collection[str] | None = None) -> FlowData:
    """The flow with a whole sheet, or some of its cards, laid out; notes go with their cards.

    A note belongs to the card that it lies nearest to, and keeps its place beside that.
    """
    before = {card["id"]: _area(card) for card in sheet(flow)["nodes"]}
    places = tidy(flow, ids)
    made = move_nodes(flow, places)
    for note in notes(flow):
        if note.position is None or not before:
            continue
        x, y = note.position
        width, height = note.size
        middle = (x + width / 2, y + height / 2)
        near = min(before, key=lambda id: _distance(before[id], middle))
        if near in places:
            right, down = places[near][0] - before[near].x, places[near][1] - before[near].y
            made = change_note(made, note.id, position=(pixels(x + right), pixels(y + down)))
    return made


def _distance(area: Area, point: tuple[float, float]) -> float:
    """From a point to the nearest edge of a card, squared; nothing inside it."""
    across = max(area.x - point[0], 0, point[0] - area.x - area.width)
    down = max(area.y - point[1], 0, point[1] - area.y - area.height)
    return across * across + down * down


def _whole(flow: FlowData, board: Sheet) -> dict[str, tuple[float, float]]:
    """All cards laid out as on a sheet without places, in the direction that the sheet has now."""
    cards: dict[str, CardData] = {
        card["id"]: {"width": card["width"], "height": card["height"]}
        for card in (*board["nodes"], *board["missing"])
    }
    edges = layout_edges(flow, board["nodes"])
    place(cards, edges, {}, direction=board["direction"], nests=nests(flow))
    positions = {card["id"]: cards[card["id"]]["position"] for card in board["nodes"]}
    return {id: (position["x"], position["y"]) for id, position in positions.items()}


def _area(card: CardData) -> Area:
    at = card["position"]
    return Area(at["x"], at["y"], card["width"], card["height"])
