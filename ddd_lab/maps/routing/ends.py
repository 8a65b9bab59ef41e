"""Where edges touch their cards: at ports, or spread over the nearest sides."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence

from ddd_lab.maps.layout import Direction, Point, Rect
from ddd_lab.maps.measure import text_width
from ddd_lab.maps.routing.board import BoardEdge, CardArea
from ddd_lab.maps.routing.router import End, Side
from ddd_lab.maps.sizes import PORT_LABEL, WIDEST_LABEL

OPPOSITE: dict[Side, Side] = {"left": "right", "right": "left", "top": "bottom", "bottom": "top"}

CORNER = 16.0
"""Pixels that an edge keeps from the corners of a card."""
LABEL_BELOW = 23.0
"""Pixels below a card in which the labels of its ports stand."""


class EdgeEnds:
    """Finds both ends of edges, anew only where an edge or one of its cards changed."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[tuple[object, ...], tuple[End, End]]] = {}

    def of(
        self, cards: Iterable[CardArea], edges: Iterable[BoardEdge], direction: Direction | None
    ) -> dict[str, tuple[End, End]]:
        """Both ends of every edge whose cards exist, by the ids of the edges."""
        by_id = {card.id: card for card in cards}
        present = [edge for edge in edges if edge.source in by_id and edge.target in by_id]
        if direction is None:
            return _by_sides(present, by_id)
        known, self._known = self._known, {}
        for edge in present:
            state = (edge, by_id[edge.source], by_id[edge.target], direction)
            old = known.get(edge.id)
            same = old is not None and old[0] == state
            self._known[edge.id] = old if old and same else (state, _by_ports(*state))
        return {id: ends for id, (_, ends) in self._known.items()}


def _by_ports(
    edge: BoardEdge, source: CardArea, target: CardArea, direction: Direction
) -> tuple[End, End]:
    name = f"{source.id}\n{edge.output}"
    port = next((port for port in source.ports if port.name == edge.output), None)
    label = port.label if port else ""
    a, b = source.rect, target.rect
    if direction == "right":
        offset = port.offset if port else (a.bottom - a.top) / 2
        start = Point(a.right, a.top + offset)
        middle = (b.top + b.bottom) / 2
        # An edge that arrives nearly in line goes straight in.
        level = start.y if abs(start.y - middle) <= (b.bottom - b.top) * 0.3 else middle
        straight = a.right < b.left
        return (
            End(name, start, "right", _label_width(label)),
            End(target.id, Point(b.left, level if straight else middle), "left"),
        )
    offset = port.offset if port else (a.right - a.left) / 2
    start = Point(a.left + offset, a.bottom)
    middle = (b.left + b.right) / 2
    upright = start.x if abs(start.x - middle) <= (b.right - b.left) * 0.42 else middle
    return (
        End(name, start, "bottom", LABEL_BELOW if label else 0.0),
        End(target.id, Point(upright if a.bottom < b.top else middle, b.top), "top"),
    )


def _label_width(label: str) -> float:
    return min(text_width(label, PORT_LABEL), WIDEST_LABEL) + 14 if label else 0.0


def _by_sides(
    edges: Sequence[BoardEdge], cards: Mapping[str, CardArea]
) -> dict[str, tuple[End, End]]:
    """Ends at the sides that face each other, spread so that no two edges share a point."""
    sides = [_facing(cards[edge.source].rect, cards[edge.target].rect) for edge in edges]
    used: dict[tuple[str, Side], list[tuple[float, int, bool]]] = {}
    for index, (edge, (out, into)) in enumerate(zip(edges, sides, strict=True)):
        for card, other, side, first in (
            (edge.source, edge.target, out, True),
            (edge.target, edge.source, into, False),
        ):
            area = cards[other].rect
            level = side in ("left", "right")
            towards = area.top + area.bottom if level else area.left + area.right
            used.setdefault((card, side), []).append((towards, index, first))
    points: dict[tuple[int, bool], End] = {}
    for (card, side), found in used.items():
        area = cards[card].rect
        for place, (_, index, first) in enumerate(sorted(found)):
            share = (place + 1) / (len(found) + 1)
            points[index, first] = End(card, _on(area, side, share), side)
    alone = {key for key, found in used.items() if len(found) == 1}
    return {
        edge.id: _level(points[index, True], points[index, False], cards, alone)
        for index, edge in enumerate(edges)
    }


def _level(
    start: End, finish: End, cards: Mapping[str, CardArea], alone: Container[tuple[str, Side]]
) -> tuple[End, End]:
    """Both ends of an edge, in line where one of them has its side to itself and can move there."""
    one, other = cards[start.name].rect, cards[finish.name].rect
    flat = start.side in ("left", "right")
    if start.side != OPPOSITE[finish.side]:
        return start, finish
    low, high = (one.top, one.bottom) if flat else (one.left, one.right)
    place = finish.at.y if flat else finish.at.x
    if (start.name, start.side) in alone and low + CORNER <= place <= high - CORNER:
        at = Point(start.at.x, place) if flat else Point(place, start.at.y)
        return start._replace(at=at), finish
    low, high = (other.top, other.bottom) if flat else (other.left, other.right)
    place = start.at.y if flat else start.at.x
    if (finish.name, finish.side) in alone and low + CORNER <= place <= high - CORNER:
        at = Point(finish.at.x, place) if flat else Point(place, finish.at.y)
        return start, finish._replace(at=at)
    return start, finish


def _facing(source: Rect, target: Rect) -> tuple[Side, Side]:
    """The side of the source to leave from and the side of the target to arrive at."""
    if source == target:
        return "right", "top"
    gaps: list[tuple[float, Side]] = [
        (target.left - source.right, "right"),
        (source.left - target.right, "left"),
        (target.top - source.bottom, "bottom"),
        (source.top - target.bottom, "top"),
    ]
    _, side = max(gaps, key=lambda gap: gap[0])
    return side, OPPOSITE[side]


def _on(area: Rect, side: Side, share: float) -> Point:
    x = area.left + (area.right - area.left) * share
    y = area.top + (area.bottom - area.top) * share
    if side in ("left", "right"):
        return Point(area.left if side == "left" else area.right, round(y, 1))
    return Point(round(x, 1), area.top if side == "top" else area.bottom)
