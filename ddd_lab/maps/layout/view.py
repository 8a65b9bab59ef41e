"""How much of a drawing a person sees when it opens at a readable size."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ddd_lab.maps.layout.boxes import Box, Direction, Point, Rect, around, labelled

MARGIN = 32.0
"""Pixels that a canvas keeps free around a board when it opens."""


READABLE = 0.85
"""Zoom from which on everything on a card can be read."""


class View(NamedTuple):
    """The size of the area in which a drawing opens, in pixels, without bars and panels."""

    width: float = 1053.0
    height: float = 600.0

    @property
    def across(self) -> float:
        """Width that cards have at a readable size."""
        return max(self.width - 2 * MARGIN, 240.0) / READABLE

    @property
    def down(self) -> float:
        """Height that cards have at a readable size."""
        return max(self.height - 2 * MARGIN, 160.0) / READABLE


CELL = View()
"""A notebook's cell in a usual window."""


class Sight(NamedTuple):
    """What is seen of a drawing; the smaller, the more.

    Attributes:
        hidden: boxes that are not wholly in view.
        excess: how many times as large as the view the drawing is, at least 1.
    """

    hidden: int
    excess: float


def sight(
    boxes: Iterable[Box], places: Mapping[str, Point], direction: Direction, view: View
) -> Sight:
    """What is seen of a drawing from its beginning, at a readable size."""
    areas = [labelled(box, places[box.id], direction) for box in boxes]
    whole = around(areas)
    right, bottom = whole.left + view.across, whole.top + view.down
    hidden = sum(area.right > right or area.bottom > bottom for area in areas)
    return Sight(hidden, _excess(whole, view))


def _excess(whole: Rect, view: View) -> float:
    across, down = whole.right - whole.left, whole.bottom - whole.top
    return max(across / view.across, down / view.down, 1.0)
