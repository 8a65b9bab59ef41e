"""Positions on a map: what a file says, as far as it can be meant, and layout for the rest."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from ddd_lab.maps.compound_layout import settle_nested
from ddd_lab.maps.containers import Nest
from ddd_lab.maps.data import CardData, Place, PlacedBox
from ddd_lab.maps.layout import Box, Direction, LayoutEdge, Point, Positions, place_around
from ddd_lab.spec.models.base import Position, pixels

LIMIT = 1e6
"""Pixels from the origin beyond which a number in a file is not a place that anybody means."""


def meant(wanted: Iterable[tuple[str, Position | None]]) -> Positions:
    """The places of a file that count as placed.

    No two cards may open on the same point: the first keeps it. Where all cards share one point,
    or several share the origin, a tool wrote it for want of a better one and none is placed.
    """
    said = [(id_, Point(*at)) for id_, at in wanted if at is not None and _usable(at)]
    shared = Counter(at for _, at in said)
    if len(said) > 1 and len(shared) == 1:
        return {}
    heaps = {at for at, many in shared.items() if many > 1 and at == Point(0, 0)}
    found: Positions = {}
    taken: set[Point] = set(heaps)
    for id_, at in said:
        if at not in taken:
            taken.add(at)
            found[id_] = at
    return found


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
    direction: Direction = "right",
    along: float | None = None,
    nests: Sequence[Nest] = (),
) -> None:
    """Give every card its ``position`` and say in ``placed`` whether its file gave it."""
    boxes = [Box(key, card["width"], card["height"]) for key, card in cards.items()]
    if nests:
        found = settle_nested(boxes, lines, placed, nests, direction=direction, along=along)
    else:
        found = place_around(boxes, lines, placed, direction, along)
    for key, card in cards.items():
        card["position"] = position(found[key])
        card["placed"] = key in placed
