"""What layout works with: boxes of real sizes, lines between them, places for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal, NamedTuple

Direction = Literal["right", "down"]
"""Where lines lead, which also says on which side ports stand."""
Style = Literal["right", "down", "wrapped"]
"""How a drawing lies: lines lead rightwards, downwards, or rightwards in rows like text."""
MapStyle = Literal["right", "down", "grid"]
"""The same for a map; on a grid lines lead anywhere."""

GAP_ALONG = 44.0
"""Room between two ranks, in pixels: a line turns in it and shows its head."""
GAP_ACROSS = 32.0
"""Room between neighbours of one rank, in pixels."""
GAP_PARTS = 40.0
"""Room between parts that nothing connects, in pixels."""
GAP_ROWS = 52.0
"""Room between two rows of a wrapped drawing: lines return to the left in it."""
LABEL_ROOM = 34.0
"""Pixels beside a label between two ranks: the line shows on both sides of it, and its head."""
LANE = 10.0
"""Room that every further line takes that turns between the same two ranks, in pixels."""
MOST_LANES = 8
"""Lines that turn between two ranks beyond which no more room is made."""


class Box(NamedTuple):
    """A thing to place.

    Attributes:
        id: unique in the drawing.
        width, height: of its card, in pixels.
        after: pixels beyond its card in which labels of its outputs stand.
    """

    id: str
    width: float
    height: float
    after: float = 0.0


class LayoutEdge(NamedTuple):
    """A line between two boxes.

    Attributes:
        main: whether it is the way that goes straight on from its source; without any such line
            that is the first one given.
        label: pixels that its label takes in the direction of the lines.
    """

    source: str
    target: str
    main: bool = False
    label: float = 0.0


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


def leads(style: Style | MapStyle) -> Direction:
    """Where the lines of a drawing lead."""
    return "down" if style == "down" else "right"


def rect_of(box: Box, at: Point) -> Rect:
    """The area that a box covers at a place."""
    return Rect(at.x, at.y, at.x + box.width, at.y + box.height)


def labelled(box: Box, at: Point, direction: Direction) -> Rect:
    """The area of a box with the labels of its outputs."""
    area = rect_of(box, at)
    if direction == "right":
        return area._replace(right=area.right + box.after)
    return area._replace(bottom=area.bottom + box.after)


def around(areas: Iterable[Rect]) -> Rect:
    """The smallest area around others; a point at the origin when there are none."""
    every = list(areas)
    if not every:
        return Rect(0, 0, 0, 0)
    return Rect(
        min(area.left for area in every),
        min(area.top for area in every),
        max(area.right for area in every),
        max(area.bottom for area in every),
    )


def extent(boxes: Iterable[Box], places: Mapping[str, Point]) -> Rect:
    """The smallest area around all boxes; a point at the origin when there are none."""
    return around(rect_of(box, places[box.id]) for box in boxes)
