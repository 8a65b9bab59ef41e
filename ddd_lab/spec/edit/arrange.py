"""Arranging cards: align, distribute, snap to a grid. Positions in, those that change out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal, NamedTuple, TypeAlias, get_args

from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.spec.no_such import meant

Side = Literal["left", "center", "right", "top", "middle", "bottom"]
"""What is brought into line: ``center`` is the middle of the width, ``middle`` of the height."""
Way = Literal["horizontally", "vertically"]
Moves: TypeAlias = dict[str, tuple[float, float]]
"""Top left corner of each card, in pixels, by id."""

GRID = 20
"""Pixels between the lines of the grid."""


class Area(NamedTuple):
    """Where a card lies and how large it is, in pixels."""

    x: float
    y: float
    width: float
    height: float


def align(areas: Mapping[str, Area], side: Side) -> Moves:
    """Bring cards into line with the outermost of them, or with the middle of the whole."""
    if side not in get_args(Side):
        sides = get_args(Side)
        raise EditError(f"align cards {', '.join(sides)}, not {side!r}{meant(side, sides)}")
    _at_least(areas, 2, "align")
    left = min(area.x for area in areas.values())
    right = max(area.x + area.width for area in areas.values())
    top = min(area.y for area in areas.values())
    bottom = max(area.y + area.height for area in areas.values())
    place: dict[str, Callable[[Area], tuple[float, float]]] = {
        "left": lambda area: (left, area.y),
        "center": lambda area: ((left + right - area.width) / 2, area.y),
        "right": lambda area: (right - area.width, area.y),
        "top": lambda area: (area.x, top),
        "middle": lambda area: (area.x, (top + bottom - area.height) / 2),
        "bottom": lambda area: (area.x, bottom - area.height),
    }
    return _moved(areas, {id: place[side](area) for id, area in areas.items()})


def distribute(areas: Mapping[str, Area], way: Way) -> Moves:
    """Give cards equal gaps, or equal overlaps; the first and the last stay."""
    if way not in get_args(Way):
        ways = get_args(Way)
        raise EditError(f"distribute cards {' or '.join(ways)}, not {way!r}{meant(way, ways)}")
    _at_least(areas, 3, "distribute")
    across = way == "horizontally"

    def start(area: Area) -> float:
        return area.x if across else area.y

    def length(area: Area) -> float:
        return area.width if across else area.height

    ordered = sorted(areas.items(), key=lambda item: start(item[1]) + length(item[1]) / 2)
    first, last = ordered[0][1], ordered[-1][1]
    room = start(last) + length(last) - start(first) - sum(length(area) for _, area in ordered)
    gap = room / (len(ordered) - 1)
    places: Moves = {}
    at = start(first)
    for id, area in ordered:
        places[id] = (at, area.y) if across else (area.x, at)
        at += length(area) + gap
    for id, area in (ordered[0], ordered[-1]):
        places[id] = (area.x, area.y)
    return _moved(areas, places)


def snap(areas: Mapping[str, Area], grid: float = GRID) -> Moves:
    """Put the top left corner of each card on the nearest point of a grid, in pixels."""
    if not 1 <= grid <= 1000:
        raise EditError(f"the grid must be 1 to 1000 pixels, not {grid!r}")
    return _moved(
        areas,
        {
            id: (round(area.x / grid) * grid, round(area.y / grid) * grid)
            for id, area in areas.items()
        },
    )


def _at_least(areas: Mapping[str, Area], count: int, what: str) -> None:
    if len(areas) < count:
        raise EditError(f"select at least {count} cards to {what}")


def _moved(areas: Mapping[str, Area], places: Moves) -> Moves:
    whole = {id: (round(x), round(y)) for id, (x, y) in places.items()}
    return {
        id: (float(x), float(y))
        for id, (x, y) in whole.items()
        if (x, y) != (areas[id].x, areas[id].y)
    }
