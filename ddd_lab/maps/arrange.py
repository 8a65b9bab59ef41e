"""Arranging the cards of a sheet that people see: where they lie, and where layout would put them.

A sheet may show cards whose file gives no place. What is arranged is what is shown, so these get
the place that they are seen at, or the one that they are moved to.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from ddd_lab.maps.coordinates import place_map
from ddd_lab.maps.data import CardData, NodeCard
from ddd_lab.maps.edges import MapEdge
from ddd_lab.maps.layout import CELL, Box, LayoutEdge, Style, View, lay_out
from ddd_lab.maps.sheet import best_style, labels_after, layout_edges, sheet
from ddd_lab.spec.edit.arrange import Area, Moves
from ddd_lab.spec.edit.nodes import EditError, find, move_nodes, replace_nodes
from ddd_lab.spec.edit.notes import change_note, notes
from ddd_lab.spec.edit.sheet_style import (
    ChosenStyle,
    chosen_style,
    with_style,
    without_style,
)
from ddd_lab.spec.models.base import pixels
from ddd_lab.spec.models.flow import FlowData
from ddd_lab.spec.no_such import meant


def shown_areas(cards: Iterable[NodeCard], ids: Collection[str]) -> dict[str, Area]:
    """Where some cards of a sheet or map are shown, and how large.

    Raises:
        EditError: a card is not there.
    """
    by_id = {card["id"]: card for card in cards}
    missing = [id for id in ids if id not in by_id]
    if missing:
        hint = meant(missing[0], by_id)
        raise EditError(f"there is no card {missing[0]!r} on this sheet{hint}")
    return {id: _area(by_id[id]) for id in ids}


def tidy(
    flow: FlowData,
    ids: Collection[str] | None = None,
    *,
    style: ChosenStyle | None = None,
    view: View = CELL,
) -> Moves:
    """Positions for a whole sheet, or for some of its cards, as layout puts them.

    The top left corner of what is laid out stays where it is.

    Args:
        ids: of at least two nodes; the whole sheet if left out.
        style: how the whole sheet is to lie; as it was chosen if left out.

    Returns:
        The place of every node that is laid out, the trigger included.

    Raises:
        EditError: a node does not exist, or fewer than two are given.
    """
    board = sheet(flow)
    cards = board["nodes"]
    if ids is not None:
        chosen = {find(flow, id).id for id in ids}
        if len(chosen) < 2:
            raise EditError("select at least 2 cards to tidy, or none for the whole sheet")
        old = {card["id"]: _area(card) for card in cards if card["id"] in chosen}
        after = labels_after(cards, board["direction"])
        edges = layout_edges(flow, cards)
        return laid_out(old, edges, board["direction"], after=after, view=view)
    bare = _unplaced(flow, style, view)
    old = {card["id"]: _area(card) for card in cards}
    areas = {card["id"]: _area(card) for card in sheet(bare, view=view)["nodes"]}
    return _from_corner(old, {id: (area.x, area.y) for id, area in areas.items()})


def _unplaced(flow: FlowData, style: ChosenStyle | None, view: View) -> FlowData:
    """The flow without places, and with the style in which it is to be laid out."""
    bare = replace_nodes(
        flow, {node.id: node.model_copy(update={"position": None}) for node in flow.all_nodes()}
    )
    chosen = style or chosen_style(flow)
    if chosen != "automatic":
        return with_style(bare, chosen)
    free = without_style(bare)
    return with_style(free, best_style(free, view), automatic=True)


def laid_out(
    areas: Mapping[str, Area],
    lines: Sequence[LayoutEdge],
    style: Style = "right",
    *,
    after: Mapping[str, float] = {},
    view: View = CELL,
) -> Moves:
    """Positions for cards as layout puts them; the top left corner of the whole stays where it is.

    Args:
        lines: between cards, those to others are ignored.
        style: where lines lead.
        after: pixels beyond cards in which labels of their outputs stand.
    """
    boxes = [Box(id, area.width, area.height, after.get(id, 0.0)) for id, area in areas.items()]
    return _from_corner(areas, lay_out(boxes, lines, style, view))


def map_laid_out(areas: Mapping[str, Area], edges: Sequence[MapEdge], view: View = CELL) -> Moves:
    """Positions for cards of a map as layout puts them, from where the top left corner is.

    Args:
        edges: between cards; those to others are ignored.
    """
    cards: dict[str, CardData] = {
        id: {"width": area.width, "height": area.height} for id, area in areas.items()
    }
    within = [edge for edge in edges if edge.source in areas and edge.target in areas]
    place_map(cards, within, {}, view=view)
    return _from_corner(
        areas, {id: (card["position"]["x"], card["position"]["y"]) for id, card in cards.items()}
    )


def _from_corner(old: Mapping[str, Area], drawn: Mapping[str, tuple[float, float]]) -> Moves:
    """The places found, moved to where the top left corner of the whole was."""
    if not drawn:
        return {}
    right = min(area.x for area in old.values()) - min(x for x, _ in drawn.values())
    down = min(area.y for area in old.values()) - min(y for _, y in drawn.values())
    return {id: (pixels(x + right), pixels(y + down)) for id, (x, y) in drawn.items()}


def tidied(
    flow: FlowData,
    ids: Collection[str] | None = None,
    *,
    style: ChosenStyle | None = None,
    view: View = CELL,
) -> FlowData:
    """The flow with a whole sheet, or some of its cards, laid out; notes go with their cards.

    A note belongs to the card that it lies nearest to, and keeps its place beside that.
    """
    before = {card["id"]: _area(card) for card in sheet(flow)["nodes"]}
    places = tidy(flow, ids, style=style, view=view)
    moved = move_nodes(flow, places)
    if ids is None:
        laid = _unplaced(flow, style, view)
        moved = moved.model_copy(update={"metadata": laid.metadata})
    for note in notes(flow):
        if note.position is None or not before:
            continue
        x, y = note.position
        width, height = note.size
        middle = (x + width / 2, y + height / 2)
        near = min(before, key=lambda id: _distance(before[id], middle))
        if near in places:
            right, down = places[near][0] - before[near].x, places[near][1] - before[near].y
            moved = change_note(moved, note.id, position=(pixels(x + right), pixels(y + down)))
    return moved


def _distance(area: Area, point: tuple[float, float]) -> float:
    """From a point to the nearest edge of a card, squared; nothing inside it."""
    across = max(area.x - point[0], 0, point[0] - area.x - area.width)
    down = max(area.y - point[1], 0, point[1] - area.y - area.height)
    return across * across + down * down


def _area(card: CardData) -> Area:
    at = card["position"]
    return Area(at["x"], at["y"], card["width"], card["height"])
