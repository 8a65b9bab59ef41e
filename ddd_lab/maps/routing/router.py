"""Which way an edge takes: orthogonal, around cards, with few bends.

Every edge tries its simple ways in order of length, then ways along the edges of cards nearby;
the first that meets no card and covers no other edge is taken, else the one that meets least.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import chain
from operator import itemgetter
from typing import Literal, NamedTuple

from ddd_lab.maps.layout import Point, Rect
from ddd_lab.maps.routing.obstacles import (
    CARD_COST,
    COVER_COST,
    Axis,
    Cards,
    Run,
    Trouble,
    Way,
)
from ddd_lab.maps.routing.plans import (
    CLEAR,
    Corner,
    Corners,
    Plan,
    around_plans,
    clean,
    simple_plans,
)

Side = Literal["left", "right", "top", "bottom"]
_LENGTH = itemgetter(0)

STUB = 18.0
"""Pixels that an edge leads straight away from a card before it may turn."""
NEAR = 260.0
"""How far around its ends an edge looks for a way."""
FAR = 6000.0
"""Pixels apart beyond which only the surroundings of both ends are looked at."""
LANES = 10
TRIES = 90
"""Ways looked at before one that meets no card, but covers another edge, is good enough."""
MOST = 800
"""Ways looked at for one that meets no card."""
THOROUGH = 4.0
"""How many times as many ways are looked at where a board has few edges."""
TURNS = 5
"""Places looked at for the turn out of a lane and the turn into it."""
BUSY = 120
"""Edges up to which each gets the full effort."""
STEPS = (0.0, 10.0, 20.0, 30.0)
"""Pixels beyond a card's clear room at which edges may run; the last for few edges only."""
CROWDED = 0.15
"""Share of the full effort below which a picture is a thicket: fewer ways still are tried."""
FEWEST = 3
"""Ways of one kind that are tried in any thicket."""
LABEL_COST = 60.0
NORMAL = {"left": (-1, 0), "right": (1, 0), "top": (0, -1), "bottom": (0, 1)}


class End(NamedTuple):
    """Where an edge ends: the port or card, the point on its edge and the side that edge is on.

    Edges from one port, or to one card, may share a part of their way.

    Attributes:
        clear: pixels in which a label stands beside the edge, which turns after it if it can.
    """

    name: str
    at: Point
    side: Side
    clear: float = 0.0

    def stub(self, length: float) -> Point:
        """The point straight away from the card."""
        x, y = NORMAL[self.side]
        return Point(self.at.x + x * length, self.at.y + y * length)


