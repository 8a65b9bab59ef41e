"""Where the labels of edges stand: on their edges, beside cards, arrow heads and each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from ddd_lab.maps.layout import Point, Rect
from ddd_lab.maps.measure import clipped, text_width
from ddd_lab.maps.routing.board import BoardEdge, CardArea
from ddd_lab.maps.routing.occupied import Occupied

LABEL_SIZE = 11.0
"""Height of a label's letters, in pixels."""
LONGEST_LABEL = 480.0
"""Pixels of a label; a longer one would reach over many cards."""
PADDING = 12.0
"""Pixels beside a label's text, both sides together."""
HEAD_ROOM = 11.0
"""Pixels around an arrow head: a label on it would hide where the edge leads."""
AROUND = 20.0
"""Pixels of a piece that can be seen beside its label, both sides together."""
SHARES = (0.5, 0.35, 0.65, 0.2, 0.8)
"""Places along a straight piece of an edge, the middle first."""


def shown_label(text: str) -> str:
    """A label as it is printed on an edge."""
    return clipped(text, LABEL_SIZE, LONGEST_LABEL)


def place_labels(
    cards: Iterable[CardArea],
    edges: Sequence[BoardEdge],
    ways: Mapping[str, Sequence[Point]],
) -> dict[str, Rect]:
    """The areas of the labels of all edges that have one, by the ids of the edges."""
    labelled = [edge for edge in edges if edge.label and edge.id in ways]
    if not labelled:
        return {}
    occupied = Occupied(card.rect for card in cards)
    occupied.add(*(_head(way[-1]) for way in ways.values()))
    areas: dict[str, Rect] = {}
    for edge in labelled:
        width = text_width(shown_label(edge.label), LABEL_SIZE) + PADDING
        area = occupied.least_covered(_choices(ways[edge.id], width))
        areas[edge.id] = area
        occupied.add(area)
    return areas


def _head(tip: Point) -> Rect:
    return Rect(tip.x, tip.y, tip.x, tip.y).grown(HEAD_ROOM)


def _choices(way: Sequence[Point], width: float) -> Iterator[Rect]:
    """Areas on the straight pieces of an edge and beside them, the best piece first."""
    height = LABEL_SIZE + 6

    def worse(piece: tuple[Point, Point]) -> tuple[bool, float]:
        across, down = (abs(a - b) for a, b in zip(*piece, strict=True))
        short = across < width + AROUND if across > down else down < height + AROUND
        return short, -across - down * 0.8

    for a, b in sorted(pairwise(way), key=worse):
        for share in SHARES:
            for shift in (0.0, -height / 2 - 3, height / 2 + 3):
                x, y = a.x + (b.x - a.x) * share, a.y + (b.y - a.y) * share + shift
                yield Rect(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
