"""Ways through the channels between cards, for boards with few edges.

Every edge looks for the cheapest way over a coarse net: one line through each gap between cards.
What it costs are length, bends, other edges that it crosses and channels that it shares with
edges that have nothing to do with it. :mod:`ddd_lab.maps.routing.nudging` then spreads the edges
that run through one channel.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ddd_lab.maps.layout import Rect
from ddd_lab.maps.layout.boxes import around
from ddd_lab.maps.routing.grid import Grid
from ddd_lab.maps.routing.meetings import Foreign
from ddd_lab.maps.routing.router import NORMAL, End
from ddd_lab.maps.routing.search import CROSSING_COST, LABEL_COST, STUB, Net, Request, Search
from ddd_lab.maps.routing.trails import Piece, Waypoints, pieces

AWAY = 16.0
"""Pixels between a card and the line of a channel beside it."""
MERGED = 26.0
"""Pixels within which lines of channels are one."""
CLOSE = 5.0
"""Pixels that edges keep from cards."""
SHARED = 0.3
"""What a pixel costs, beyond its length, in a channel that unrelated edges run through."""
BUNDLED = 0.55
"""What a pixel costs where a related edge runs already."""
OUTSIDE = 0.2
"""What a pixel costs, beyond its length, around all cards."""
ABOVE = 1.5
"""The same above all cards, where nobody looks for a way back."""
CELL = 256.0


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
        earlier: ways that edges keep at first where no card is in them now.

    Attributes:
        choices: how often edges chose a way.
    """

    def __init__(
        self,
        cards: Sequence[Rect],
        requests: Sequence[Request],
        labels: Iterable[Rect] = (),
        earlier: Mapping[str, Waypoints] = {},
    ) -> None:
        self._cards = cards
        self._requests = requests
        self._related = _related(requests)
        ends = [Rect(*end.at, *end.at) for request in requests for end in request[1:]]
        area = around([*cards, *ends])
        self._columns = _lines(((c.left, c.right) for c in cards), area.left, area.right)
        self._rows = _lines(((c.top, c.bottom) for c in cards), area.top, area.bottom)
        for trail in earlier.values():
            for upright, place, *_ in list(pieces(trail))[1:-1]:
                (self._columns if upright else self._rows).add(place)
        self._labels = Grid(CELL)
        for label in labels:
            self._labels.add(label)
        self._above = min(self._rows)
        self._outside = ({max(self._rows)}, {min(self._columns), max(self._columns)})
        self._free: dict[Piece, bool] = {}
        self._grounds: dict[Piece, tuple[float, float]] = {}
        # Level pieces by their rows, upright ones by their columns.
        self._spans: tuple[dict[float, list[_Span]], dict[float, list[_Span]]] = ({}, {})
        self._trails: dict[int, Waypoints] = {}
        self.choices = 0
        for number, request in enumerate(requests):
            kept = earlier.get(request.id)
            if kept and self._is_clear(kept):
                self._take(number, kept)

    def route(self, passes: int) -> dict[str, Waypoints]:
        """The ways of all edges for which there is one, by their ids.

        Args:
            passes: how often each edge chooses; from the second time on it sees all others.
        """
        for turn in range(passes):
            for number in range(len(self._requests)):
                if number not in self._trails or (turn and not self._is_undisturbed(number)):
                    self._choose(number)
        return self.trails()

    def again(self, ids: Sequence[str]) -> dict[str, Waypoints]:
        """The ways of all edges after some have chosen anew, as if they came last in this order."""
        numbers = {request.id: number for number, request in enumerate(self._requests)}
        for id in ids:
            self._leave(numbers[id])
        for id in (*ids, *ids):
            self._choose(numbers[id])
        return self.trails()

    def _choose(self, number: int) -> None:
        self.choices += 1
        self._leave(number)
        trail = self._way(number)
        if trail is not None:
            self._take(number, trail)

    def trails(self) -> dict[str, Waypoints]:
        """The ways of all edges that have one, by their ids."""
        return {self._requests[number].id: trail for number, trail in self._trails.items()}

    def _is_undisturbed(self, number: int) -> bool:
        """Whether an edge neither crosses another one nor shares a channel with it."""
        related = self._related[number]
        for upright, place, low, high in pieces(self._trails.get(number, ())):
            for span in self._spans[upright].get(place, ()):
                if span.low < high and low < span.high and span.edge not in related:
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

    def _is_clear(self, trail: Waypoints) -> bool:
        """Whether a way keeps clear of all cards, but for its ends."""
        (x1, y1), (x2, y2) = trail[0], trail[-1]
        (a, b), (c, d) = trail[1], trail[-2]
        start = x1 + _step(a - x1), y1 + _step(b - y1)
        finish = x2 + _step(c - x2), y2 + _step(d - y2)
        return all(self._is_free(piece) for piece in pieces((start, *trail[1:-1], finish)))

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
        net = Net(self._columns, self._rows, own_x, own_y)
        start, finish = net.entry(source), net.entry(target)
        if start is None or finish is None:
            return None
        for end, vertex in ((source, start), (target, finish)):
            x, y = NORMAL[end.side]
            stub = (end.at.x + x * STUB, end.at.y + y * STUB)
            leg = next(iter(pieces((stub, net.at(vertex)))), None)
            if leg is not None and not self._is_free(leg):
                return None
        return Search(self, number, net, start, finish).trail()

    # --- what a search asks of the net ---------------------------------------------------------

    def request(self, number: int) -> Request:
        """An edge by its number."""
        return self._requests[number]

    def price(self, number: int, piece: Piece) -> float:
        """What a straight piece costs an edge; infinite where a card is in the way."""
        dearer, hidden = self._ground(piece)
        if dearer == math.inf:
            return math.inf
        upright, place, low, high = piece
        bundled = shared = False
        related = self._related[number]
        for span in self._spans[upright].get(place, ()):
            if span.low < high and low < span.high:
                if span.edge in related:
                    bundled = True
                else:
                    shared = True
        crossed = 0
        for at in self._spans[not upright]:
            if low < at < high and self.passed(number, not upright, at, place):
                crossed += 1
        per_pixel = (BUNDLED if bundled else 1.0) + (SHARED if shared else 0.0) + dearer
        return (high - low) * per_pixel + CROSSING_COST * crossed + hidden

    def _ground(self, piece: Piece) -> tuple[float, float]:
        """What a piece costs whatever runs there: more per pixel, and for labels under it."""
        known = self._grounds.get(piece)
        if known is None:
            upright, place, low, high = piece
            dearer = hidden = 0.0
            if not self._is_free(piece):
                dearer = math.inf
            elif place in self._outside[upright]:
                dearer = OUTSIDE
            elif place == self._above and not upright:
                dearer = ABOVE
            area = Rect(place, low, place, high) if upright else Rect(low, place, high, place)
            area = area.grown(1.0)
            for at in self._labels.near(area):
                if area.meets(self._labels.areas[at]):
                    hidden += LABEL_COST
            known = self._grounds[piece] = dearer, hidden
        return known

    def foreign(self, number: int) -> list[Foreign]:
        """The ways of the edges that have nothing to do with one; those of a bundle as one."""
        related = self._related[number]
        return [
            Foreign(self._requests[index].target.name, trail)
            for index, trail in self._trails.items()
            if index not in related
        ]

    def passed(self, number: int, upright: bool, place: float, at: float) -> bool:
        """Whether an edge that has nothing to do with this one runs straight through a point."""
        related = self._related[number]
        for span in self._spans[upright].get(place, ()):
            if span.low < at < span.high and span.edge not in related:
                return True
        return False


def _related(requests: Sequence[Request]) -> list[set[int]]:
    """For every edge those, itself among them, that may share its way."""
    return [
        {number for number, other in enumerate(requests) if one.related(other)} for one in requests
    ]


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


def _step(way: float) -> float:
    """The beginning of a way along one axis."""
    return math.copysign(min(abs(way), STUB), way)
