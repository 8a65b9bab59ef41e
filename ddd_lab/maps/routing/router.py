"""Which way an edge takes: orthogonal, around cards, with few bends.

Every edge tries its simple ways in order of length, then ways along the edges of cards nearby;
the first that meets no card and covers no other edge is taken, else the one that meets least.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import pairwise
from operator import itemgetter
from typing import Literal, NamedTuple

from ddd_lab.maps.layout import Point, Rect
from ddd_lab.maps.routing.grid import Bands, Grid
from ddd_lab.maps.routing.plans import CLEAR, Corner, Corners, Plan, around_plans, simple_plans

Side = Literal["left", "right", "top", "bottom"]
Way = tuple[Point, ...]
Piece = tuple[str, float, float, float]
"""A straight piece: its axis, its place on the other axis, and both its ends."""
_LENGTH = itemgetter(0)

STUB = 18.0
"""Pixels that an edge leads straight away from a card before it may turn."""
NEAR = 260.0
"""How far around its ends an edge looks for a way."""
FAR = 6000.0
"""Pixels apart beyond which only the surroundings of both ends are looked at."""
APART = 7.0
"""Pixels from which on two edges beside each other can be told apart."""
LANE = 8.0
"""Pixels across the lanes in which what is drawn already is looked up."""
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
CELL, BAND = 512.0, 128.0
BEND_COST = 30.0
CARD_COST = 5000.0
COVER_COST = 400.0
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


class Run(NamedTuple):
    """A straight piece of an edge that is drawn already; lanes are rows or columns of pixels."""

    axis: str
    lane: int
    place: float
    low: float
    high: float
    source: str
    target: str


def runs_of(way: Way, source: End, target: End) -> tuple[Run, ...]:
    """The straight pieces of a way between two ends."""
    return tuple(
        Run(axis, round(place / LANE), place, low, high, source.name, target.name)
        for axis, place, low, high in (_line(a, b) for a, b in pairwise(way))
    )


class Router:
    """Finds ways among cards and remembers those already taken.

    Args:
        cards: the areas to go around.
        bundle: whether edges that share a source or a target may share their way too.
        edges: about how many are to come; for many, less is tried for each.
    """

    def __init__(self, cards: Iterable[Rect], *, bundle: bool = True, edges: int = 1) -> None:
        self._bundle = bundle
        effort = BUSY / max(edges, 1)
        self._lanes = max(4, int(LANES * min(1.0, effort)))
        self._steps = STEPS if effort >= 1 else STEPS[:-1]
        thorough = min(THOROUGH, effort)
        self._tries = max(16, int(TRIES * thorough))
        self._turns = max(2, int(TURNS * min(1.0, effort)))
        most = max(64.0, MOST * min(2.0, effort))
        self._most = max(FEWEST, int(most * min(1.0, effort / CROWDED) ** 3))
        self._runs: dict[tuple[str, int], list[Run]] = {}
        self._cards = Grid(CELL)
        for card in cards:
            self._cards.add(card)
        self._rows = Bands(self._cards.areas, upright=False, size=BAND)
        self._columns = Bands(self._cards.areas, upright=True, size=BAND)

    def way(self, source: End, target: End) -> tuple[Way, Rect]:
        """The way from one end to the other, corners included, both ends among them.

        Returns:
            The way, and the area that was looked at: what changes outside it changes nothing here.
        """
        start, finish = self._stubs(source, target)
        looked_at = _Extent(source.at, target.at, *(end.stub(2 * STUB) for end in (source, target)))
        best: Corners = ()
        least = math.inf
        for plans in self._plans(source, start, finish, looked_at):
            tried: set[Corners] = set()
            # Of ways of one length the first is meant most: its turn lies in the middle.
            for length, plan in sorted(plans, key=_LENGTH):
                enough = len(tried) > self._tries and least < CARD_COST
                if length >= least or enough or len(tried) > self._most:
                    break
                way, cost = _clean((source.at, *plan, target.at))
                cost += _crossed_label(source, way)
                if cost < least and way not in tried:
                    tried.add(way)
                    looked_at.add(plan)
                    cost += self._trouble(way, source.name, target.name, least - cost)
                    if cost < least:
                        least, best = cost, way
            if least < CARD_COST / 2 and least - _clean(best)[1] < COVER_COST / 4:
                break
        found = tuple(Point(round(x, 1), round(y, 1)) for x, y in best)
        return found, looked_at.rect.grown(CLEAR)

    def _plans(
        self, source: End, start: Point, finish: Point, looked_at: _Extent
    ) -> Iterator[list[Plan]]:
        """Ways to try: the simple ones, then those around cards."""
        beyond = source.stub(source.clear)
        room = finish.x - beyond.x if source.side == "right" else finish.y - beyond.y
        after_label = simple_plans(beyond, finish) if source.clear > STUB and room > 0 else []
        yield simple_plans(start, finish) + after_label
        yield simple_plans(source.stub(self._free(source) / 2), finish)
        nearby = self._near(start, finish, looked_at)
        yield around_plans(start, finish, nearby, self._turns, self._steps)

    def take(self, runs: Iterable[Run]) -> None:
        """Note a way as taken, by its straight pieces, so that others do not cover it."""
        for run in runs:
            self._runs.setdefault((run.axis, run.lane), []).append(run)

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
        near = [_distance(card, end.at) for card in self._hit(ahead) if ahead.meets(_fat(card))]
        return max(2.0, min([STUB, *(distance / 2 for distance in near)]))

    def _hit(self, area: Rect) -> list[Rect]:
        return [self._cards.areas[index] for index in self._cards.near(area)]

    def _near(self, start: Point, finish: Point, looked_at: _Extent) -> list[Rect]:
        whole = _span(start, finish).grown(NEAR)
        areas = [whole]
        if (whole.right - whole.left) * (whole.bottom - whole.top) > FAR * FAR:
            areas = [_span(end, end).grown(NEAR) for end in (start, finish)]
        for area in areas:
            looked_at.add((Point(area.left, area.top), Point(area.right, area.bottom)))
        hit = (card for area in areas for card in self._hit(area) if card.meets(area))
        middle = Point((start.x + finish.x) / 2, (start.y + finish.y) / 2)
        return sorted(dict.fromkeys(hit), key=lambda card: (_distance(card, middle), card))[
            : self._lanes
        ]

    def _trouble(self, way: Corners, source: str, target: str, limit: float) -> float:
        """What a way costs beyond its length: cards met, other edges covered.

        Args:
            way: the way.
            source: port that it leaves; with ``target``, tells which edges are related.
            target: card that it reaches.
            limit: from here on the figure does not matter any more.
        """
        total = 0.0
        last = len(way) - 2
        for index in range(last + 1):
            piece = _line(way[index], way[index + 1])
            # The first and last piece touch their own cards; elsewhere some room is kept.
            room = CLEAR - 6 if 0 < index < last else 0.0
            total += self._met(piece, room, limit - total)
            if total >= limit:
                break
            total = self._covering(piece, (source, target), total, limit)
            if total >= limit:
                break
        return total

    def _covering(self, piece: Piece, names: tuple[str, str], total: float, limit: float) -> float:
        """What was counted so far, and what the edges that a straight piece covers cost."""
        axis, place, low, high = piece
        source, target = names
        lane = round(place / LANE)
        runs, bundle = self._runs, self._bundle
        for beside in (lane - 1, lane, lane + 1):
            for _, _, at, start, end, leaves, reaches in runs.get((axis, beside), ()):
                if end <= low or start >= high or abs(at - place) >= APART:
                    continue
                shared = (min(end, high)) - (max(start, low))
                if shared > 4 and not (bundle and (leaves == source or reaches == target)):
                    total += COVER_COST + shared
                    if total >= limit:
                        return total
        return total

    def _met(self, piece: Piece, room: float, limit: float) -> float:
        """What the cards on a straight piece, or closer to it than the room, cost."""
        axis, place, low, high = piece
        total = 0.0
        seen: set[Rect] = set()
        if axis == "y":
            near = self._columns.near(place - room, place + room, low, high)
        else:
            near = self._rows.near(place - room, place + room, low, high)
        for card in near:
            # The innermost loop of all: a card's area shrunk by a pixel, without an object for it.
            if axis == "y":
                first, begin, last, end = card
            else:
                begin, first, end, last = card
            first, begin, last, end = first + 1, begin + 1, last - 1, end - 1
            if place - room < last and first < place + room and begin < high and low < end:
                if card in seen:
                    continue
                seen.add(card)
                # To run along the very border of a card is as bad as to run over it.
                total += CARD_COST if first - 2 < place < last + 2 else CARD_COST / 8
                if total >= limit:
                    break
        return total


class _Extent:
    """The smallest area around points, one after the other."""

    def __init__(self, *points: Corner) -> None:
        self.rect = Rect(math.inf, math.inf, -math.inf, -math.inf)
        self.add(points)

    def add(self, points: Iterable[Corner]) -> None:
        """Take in points."""
        left, top, right, bottom = self.rect
        for x, y in points:
            left, top = min(left, x), min(top, y)
            right, bottom = max(right, x), max(bottom, y)
        self.rect = Rect(left, top, right, bottom)


def _fat(card: Rect) -> Rect:
    """A card grown a little, as a line has no breadth of its own to meet it with."""
    return card.grown(0.5)


def _clean(way: Corners) -> tuple[Corners, float]:
    """A way without doubled points and without corners that are none, and its cost.

    The cost is of length and bends; a turn straight back counts as a card met.
    """
    kept: list[Corner] = []
    for point in way:
        x, y = point
        if kept:
            bx, by = kept[-1]
            if abs(x - bx) < 0.01 and abs(y - by) < 0.01:
                continue
            if len(kept) > 1:
                ax, ay = kept[-2]
                upright = abs(ax - bx) < 0.01 and abs(bx - x) < 0.01 and (by - ay) * (y - by) >= 0
                level = abs(ay - by) < 0.01 and abs(by - y) < 0.01 and (bx - ax) * (x - bx) >= 0
                # A turn back is a corner.
                if upright or level:
                    kept.pop()
        kept.append(point)
    if len(kept) < 2:
        kept = [way[0], way[-1]]
    cost = BEND_COST * (len(kept) - 2)
    before_x = before_y = 0.0
    x, y = kept[0]
    for next_x, next_y in kept[1:]:
        dx, dy = next_x - x, next_y - y
        cost += abs(dx) + abs(dy)
        if before_x * dx < 0 or before_y * dy < 0:
            cost += CARD_COST
        x, y, before_x, before_y = next_x, next_y, dx, dy
    return tuple(kept), cost


def _crossed_label(source: End, way: Corners) -> float:
    """What it costs that a way turns where the label of its port stands."""
    (x, y), (next_x, next_y) = way[:2]
    first = abs(next_x - x) + abs(next_y - y)
    return LABEL_COST if len(way) > 2 and first < source.clear else 0.0


def _line(a: Corner, b: Corner) -> Piece:
    (x1, y1), (x2, y2) = a, b
    if abs(x1 - x2) < abs(y1 - y2):
        return ("y", x1, y1, y2) if y1 < y2 else ("y", x1, y2, y1)
    return ("x", y1, x1, x2) if x1 < x2 else ("x", y1, x2, x1)


def _span(a: Point, b: Point) -> Rect:
    return Rect(min(a.x, b.x), min(a.y, b.y), max(a.x, b.x), max(a.y, b.y))


def _distance(card: Rect, to: Point) -> float:
    x = max(card.left - to.x, 0.0, to.x - card.right)
    y = max(card.top - to.y, 0.0, to.y - card.bottom)
    return x + y
