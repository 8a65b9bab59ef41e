"""What layout works with: boxes of real sizes, lines between them, places for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

Direction = Literal["right", "down"]
"""Where lines lead: to the right on flow sheets, downwards on agent sheets."""

GAP_ALONG = 96.0
"""Room between two ranks, in pixels: outcome labels stand in it."""
GAP_ACROSS = 40.0
"""Room between neighbours of one rank, in pixels."""
GAP_PARTS = 64.0
"""Room between parts that nothing connects, in pixels."""


class Box(NamedTuple):
    """A thing to place: its id and the size of its card in pixels."""

    id: str
    width: float
    height: float


class LayoutEdge(NamedTuple):
    """A line between two boxes. Lines given earlier are kept straight before later ones."""

    source: str
    target: str


class Point(NamedTuple):
    """Top left corner of a box, in pixels; x grows to the right, y downwards."""

    x: float
    y: float

    def rounded(self) -> Point:
        """The nearest point in whole pixels."""
        return Point(float(round(self.x)), float(round(self.y)))


Positions = dict[str, Point]


class Rect(NamedTuple):
    """An occupied area."""

    left: float
    top: float
    right: float
    bottom: float

    def grown(self, by: float) -> Rect:
        """The area with a margin around it."""
        return Rect(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def meets(self, other: Rect) -> bool:
        """Whether the two areas share more than an edge."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


def rect_of(box: Box, at: Point) -> Rect:
    """The area that a box covers at a place."""
    return Rect(at.x, at.y, at.x + box.width, at.y + box.height)


def extent(boxes: Iterable[Box], places: Mapping[str, Point]) -> Rect:
    """The smallest area around all boxes; a point at the origin when there are none."""
    areas = [rect_of(box, places[box.id]) for box in boxes]
    if not areas:
        return Rect(0, 0, 0, 0)
    return Rect(
        min(area.left for area in areas),
        min(area.top for area in areas),
        max(area.right for area in areas),
        max(area.bottom for area in areas),
    )
