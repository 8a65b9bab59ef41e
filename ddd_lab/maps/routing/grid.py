"""Areas found by where they lie, so that a question looks at those nearby only."""

from __future__ import annotations

import math

from ddd_lab.maps.layout import Rect

MANY = 4096
"""Cells beyond which an area stands in none of them, but is looked at with every question."""


class Grid:
    """Areas in square cells.

    Attributes:
        areas: all of them, in the order in which they came.
    """

    def __init__(self, cell: float) -> None:
        self._cell = cell
        self.areas: list[Rect] = []
        self._cells: dict[tuple[int, int], list[int]] = {}
        self._large: list[int] = []

    def add(self, area: Rect) -> None:
        """Add an area."""
        columns, rows = self._spans(area)
        if len(columns) * len(rows) > MANY:
            self._large.append(len(self.areas))
        else:
            for column in columns:
                for row in rows:
                    self._cells.setdefault((column, row), []).append(len(self.areas))
        self.areas.append(area)

    def near(self, area: Rect) -> list[int]:
        """Indexes of the areas in the cells that an area touches, each once."""
        columns, rows = self._spans(area)
        if len(columns) * len(rows) > len(self._cells) + MANY:
            return list(range(len(self.areas)))
        cells = self._cells
        found = dict.fromkeys(
            index for column in columns for row in rows for index in cells.get((column, row), ())
        )
        return [*found, *self._large]

    def _spans(self, area: Rect) -> tuple[range, range]:
        cell = self._cell
        return (
            range(math.floor(area.left / cell), math.floor(area.right / cell) + 1),
            range(math.floor(area.top / cell), math.floor(area.bottom / cell) + 1),
        )
