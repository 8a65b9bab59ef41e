"""Ways through the channels between cards, for boards with few edges.

Every edge looks for the cheapest way over a coarse net: one line through each gap between cards.
What it costs are length, bends, other edges that it crosses and channels that it shares with
edges that have nothing to do with it. :mod:`ddd_lab.maps.routing.nudging` then spreads the edges
that run through one channel.
"""

from __future__ import annotations

import heapq
import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ddd_lab.maps.layout import Rect
from ddd_lab.maps.layout.boxes import around
from ddd_lab.maps.routing.grid import Grid
from ddd_lab.maps.routing.router import NORMAL, End
from ddd_lab.maps.routing.trails import Corner, Piece, Waypoints, pieces, straightened

AWAY = 16.0
"""Pixels between a card and the line of a channel beside it."""
MERGED = 26.0
"""Pixels within which lines of channels are one."""
CLOSE = 5.0
"""Pixels that edges keep from cards."""
STUB = 7.0
"""Pixels that an edge leads straight away from a card, at least."""
BEND_COST = 40.0
CROSSING_COST = 160.0
LABEL_COST = 60.0
SHARED = 1.0
"""What a pixel costs, beyond its length, in a channel that unrelated edges run through."""
BUNDLED = 0.55
"""What a pixel costs where a related edge runs already."""
LEFT = 1.25
"""What a pixel that is still to go is thought to cost."""
OUTSIDE = 0.2
"""What a pixel costs, beyond its length, around all cards."""
ABOVE = 1.5
"""The same above all cards, where nobody looks for a way back."""
CELL = 256.0
STEPS = ((1, 0), (0, 1), (-1, 0), (0, -1))


class Request(NamedTuple):
    """An edge to route: its id and both its ends."""

    id: str
    source: End
    target: End

    def related(self, other: Request) -> bool:
        """Whether two edges may share their way: they leave one port, or reach one point."""
        return self.source.name == other.source.name or self.target.name == other.target.name


class _Span(NamedTuple):
    """A straight piece of an edge on a line of the net."""

    low: float
    high: float
    edge: int


class Channels:
    """The net between cards, and who runs where in it.

    Args:
        cards: the areas to go around.
        requests: the edges, those first that are to choose first.
        labels: areas that edges should not run through, though they may.
    """

    def __init__(
        self, cards: Sequence[Rect], requests: Sequence[Request], labels: Iterable[Rect] = ()
    ) -> None:
        self._cards = cards
        self._requests = requests
        ends = [Rect(*end.at, *end.at) for request in requests for end in request[1:]]
        area = around([*cards, *ends])
        self._columns = _lines(((c.left, c.right) for c in cards), area.left, area.right)
        self._rows = _lines(((c.top, c.bottom) for c in cards), area.top, area.bottom)
        self._labels = Grid(CELL)
        for label in labels:
            self._labels.add(label)
        self._above = min(self._rows)
        self._outside = ({max(self._rows)}, {min(self._columns), max(self._columns)})
        self._free: dict[Piece, bool] = {}
        # Level pieces by their rows, upright ones by their columns.
        self._spans: tuple[dict[float, list[_Span]], dict[float, list[_Span]]] = ({}, {})
        self._trails: dict[int, Waypoints] = {}

    def route(self, passes: int) -> dict[str, Waypoints]:
        """The ways of all edges for which there is one, by their ids.

        Args:
            passes: how often each edge chooses; from the second time on it sees all others.
        """
        for turn in range(passes):
            for number in range(len(self._requests)):
                if turn and self._is_undisturbed(number):
                    continue
                self._leave(number)
                trail = self._way(number)
                if trail is not None:
                    self._take(number, trail)
        return {self._requests[number].id: trail for number, trail in self._trails.items()}

    def _is_undisturbed(self, number: int) -> bool:
        """Whether an edge neither crosses another one nor shares a channel with it."""
        mine = self._requests[number]
        for upright, place, low, high in pieces(self._trails.get(number, ())):
            for span in self._spans[upright].get(place, ()):
                if (
                    span.low < high
                    and low < span.high
                    and not mine.related(self._requests[span.edge])
                ):
                    return False
            for at in self._spans[not upright]:
                if low < at < high and self.passed(number, not upright, at, place):
                    return False
        return True

    def _take(self, number: int, trail: Waypoints) -> None:
        self._trails[number] = trail
        for upright, place, low, high in pieces(trail):
            self._spans[upright].setdefault(place, []).append(_Span(low, high, number))

    def _leave(self, number: int) -> None:
        for upright, place, low, high in pieces(self._trails.pop(number, ())):
            self._spans[upright][place].remove(_Span(low, high, number))

    def _is_free(self, piece: Piece) -> bool:
        """Whether a straight piece keeps clear of all cards."""
        known = self._free.get(piece)
        if known is None:
            upright, place, low, high = piece
            known = True
            for left, top, right, bottom in self._cards:
                first, last, begin, end = (
                    (left, right, top, bottom) if upright else (top, bottom, left, right)
                )
                if (
                    first - CLOSE < place < last + CLOSE
                    and begin - CLOSE < high
                    and low < end + CLOSE
                ):
                    known = False
                    break
            self._free[piece] = known
        return known

    def _way(self, number: int) -> Waypoints | None:
        """The cheapest way of an edge; None where the net has none."""
        _, source, target = self._requests[number]
        own_x = {end.at.x for end in (source, target) if _is_upright(end)}
        own_y = {end.at.y for end in (source, target) if not _is_upright(end)}
        net = _Net(self._columns, self._rows, own_x, own_y)
        start, finish = net.entry(source), net.entry(target)
        if start is None or finish is None:
            return None
        for end, vertex in ((source, start), (target, finish)):
            x, y = NORMAL[end.side]
            stub = (end.at.x + x * STUB, end.at.y + y * STUB)
            leg = next(iter(pieces((stub, net.at(vertex)))), None)
            if leg is not None and not self._is_free(leg):
                return None
        return _Search(self, number, net, start, finish).trail()

    # --- what a search asks of the net ---------------------------------------------------------

    def request(self, number: int) -> Request:
        """An edge by its number."""
        return self._requests[number]

    def price(self, number: int, piece: Piece) -> float:
        """What a straight piece costs an edge; infinite where a card is in the way."""
        if not self._is_free(piece):
            return math.inf
        upright, place, low, high = piece
        bundled = shared = False
        mine = self._requests[number]
        for span in self._spans[upright].get(place, ()):
            if span.low < high and low < span.high:
                if mine.related(self._requests[span.edge]):
                    bundled = True
                else:
                    shared = True
        crossed = sum(
            low < at < high and self.passed(number, not upright, at, place)
            for at in self._spans[not upright]
        )
        per_pixel = (BUNDLED if bundled else 1.0) + (SHARED if shared else 0.0)
        if place in self._outside[upright]:
            per_pixel += OUTSIDE
        elif place == self._above and not upright:
            per_pixel += ABOVE
        area = Rect(place, low, place, high) if upright else Rect(low, place, high, place)
        area = area.grown(1.0)
        hidden = sum(area.meets(self._labels.areas[at]) for at in self._labels.near(area))
        return (high - low) * per_pixel + CROSSING_COST * crossed + LABEL_COST * hidden

    def passed(self, number: int, upright: bool, place: float, at: float) -> bool:
        """Whether an edge that has nothing to do with this one runs straight through a point."""
        mine = self._requests[number]
        return any(
            span.low < at < span.high and not mine.related(self._requests[span.edge])
            for span in self._spans[upright].get(place, ())
        )