class Router:
    """Finds ways among cards and remembers those already taken.

    Args:
        cards: to go around.
        edges: about how many are to come; for many, less is tried for each.
    """

    def __init__(self, cards: Cards, *, edges: int = 1) -> None:
        self._cards = cards
        effort = BUSY / max(edges, 1)
        self._lanes = max(4, int(LANES * min(1.0, effort)))
        self._steps = STEPS if effort >= 1 else STEPS[:-1]
        self._turns = max(2, int(TURNS * min(1.0, effort)))
        most = max(64.0, MOST * min(2.0, effort))
        self._most = max(FEWEST, int(most * min(1.0, effort / CROWDED) ** 3))
        self._tries = min(self._most, max(16, int(TRIES * min(THOROUGH, effort))))
        self._runs: dict[tuple[Axis, int], list[Run]] = {}

    def way(self, source: End, target: End) -> tuple[Way, Rect]:
        """The way from one end to the other, corners included, both ends among them.

        Returns:
            The way, and the area that was looked at: what changes outside it changes nothing here.
        """
        looked_at = _Extent(source.at, target.at, *(end.stub(2 * STUB) for end in (source, target)))
        names = (source.name, target.name)
        trouble = Trouble(self._cards, self._runs, names)
        best: Corners = ()
        least = math.inf
        for plans in self._plans(source, target, looked_at):
            tried: dict[Corners, None] = {}
            # Of ways of one length the first is meant most: its turn lies in the middle.
            for length, plan in sorted(plans, key=_LENGTH):
                enough = self._tries if least < CARD_COST else self._most
                if length >= least or len(tried) > enough:
                    break
                way, cost = clean(plan)
                if source.clear:
                    cost += _crossed_label(source, way)
                if cost < least and way not in tried:
                    tried[way] = None
                    cost += trouble.of(way, least - cost)
                    if cost < least:
                        least, best = cost, way
            looked_at.add([source.at, *chain.from_iterable(tried)])
            if least < CARD_COST / 2 and least - clean(best)[1] < COVER_COST / 4:
                break
        found = tuple(Point(round(x, 1), round(y, 1)) for x, y in best)
        return found, looked_at.rect.grown(CLEAR)

    def _plans(self, source: End, target: End, looked_at: _Extent) -> Iterator[list[Plan]]:
        """Ways to try: the simple ones, then those around cards."""
        start, finish = self._stubs(source, target)
        whole = (source.at, start), (finish, target.at)
        beyond = source.stub(source.clear)
        room = finish.x - beyond.x if source.side == "right" else finish.y - beyond.y
        after_label = []
        if source.clear > STUB and room > 0:
            after_label = simple_plans((source.at, beyond), whole[1])
        yield simple_plans(*whole) + after_label
        close = source.stub(self._free(source) / 2)
        yield simple_plans((source.at, close), whole[1])
        nearby = self._near(start, finish, looked_at)
        yield around_plans(*whole, nearby, self._turns, self._steps)

    def take(self, runs: Iterable[Run]) -> None:
        """Note a way as taken, by its straight pieces, so that others do not cover it."""
        for run in runs:
            self._runs.setdefault(run.lane, []).append(run)

    def _stubs(self, source: End, target: End) -> tuple[Point, Point]:
        """Where the way may turn first and last: half way where its ends are close."""
        x, y = NORMAL[source.side]
        if NORMAL[target.side] == (-x, -y):
            gap = (target.at.x - source.at.x) * x + (target.at.y - source.at.y) * y
            if 2 * CLEAR <= gap < 2 * STUB:
                return source.stub(gap / 2), target.stub(gap / 2)
        return source.stub(self._free(source)), target.stub(self._free(target))

    def _free(self, end: End) -> float:
        """How far an edge can lead straight away from an end: half way to a card close by."""
        ahead = _span(end.stub(1.0), end.stub(2 * STUB))
        # Grown a little, as a line has no breadth of its own to meet a card with.
        near = [_distance(card, end.at) for card in self._cards.meeting(ahead.grown(0.5))]
        return max(2.0, min([STUB, *(distance / 2 for distance in near)]))

    def _near(self, start: Point, finish: Point, looked_at: _Extent) -> list[Rect]:
        whole = _span(start, finish).grown(NEAR)
        areas = [whole]
        if (whole.right - whole.left) * (whole.bottom - whole.top) > FAR * FAR:
            areas = [_span(end, end).grown(NEAR) for end in (start, finish)]
        for area in areas:
            looked_at.add((Point(area.left, area.top), Point(area.right, area.bottom)))
        hit = (card for area in areas for card in self._cards.meeting(area))
        middle = Point((start.x + finish.x) / 2, (start.y + finish.y) / 2)
        return sorted(dict.fromkeys(hit), key=lambda card: (_distance(card, middle), card))[
            : self._lanes
        ]


class _Extent:
    """The smallest area around points, one after the other."""

    def __init__(self, *points: Corner) -> None:
        self.rect = Rect(math.inf, math.inf, -math.inf, -math.inf)
        self.add(points)

    def add(self, points: Iterable[Corner]) -> None:
        """Take in points."""
        xs, ys = zip(*points, strict=True)
        left, top, right, bottom = self.rect
        self.rect = Rect(min(left, *xs), min(top, *ys), max(right, *xs), max(bottom, *ys))


def _crossed_label(source: End, way: Corners) -> float:
    """What it costs that a way turns where the label of its port stands."""
    (x, y), (next_x, next_y) = way[:2]
    first = abs(next_x - x) + abs(next_y - y)
    return LABEL_COST if len(way) > 2 and first < source.clear else 0.0


def _span(a: Point, b: Point) -> Rect:
    return Rect(min(a.x, b.x), min(a.y, b.y), max(a.x, b.x), max(a.y, b.y))


def _distance(card: Rect, to: Point) -> float:
    x = max(card.left - to.x, 0.0, to.x - card.right)
    y = max(card.top - to.y, 0.0, to.y - card.bottom)
    return x + y
