"""Positions on a map: what a file says, as far as it can be meant, and layout for the rest."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from ddd_lab.maps.compound_layout import place_groups
from ddd_lab.maps.containers import LayoutGroup
from ddd_lab.maps.data import CardData, Place, PlacedBox
from ddd_lab.maps.edges import MapEdge
from ddd_lab.maps.layout import (
    CELL,
    Box,
    LayoutEdge,
    MapStyle,
    Point,
    Positions,
    Style,
    View,
    apart,
    leads,
    place_around,
    rect_of,
    sight,
)
from ddd_lab.maps.memory import BoardMemory
from ddd_lab.maps.routing import FEW, CardArea, map_crossings
from ddd_lab.maps.routing.labels import LABEL_HEIGHT, label_width
from ddd_lab.spec.models.base import Position, pixels

WIDEST = 120.0
"""Pixels that a label between two cards of a map may take; a longer one is shortened."""
MAP_STYLES: tuple[MapStyle, ...] = ("right", "down", "grid")
NARROW = 1.3
"""Width of a view against its height below which a map is laid out for that view."""
EXCESS = 2.0
"""Crossings that a map may have if it then is so many times smaller as the view is large."""
ON_GRID = 0.25
"""Crossings that a map may have if its edges then lead one way."""
GRIDS = 5
"""Further grids that are tried where edges still cross."""
MOST_LOOKED_AT = 2
"""Of these, how many are looked at closely."""
MOST_CARDS = 150
"""Cards of a map up to which the crossings of its edges decide."""
LIMIT = 1e6
"""Pixels from the origin beyond which a number in a file is not a place that anybody means."""


Refined = Callable[[Sequence[Box], Positions], Positions]
"""Better positions for boxes that layout placed."""


def meant(stored: Iterable[tuple[str, Position | None]]) -> Positions:
    """The places of a file that count as placed.

    No two cards may open on the same point: the first keeps it. Where all cards share one point,
    or several share the origin, a tool wrote it for want of a better one and none is placed.
    """
    usable = [(id_, Point(*at)) for id_, at in stored if at is not None and _usable(at)]
    shared = Counter(at for _, at in usable)
    if len(usable) > 1 and len(shared) == 1:
        return {}
    heaps = {at for at, many in shared.items() if many > 1 and at == Point(0, 0)}
    positions: Positions = {}
    taken: set[Point] = set(heaps)
    for id_, at in usable:
        if at not in taken:
            taken.add(at)
            positions[id_] = at
    return positions


def _usable(at: Position) -> bool:
    return all(math.isfinite(number) and abs(number) <= LIMIT for number in at)


def position(at: Point) -> Place:
    """A place as plain data."""
    return {"x": pixels(at.x), "y": pixels(at.y)}


def placed_box(card: CardData) -> PlacedBox:
    """Where a card lies and how large it is."""
    return {
        **card["position"],
        "width": card["width"],
        "height": card["height"],
        "placed": card["placed"],
    }


def place(
    cards: Mapping[str, CardData],
    lines: Sequence[LayoutEdge],
    placed: Mapping[str, Point],
    *,
    style: Style | MapStyle = "right",
    view: View = CELL,
    layout_groups: Sequence[LayoutGroup] = (),
    after: Mapping[str, float] = {},
    memory: BoardMemory | None = None,
    refined: Refined | None = None,
) -> bool:
    """Give every card its ``position`` and say in ``placed`` whether its file gave it.

    A card that was shown before stays where it was until its file says something else of it. No
    card covers another one, whatever the file says.

    Args:
        cards: of a map by their keys; changed in place.
        style: where lines lead.
        layout_groups: cards that stay together, innermost first.
        after: pixels beyond cards in which labels of their outputs stand.
        memory: of the same board; it is brought up to date.
        refined: what improves a layout in which no card had a place.

    Returns:
        Whether any card is shown elsewhere than its file says, since there it would cover another.
    """
    boxes = [
        Box(key, card["width"], card["height"], after.get(key, 0.0)) for key, card in cards.items()
    ]
    settled = memory.settled(cards, placed) if memory else {}
    found = _settled(
        boxes, lines, {**placed, **settled}, style=style, layout_groups=layout_groups, view=view
    )
    found = apart(boxes, found, settled)
    if refined and not placed and not settled:
        found = refined(boxes, found)
    return show(cards, found, placed, memory)


def _settled(
    boxes: Sequence[Box],
    lines: Sequence[LayoutEdge],
    fixed: Mapping[str, Point],
    *,
    style: Style | MapStyle,
    layout_groups: Sequence[LayoutGroup],
    view: View,
    start: int = 0,
) -> Positions:
    if layout_groups:
        return place_groups(boxes, lines, fixed, layout_groups, style=style, view=view, start=start)
    return place_around(boxes, lines, fixed, style, view, start=start)


def show(
    cards: Mapping[str, CardData],
    found: Mapping[str, Point],
    placed: Mapping[str, Point],
    memory: BoardMemory | None,
) -> bool:
    """Give cards the positions found; whether any is elsewhere than its file says."""
    for key, card in cards.items():
        card["position"] = position(found[key])
        card["placed"] = key in placed
    return (BoardMemory() if memory is None else memory).note(found, placed)


def place_map(
    cards: Mapping[str, CardData],
    edges: Sequence[MapEdge],
    placed: Mapping[str, Point],
    *,
    layout_groups: Sequence[LayoutGroup] = (),
    view: View = CELL,
    memory: BoardMemory | None = None,
) -> bool:
    """Give every card of a map its ``position``, in the style that shows most if nothing is placed.

    Args:
        cards: of a map by their keys; changed in place.
        edges: between cards, with what is printed on them.
        layout_groups: cards that stay together, innermost first.
        memory: of the same board; it is brought up to date.

    Returns:
        As :func:`place`.
    """
    if placed or (memory and memory.settled(cards, placed)):
        lines = _lines(edges, "right")
        return place(cards, lines, placed, layout_groups=layout_groups, view=view, memory=memory)
    # The same in windows of most sizes, and in pictures.
    shape = view if view.across < view.down * NARROW else CELL
    boxes = tuple(Box(key, card["width"], card["height"]) for key, card in cards.items())
    found = _easiest(boxes, tuple(edges), tuple(layout_groups), shape)
    return show(cards, found, placed, memory)


class _Laid(NamedTuple):
    """Positions of cards, and what speaks against them but crossings."""

    loss: float
    places: Positions


@lru_cache(maxsize=16)
def _easiest(
    boxes: tuple[Box, ...],
    edges: tuple[MapEdge, ...],
    layout_groups: tuple[LayoutGroup, ...],
    view: View,
) -> Mapping[str, Point]:
    """Positions in the style in which few edges cross and much of a map is in view."""
    drawn = [edge.on_board for edge in edges]
    few = len(edges) <= FEW and len(boxes) <= MOST_CARDS

    def laid(style: MapStyle, start: int = 0) -> _Laid:
        lines = _lines(edges, style)
        found = _settled(
            boxes, lines, {}, style=style, layout_groups=layout_groups, view=view, start=start
        )
        found = apart(boxes, found)
        excess = sight(boxes, found, leads(style), view).excess
        return _Laid(EXCESS * excess + (ON_GRID if style == "grid" else 0.0), found)

    def crossed(found: Positions, *, quick: bool = False) -> int:
        areas = [CardArea(box.id, rect_of(box, found[box.id])) for box in boxes]
        return map_crossings(areas, drawn, quick=quick) if few else 0

    best: tuple[float, int, Positions] | None = None

    def look(tried: Iterable[_Laid]) -> None:
        nonlocal best
        for loss, found in tried:
            # To count crossings takes long: not where a map is too large as it is.
            if best is None or loss < best[0]:
                crossings = crossed(found)
                if best is None or loss + crossings < best[0]:
                    best = loss + crossings, crossings, found

    tried = [laid(style) for style in (MAP_STYLES if few else MAP_STYLES[:2])]
    look(sorted(tried, key=itemgetter(0)))
    further: list[tuple[float, int, _Laid]] = []
    for start in range(1, GRIDS + 1) if few and best and best[1] else ():
        grid = laid("grid", start)
        crossings = crossed(grid.places, quick=True)
        further.append((grid.loss + crossings, start, grid))
        if not crossings:
            break
    look(grid for *_, grid in sorted(further, key=itemgetter(0, 1))[:MOST_LOOKED_AT])
    return best[2] if best else {}


def _lines(edges: Sequence[MapEdge], style: MapStyle) -> list[LayoutEdge]:
    return [
        LayoutEdge(edge.source, edge.target, label=_along(edge.printed, style)) for edge in edges
    ]


def _along(printed: str, style: MapStyle) -> float:
    """Pixels that a label takes in the direction of its edge."""
    if style == "down":
        return LABEL_HEIGHT if printed else 0.0
    return min(label_width(printed), WIDEST)
