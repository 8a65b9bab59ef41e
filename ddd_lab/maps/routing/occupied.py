"""What of a board is covered by cards, arrow heads and labels: where a label may stand."""

from __future__ import annotations

from collections.abc import Iterable

from ddd_lab.maps.layout import Rect
from ddd_lab.maps.routing.grid import Grid

CELL = 128.0
"""Pixels: a cell holds a few labels, and a card lies in a few cells."""


class Occupied:
    """Areas that are covered."""

    def __init__(self, areas: Iterable[Rect] = ()) -> None:
        self._grid = Grid(CELL)
        self.add(*areas)

    def add(self, *areas: Rect) -> None:
        """Cover areas."""
        for area in areas:
            self._grid.add(area)

    def covered(self, area: Rect) -> float:
        """How much of an area is covered, in square pixels."""
        # In the order in which they came: a sum depends on it in its last digits.
        near = [self._grid.areas[index] for index in sorted(self._grid.near(area))]
        return sum(
            (min(area.right, other.right) - max(area.left, other.left))
            * (min(area.bottom, other.bottom) - max(area.top, other.top))
            for other in near
            if area.meets(other)
        )
