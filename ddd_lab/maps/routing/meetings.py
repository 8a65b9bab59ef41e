"""Where an edge meets others on the net, and whether it has to cross them.

Edges that run through one channel may run on either side of each other. Whether two of them cross
shows only where they part: one that came in on the right has to cross to leave on the left.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from ddd_lab.maps.routing.trails import Waypoints

STEPS = ((1, 0), (0, 1), (-1, 0), (0, -1))
"""Headings, clockwise: 0 leads to the right, 1 down."""

Vertex = tuple[int, int]
"""A column and a row of the net, by their numbers."""
Beside = Mapping[tuple[str, int], int]
"""On which side of others an edge runs that share its channel: 1 for their right, -1 for left."""


class Foreign(NamedTuple):
    """The way of an edge that has nothing to do with the one looked at.

    Attributes:
        bundle: edges of one bundle count as one where they are crossed.
    """

    bundle: str
    trail: Waypoints


class _Pass(NamedTuple):
    """An edge at a point: its bundle, its number, and the headings of both its arms from there."""

    bundle: str
    edge: int
    one: int
    other: int


class Meetings:
    """Where other edges pass the vertices of a net and turn between them.

    Args:
        xs, ys: columns and rows of the net.
        others: the edges that may be met.
    """

    def __init__(self, xs: Sequence[float], ys: Sequence[float], others: Iterable[Foreign]) -> None:
        self._vertices: dict[Vertex, list[_Pass]] = {}
        self._between: tuple[dict[Vertex, list[tuple[float, _Pass]]], ...] = ({}, {})
        self._columns = {x: number for number, x in enumerate(xs)}
        self._rows = {y: number for number, y in enumerate(ys)}
        self._xs, self._ys = xs, ys
        for number, (bundle, trail) in enumerate(others):
            self._note(bundle, number, trail)

    def at(self, vertex: Vertex, heading: int, way: int, beside: Beside) -> tuple[int, Beside]:
        """How many bundles an edge crosses at a vertex, and beside whom it runs from there on.

        Args:
            vertex: on its way.
            heading: with which it comes.
            way: with which it goes on.
            beside: whom it ran beside on coming.
        """
        passes = self._vertices.get(vertex)
        if passes is None:
            return 0, beside
        return _met(passes, (heading + 2) % 4, way, beside)

    def between(self, corner: Vertex, way: int, beside: Beside) -> tuple[int, Beside]:
        """The same for a piece between two vertices; ``corner`` is the one with lower places."""
        turns = self._between[way % 2].get(corner)
        if turns is None:
            return 0, beside
        total = 0
        for _, one in sorted(turns, reverse=way > 1):
            crossed, beside = _met((one,), (way + 2) % 4, way, beside)
            total += crossed
        return total, beside

    def _note(self, bundle: str, number: int, trail: Waypoints) -> None:
        """Note where an edge passes vertices, and where it turns on a line between two."""
        headings = [_heading(a, b) for a, b in pairwise(trail)]
        for (a, b), heading in zip(pairwise(trail), headings, strict=True):
            straight = _Pass(bundle, number, heading, (heading + 2) % 4)
            upright = heading % 2 == 1
            line = (self._columns if upright else self._rows).get(a[0] if upright else a[1])
            if line is None:
                continue
            low, high = sorted((a[upright], b[upright]))
            places = self._ys if upright else self._xs
            for index in range(bisect_right(places, low), bisect_left(places, high)):
                vertex = (line, index) if upright else (index, line)
                self._vertices.setdefault(vertex, []).append(straight)
        for (x, y), (before, after) in zip(trail[1:-1], pairwise(headings), strict=True):
            turn = _Pass(bundle, number, (before + 2) % 4, after)
            column, row = self._columns.get(x), self._rows.get(y)
            if column is not None and row is not None:
                self._vertices.setdefault((column, row), []).append(turn)
            elif column is not None:
                corner = (column, bisect_left(self._ys, y) - 1)
                self._between[1].setdefault(corner, []).append((y, turn))
            elif row is not None:
                corner = (bisect_left(self._xs, x) - 1, row)
                self._between[0].setdefault(corner, []).append((x, turn))


def _met(passes: Iterable[_Pass], back: int, way: int, beside: Beside) -> tuple[int, Beside]:
    """Bundles crossed at a point by an edge with two arms, and beside whom it runs after it."""
    crossed: set[str] = set()
    along = beside
    for bundle, edge, one, other in passes:
        name = (bundle, edge)
        coming, going = back in (one, other), way in (one, other)
        if coming and going:
            continue
        if going:
            apart = other if way == one else one
            along = {**along, name: 1 if (back - way) % 4 < (apart - way) % 4 else -1}
        elif coming:
            apart = other if back == one else one
            side = 1 if (way - back) % 4 > (apart - back) % 4 else -1
            if along.get(name, side) != side:
                crossed.add(bundle)
            along = {other: on for other, on in along.items() if other != name}
        elif (way - back) % 4 == 2:
            crossed.add(bundle)
    return len(crossed), along


def _heading(a: tuple[float, float], b: tuple[float, float]) -> int:
    if a[0] == b[0]:
        return 1 if b[1] > a[1] else 3
    return 0 if b[0] > a[0] else 2
