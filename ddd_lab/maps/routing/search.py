"""The search for the cheapest way of one edge over the net of channels."""

from __future__ import annotations

import heapq
import math
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from ddd_lab.maps.routing.meetings import STEPS, Beside, Foreign, Meetings, Vertex
from ddd_lab.maps.routing.router import NORMAL, End
from ddd_lab.maps.routing.trails import Corner, Piece, Waypoints, straightened

STUB = 7.0
"""Pixels that an edge leads straight away from a card, at least."""
BEND_COST = 40.0
CROSSING_COST = 1500.0
"""What a crossing costs: an edge rather goes around a few cards."""
LABEL_COST = 60.0
LEFT = 1.25
"""What a pixel that is still to go is thought to cost."""


class Request(NamedTuple):
    """An edge to route: its id and both its ends."""

    id: str
    source: End
    target: End

    def related(self, other: Request) -> bool:
        """Whether two edges may share their way: they leave one port, or reach one point."""
        return self.source.name == other.source.name or self.target.name == other.target.name


class Costs(Protocol):
    """What a search asks of the net."""

    def request(self, number: int) -> Request:
        """An edge by its number."""

    def price(self, number: int, piece: Piece) -> float:
        """What a straight piece costs an edge; infinite where a card is in the way."""

    def foreign(self, number: int) -> list[Foreign]:
        """The ways of the edges that have nothing to do with one."""


class Net:
    """The lines that one edge may use: those of all channels, and those of its own ends."""

    def __init__(
        self, columns: set[float], rows: set[float], own_x: set[float], own_y: set[float]
    ) -> None:
        self.xs = sorted(columns | own_x)
        self.ys = sorted(rows | own_y)

    def at(self, vertex: Vertex) -> Corner:
        """The point of a vertex."""
        return self.xs[vertex[0]], self.ys[vertex[1]]

    def entry(self, end: End) -> Vertex | None:
        """Where an edge meets the net, straight away from its end."""
        x, y = NORMAL[end.side]
        if x:
            column = _beyond(self.xs, end.at.x, x)
            return None if column is None else (column, bisect_left(self.ys, end.at.y))
        row = _beyond(self.ys, end.at.y, y)
        return None if row is None else (bisect_left(self.xs, end.at.x), row)


def _beyond(lines: Sequence[float], place: float, step: int) -> int | None:
    """The first line beyond a place, with room for a stub."""
    if step > 0:
        index = bisect_left(lines, place + STUB)
    else:
        index = bisect_left(lines, place - STUB + 0.01) - 1
    return index if 0 <= index < len(lines) else None


State = tuple[int, int, int]
"""A column, a row and a heading, by their numbers."""


class _Step(NamedTuple):
    """A step of a search: where it leads, what it costs, and beside whom the edge runs there."""

    after: State
    cost: float
    beside: Beside


class Search:
    """The search for the cheapest way of one edge (A*)."""

    def __init__(self, costs: Costs, number: int, net: Net, start: Vertex, finish: Vertex) -> None:
        self._costs = costs
        self._number = number
        _, self._source, self._target = costs.request(number)
        self._net = net
        self._finish = finish
        x, y = NORMAL[self._target.side]
        self._out = STEPS.index(NORMAL[self._source.side])
        self._in = STEPS.index((-x, -y))
        self._start: State = (*start, self._out)
        self._prices: tuple[dict[Vertex, float], dict[Vertex, float]] = ({}, {})
        self._meetings = Meetings(net.xs, net.ys, costs.foreign(number))

    def trail(self) -> Waypoints | None:
        """The corners of the way; None where there is none."""
        xs, ys = self._net.xs, self._net.ys
        x, y = self._net.at(self._finish)
        goal: State = (*self._finish, self._in)
        best: dict[State, float] = {self._start: 0.0}
        beside: dict[State, Beside] = {self._start: {}}
        before: dict[State, State] = {}
        heap: list[tuple[float, int, float, State]] = [(0.0, 0, 0.0, self._start)]
        serial = 0
        while heap:
            _, _, cost, state = heapq.heappop(heap)
            if state == goal:
                return self._traced(state, before)
            if cost > best[state]:
                continue
            for after, more, along in self._steps(state, beside[state], cost, best):
                total = cost + more
                if total < best.get(after, math.inf):
                    best[after] = total
                    before[after] = state
                    beside[after] = along
                    serial += 1
                    across, down = abs(xs[after[0]] - x), abs(ys[after[1]] - y)
                    left = (across + down) * LEFT + (BEND_COST if across and down else 0.0)
                    heapq.heappush(heap, (total + left, serial, total, after))
        return None

    def _steps(
        self, state: State, beside: Beside, cost: float, best: Mapping[State, float]
    ) -> Iterator[_Step]:
        """Steps from a state, but those that cost too much whatever they cross."""
        column, row, heading = state
        xs, ys = self._net.xs, self._net.ys
        here = (column, row)
        if here == self._finish and heading % 2 != self._in % 2:
            crossed, _ = self._meetings.at(here, heading, self._in, beside)
            yield _Step((column, row, self._in), BEND_COST + CROSSING_COST * crossed, {})
        for turn in (0, 1, 3):
            way = (heading + turn) % 4
            right, down = STEPS[way]
            after = (column + right, row + down, way)
            if not (0 <= after[0] < len(xs) and 0 <= after[1] < len(ys)):
                continue
            there = after[:2]
            corner = there if way > 1 else here
            price = self._price(corner, upright=way % 2 == 1)
            if turn:
                price += BEND_COST
                if heading == self._out and self._source.clear:
                    price += self._in_label((xs[column], ys[row]))
            # Most steps lead back to where it was cheaper to get, whatever they cross.
            if cost + price >= best.get(after, math.inf):
                continue
            crossed, along = self._meetings.at(here, heading, way, beside)
            more, along = self._meetings.between(corner, way, along)
            if there == self._finish and way == self._in:
                last, along = self._meetings.at(there, way, way, along)
                more += last
            yield _Step(after, price + CROSSING_COST * (crossed + more), along)

    def _price(self, corner: Vertex, *, upright: bool) -> float:
        """What a piece from a vertex to the next column or row costs."""
        known = self._prices[upright].get(corner)
        if known is None:
            xs, ys = self._net.xs, self._net.ys
            column, row = corner
            piece = (
                (True, xs[column], ys[row], ys[row + 1])
                if upright
                else (False, ys[row], xs[column], xs[column + 1])
            )
            known = self._prices[upright][corner] = self._costs.price(self._number, piece)
        return known

    def _in_label(self, here: Corner) -> float:
        """What it costs to turn where the label of the port stands."""
        source = self._source
        away = abs(here[0] - source.at.x) + abs(here[1] - source.at.y)
        straight = here[1] == source.at.y if self._out % 2 == 0 else here[0] == source.at.x
        return LABEL_COST if straight and away < source.clear else 0.0

    def _traced(self, state: State, before: dict[State, State]) -> Waypoints:
        net = self._net
        points: list[Corner] = [(self._target.at.x, self._target.at.y), net.at(state[:2])]
        while state in before:
            state = before[state]
            points.append(net.at(state[:2]))
        points.append((self._source.at.x, self._source.at.y))
        return straightened(points[::-1])