Vertex = tuple[int, int]


class _Net:
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


class _Search:
    """The search for the cheapest way of one edge (A*)."""

    def __init__(
        self, channels: Channels, number: int, net: _Net, start: Vertex, finish: Vertex
    ) -> None:
        self._channels = channels
        self._number = number
        _, self._source, self._target = channels.request(number)
        self._net = net
        self._finish = finish
        x, y = NORMAL[self._target.side]
        self._out = STEPS.index(NORMAL[self._source.side])
        self._in = STEPS.index((-x, -y))
        self._start: State = (*start, self._out)
        self._prices: tuple[dict[Vertex, float], dict[Vertex, float]] = ({}, {})

    def trail(self) -> Waypoints | None:
        """The corners of the way; None where there is none."""
        xs, ys = self._net.xs, self._net.ys
        x, y = self._net.at(self._finish)
        goal: State = (*self._finish, self._in)
        best: dict[State, float] = {self._start: 0.0}
        before: dict[State, State] = {}
        heap: list[tuple[float, int, float, State]] = [(0.0, 0, 0.0, self._start)]
        serial = 0
        while heap:
            _, _, cost, state = heapq.heappop(heap)
            if state == goal:
                return self._traced(state, before)
            if cost > best[state]:
                continue
            for after, more in self._steps(state):
                total = cost + more
                if total < best.get(after, math.inf):
                    best[after] = total
                    before[after] = state
                    serial += 1
                    across, down = abs(xs[after[0]] - x), abs(ys[after[1]] - y)
                    left = (across + down) * LEFT + (BEND_COST if across and down else 0.0)
                    heapq.heappush(heap, (total + left, serial, total, after))
        return None

    def _steps(self, state: State) -> Iterator[tuple[State, float]]:
        column, row, heading = state
        xs, ys = self._net.xs, self._net.ys
        if (column, row) == self._finish and heading % 2 != self._in % 2:
            yield (column, row, self._in), BEND_COST
        for turn in (0, 1, 3):
            way = (heading + turn) % 4
            right, down = STEPS[way]
            after = (column + right, row + down)
            if not (0 <= after[0] < len(xs) and 0 <= after[1] < len(ys)):
                continue
            corner = (min(column, after[0]), min(row, after[1]))
            price = self._price(corner, upright=way % 2 == 1)
            if price == math.inf:
                continue
            if turn:
                price += BEND_COST
                if heading == self._out and self._source.clear:
                    price += self._in_label((xs[column], ys[row]))
            elif state != self._start:
                place, at = (ys[row], xs[column]) if down else (xs[column], ys[row])
                if self._channels.passed(self._number, not down, place, at):
                    price += CROSSING_COST
            yield (*after, way), price

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
            known = self._prices[upright][corner] = self._channels.price(self._number, piece)
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


def _is_upright(end: End) -> bool:
    return end.side in ("top", "bottom")


def _lines(sides: Iterable[tuple[float, float]], low: float, high: float) -> set[float]:
    """Lines of channels beside cards, those close together as one, and lines outside of all."""
    wished = sorted({at for first, last in sides for at in (first - AWAY, last + AWAY)})
    found: list[list[float]] = []
    for at in wished:
        if found and at - found[-1][0] <= MERGED:
            found[-1].append(at)
        else:
            found.append([at])
    middles = {round((group[0] + group[-1]) / 2, 1) for group in found}
    return middles | {low - 2 * AWAY, high + 2 * AWAY}
