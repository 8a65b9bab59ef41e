"""Areas found by where they lie, so that a question looks at those nearby only."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator

from ddd_lab.maps.layout import Rect

MANY = 4096
"""Cells beyond which an area stands in none of them, but is looked at with every question."""


class Grid:
    """Areas in square cells.

    Args:
        cell: pixels of a cell's side.

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


class Bands:
    """Areas in rows or in columns, those of each in order: for questions about thin long lines.

    Args:
        areas: all of them; doubles count once.
        upright: whether the bands are columns, for upright lines.
        size: pixels across a band.
    """

    def __init__(self, areas: Iterable[Rect], *, upright: bool, size: float) -> None:
        self._size = size
        self._bands: dict[int, list[tuple[float, float, Rect]]] = {}
        self._longest = 0.0
        for area in dict.fromkeys(areas):
            low, high = (area.top, area.bottom) if upright else (area.left, area.right)
            across = (area.left, area.right) if upright else (area.top, area.bottom)
            self._longest = max(self._longest, high - low)
            for band in self._touched(*across):
                self._bands.setdefault(band, []).append((low, high, area))
        for found in self._bands.values():
            found.sort()

    def near(self, start: float, end: float, low: float, high: float) -> Iterator[Rect]:
        """Areas that may touch a line; one that lies in several bands comes several times.

        Args:
            start, end: of the line across the bands.
            low, high: of the line along the bands.
        """
        for band in self._touched(start, end):
            found = self._bands.get(band)
            if found is None:
                continue
            first = bisect_left(found, (low - self._longest,))
            for index in range(first, bisect_right(found, (high,), lo=first)):
                if found[index][1] > low:
                    yield found[index][2]

    def _touched(self, start: float, end: float) -> range:
        return range(math.floor(start / self._size), math.floor(end / self._size) + 1)
