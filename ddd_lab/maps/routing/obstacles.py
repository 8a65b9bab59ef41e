"""What straight pieces of an edge meet: cards, and edges that are drawn already.

Edges try the same lines again and again, so that what lies on a line is looked up once.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Literal, NamedTuple

from ddd_lab.maps.layout import Point, Rect
from ddd_lab.maps.routing.plans import CLEAR, Corner, Corners

Axis = Literal["x", "y"]
Way = tuple[Point, ...]

APART = 7.0
"""Pixels from which on two edges beside each other can be told apart."""
LANE = 8.0
"""Pixels across the lanes in which what is drawn already is looked up."""
BAND = 128.0
"""Pixels across the bands in which cards are looked up."""
CARD_COST = 5000.0
COVER_COST = 400.0


class Run(NamedTuple):
    """A straight piece of an edge that is drawn already; lanes are rows or columns of pixels."""

    lane: tuple[Axis, int]
    place: float
    low: float
    high: float
    source: str
    target: str


def runs_of(way: Way, source: str, target: str) -> tuple[Run, ...]:
    """The straight pieces of a way between two ends, by their names."""
    return tuple(
        Run((axis, round(place / LANE)), place, low, high, source, target)
        for axis, place, low, high in (_line(a, b) for a, b in pairwise(way))
    )


class Cards:
    """The cards of a board, found by the lines and areas that meet them."""

    def __init__(self) -> None:
        self._areas: dict[str, Rect] = {}
        self._rows: dict[int, dict[str, Rect]] = {}
        self._columns: dict[int, dict[str, Rect]] = {}
        self._lines: dict[tuple[Axis, float, float], list[tuple[float, float, float]]] = {}

    def update(self, areas: Mapping[str, Rect]) -> list[Rect]:
        """Take over what the cards cover now, by their ids.

        Returns:
            What those cards covered and cover that came, went, or changed their place or size.
        """
        changed: list[Rect] = []
        for id in self._areas.keys() | areas.keys():
            old, new = self._areas.get(id), areas.get(id)
            if old == new:
                continue
            if old is not None:
                changed.append(old)
                for bands in self._around(old):
                    del bands[id]
            if new is not None:
                changed.append(new)
                for bands in self._around(new):
                    bands[id] = new
        self._areas = dict(areas)
        if changed:
            self._lines = {}
        return changed

    def _around(self, area: Rect) -> Iterator[dict[str, Rect]]:
        """The bands that an area lies in."""
        for bands, low, high in (
            (self._rows, area.top, area.bottom),
            (self._columns, area.left, area.right),
        ):
            for band in _bands(low, high):
                yield bands.setdefault(band, {})

    def meeting(self, area: Rect) -> Iterator[Rect]:
        """The cards that meet an area, each once."""
        found = _across(self._rows, area.top, area.bottom)
        return (card for card in found if area.meets(card))

    def on_line(self, axis: Axis, place: float, room: float) -> list[tuple[float, float, float]]:
        """Where cards lie on a line, or closer to it than the room, and what it costs to go there.

        Args:
            axis: that the line runs along.
            place: of the line, on the other axis.
            room: to be kept beside the line, in pixels.
        """
        key = (axis, place, room)
        known = self._lines.get(key)
        if known is None:
            known = self._lines[key] = list(self._met(axis, place, room))
        return known

    def _met(self, axis: Axis, place: float, room: float) -> Iterator[tuple[float, float, float]]:
        bands = self._rows if axis == "x" else self._columns
        for left, top, right, bottom in _across(bands, place - room, place + room):
            begin, end, first, last = left, right, top, bottom
            if axis == "y":
                begin, end, first, last = top, bottom, left, right
            if place - room < last - 1 and first + 1 < place + room:
                # To run along the very border of a card is as bad as to run over it.
                over = first - 1 < place < last + 1
                yield begin + 1, end - 1, CARD_COST if over else CARD_COST / 8


def _bands(low: float, high: float) -> range:
    return range(math.floor(low / BAND), math.floor(high / BAND) + 1)


def _across(bands: Mapping[int, Mapping[str, Rect]], low: float, high: float) -> Iterable[Rect]:
    """The areas in some bands, each once."""
    touched = [bands[band].values() for band in _bands(low, high) if band in bands]
    return dict.fromkeys(area for areas in touched for area in areas)


class _Line(NamedTuple):
    """What lies on a line: cards with what it costs to meet them, and strange edges."""

    cards: list[tuple[float, float, float]]
    runs: list[tuple[float, float]]


class Trouble:
    """What ways between two ends cost beyond their length: cards met, other edges covered.

    Args:
        cards: of the board.
        runs: the pieces of other edges, by their lanes.
        names: port that the ways leave and card that they reach. Edges that share one of them
            may share their way.
    """

    def __init__(
        self,
        cards: Cards,
        runs: Mapping[tuple[Axis, int], list[Run]],
        names: tuple[str, str],
    ) -> None:
        self._cards = cards
        self._runs = runs
        self._names = names
        self._known: dict[tuple[str, float, float], _Line] = {}

    def of(self, way: Corners, limit: float) -> float:
        """The cost of a way; no more than that it reaches the limit where it does."""
        total = 0.0
        known = self._known
        last = len(way) - 2
        # The first piece is the least likely to meet anything.
        for index in (*range(1, last + 1), 0):
            (x, y), (next_x, next_y) = way[index], way[index + 1]
            # The first and last piece touch their own cards; elsewhere some room is kept.
            room = CLEAR - 6 if 0 < index < last else 0.0
            if abs(x - next_x) < abs(y - next_y):
                low, high = (y, next_y) if y < next_y else (next_y, y)
                line = known.get(("y", x, room)) or self._line("y", x, room)
            else:
                low, high = (x, next_x) if x < next_x else (next_x, x)
                line = known.get(("x", y, room)) or self._line("x", y, room)
            for begin, end, cost in line.cards:
                if begin < high and low < end:
                    total += cost
            if total >= limit:
                break
            for begin, end in line.runs:
                if begin < high and low < end:
                    shared = min(end, high) - max(begin, low)
                    if shared > 4:
                        total += COVER_COST + shared
            if total >= limit:
                break
        return total

    def _line(self, axis: Axis, place: float, room: float) -> _Line:
        lane = round(place / LANE)
        runs = [
            (run.low, run.high)
            for beside in (lane - 1, lane, lane + 1)
            for run in self._runs.get((axis, beside), ())
            if abs(run.place - place) < APART and not self._related(run)
        ]
        line = _Line(self._cards.on_line(axis, place, room), runs)
        self._known[axis, place, room] = line
        return line

    def _related(self, run: Run) -> bool:
        source, target = self._names
        return run.source == source or run.target == target


def _line(a: Corner, b: Corner) -> tuple[Axis, float, float, float]:
    """A straight piece: its axis, its place on the other axis, and both its ends."""
    (x1, y1), (x2, y2) = a, b
    if abs(x1 - x2) < abs(y1 - y2):
        return ("y", x1, y1, y2) if y1 < y2 else ("y", x1, y2, y1)
    return ("x", y1, x1, x2) if x1 < x2 else ("x", y1, x2, x1)
