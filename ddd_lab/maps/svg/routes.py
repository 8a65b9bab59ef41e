"""Which way a wire takes: orthogonal, around cards, with few bends.

Every wire tries its simple ways in order of length, then ways along the edges of cards nearby;
the first that meets no card and covers no other wire is taken, else the one that meets least.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from ddd_lab.maps.layout import Point, Rect
from ddd_lab.maps.svg.grid import Bands, Grid

Side = Literal["left", "right", "top", "bottom"]
Way = tuple[Point, ...]

STUB = 18.0
"""Pixels that a wire leads straight away from a card before it may turn."""
CLEAR = 12.0
"""Room kept between a wire and the cards that it passes."""
NEAR = 260.0
"""How far around its ends a wire looks for a way."""
FAR = 6000.0
"""Pixels apart beyond which only the surroundings of both ends are looked at."""
APART = 7.0
"""Pixels from which on two wires beside each other can be told apart."""
LANES = 10
TRIES, FEWER_TRIES = 400, 150
"""Ways looked at before one that meets no card, but covers another wire, is good enough."""
TURNS = 5
"""Places looked at for the turn out of a lane and the turn into it."""
BUSY = 120
"""Wires up to which each gets the full effort."""
STEPS = (0.0, 10.0, 20.0, 30.0)
"""Pixels beyond a card's clear room at which wires may run; the last for few wires only."""
CROWDED = 0.15
"""Share of the full effort below which a picture is a thicket: fewer ways still are tried."""
FEWEST = 3
"""Ways of one kind that are tried in any thicket."""
CELL, BAND = 512.0, 128.0
BEND_COST = 30.0
CARD_COST = 5000.0
COVER_COST = 400.0
NORMAL = {"left": (-1, 0), "right": (1, 0), "top": (0, -1), "bottom": (0, 1)}


class End(NamedTuple):
    """Where a wire ends: the port or card, the point on its edge and the side that edge is on.

    Wires from one port, or to one card, may share a part of their way.
    """

    name: str
    at: Point
    side: Side

    def stub(self, length: float) -> Point:
        """The point straight away from the card."""
        x, y = NORMAL[self.side]
        return Point(self.at.x + x * length, self.at.y + y * length)


class _Run(NamedTuple):
    """A straight piece of a wire that is drawn already."""

    place: float
    low: float
    high: float
    source: str
    target: str


class Router:
    """Finds ways among cards and remembers those already taken.

    Args:
        cards: the areas to go around.
        bundle: whether wires that share a source or a target may share their way too.
        wires: about how many are to come; for many, less is tried for each.
    """

    def __init__(self, cards: Iterable[Rect], *, bundle: bool = True, wires: int = 1) -> None:
        self._bundle = bundle
        effort = BUSY / max(wires, 1)
        self._lanes = max(4, int(LANES * min(1.0, effort)))
        self._steps = STEPS if effort >= 1 else STEPS[:-1]
        tries = TRIES if effort >= 1 else FEWER_TRIES
        self._tries = max(16, int(tries * min(5.0, effort)))
        self._turns = max(2, int(TURNS * min(1.0, effort)))
        self._most = max(FEWEST, int(4 * self._tries * min(1.0, effort / CROWDED) ** 3))
        self._runs: dict[tuple[str, int], list[_Run]] = {}
        self._cards = Grid(CELL)
        for card in cards:
            self._cards.add(card)
        self._rows = Bands(self._cards.areas, upright=False, size=BAND)
        self._columns = Bands(self._cards.areas, upright=True, size=BAND)

    def way(self, source: End, target: End) -> Way:
        """The way from one end to the other, corners included, both ends among them."""
        start, finish = (end.stub(self._free(end)) for end in (source, target))
        best: Way = ()
        least = math.inf
        nearby = self._near(start, finish)
        closer = source.stub(self._free(source) / 2)
        for plans in (
            _simple(start, finish),
            _simple(closer, finish),
            _around(start, finish, nearby, self._turns, self._steps),
        ):
            tried: set[Way] = set()
            for length, plan in sorted((_length(plan), plan) for plan in plans):
                enough = len(tried) > self._tries and least < CARD_COST
                if length >= least or enough or len(tried) > self._most:
                    break
                way = _clean((source.at, *plan, target.at))
                cost = _cost(way)
                if cost < least and way not in tried:
                    tried.add(way)
                    cost += self._trouble(way, source.name, target.name, least - cost)
                    if cost < least:
                        least, best = cost, way
            if least < CARD_COST / 2 and least - _cost(best) < COVER_COST / 4:
                break
        for a, b in pairwise(best):
            axis, place, low, high = _line(a, b)
            run = _Run(place, low, high, source.name, target.name)
            self._runs.setdefault((axis, round(place / 8)), []).append(run)
        return best

    def _free(self, end: End) -> float:
        """How far a wire can lead straight away from an end: half way to a card close by."""
        ahead = _span(end.stub(1.0), end.stub(2 * STUB))
        near = [_distance(card, end.at) for card in self._hit(ahead) if ahead.meets(_fat(card))]
        return max(2.0, min([STUB, *(distance / 2 for distance in near)]))

    def _hit(self, area: Rect) -> list[Rect]:
        return [self._cards.areas[index] for index in self._cards.near(area)]

    def _near(self, start: Point, finish: Point) -> list[Rect]:
        whole = _span(start, finish).grown(NEAR)
        areas = [whole]
        if (whole.right - whole.left) * (whole.bottom - whole.top) > FAR * FAR:
            areas = [_span(end, end).grown(NEAR) for end in (start, finish)]
        hit = (card for area in areas for card in self._hit(area) if card.meets(area))
        middle = Point((start.x + finish.x) / 2, (start.y + finish.y) / 2)
        return sorted(dict.fromkeys(hit), key=lambda card: _distance(card, middle))[: self._lanes]

    def _trouble(self, way: Way, source: str, target: str, limit: float) -> float:
        """What a way costs beyond its length: cards met, other wires covered.

        Args:
            way: the way.
            source: port that it leaves; with ``target``, tells which wires are related.
            target: card that it reaches.
            limit: from here on the figure does not matter any more.
        """
        total = 0.0
        last = len(way) - 2
        for index, (a, b) in enumerate(pairwise(way)):
            # The first and last piece touch their own cards; elsewhere some room is kept.
            room = CLEAR - 6 if 0 < index < last else 0.0
            total += self._met(_span(a, b), room, limit - total)
            if total >= limit:
                break
            total = self._covering((a, b), (source, target), total, limit)
            if total >= limit:
                break
        return total

    def _covering(
        self, piece: tuple[Point, Point], wire: tuple[str, str], total: float, limit: float
    ) -> float:
        """What was counted so far, and what the wires that a straight piece covers cost."""
        axis, place, low, high = _line(*piece)
        source, target = wire
        lane = round(place / 8)
        runs, bundle = self._runs, self._bundle
        for beside in (lane - 1, lane, lane + 1):
            for at, start, end, leaves, reaches in runs.get((axis, beside), ()):
                if end <= low or start >= high or abs(at - place) >= APART:
                    continue
                shared = (min(end, high)) - (max(start, low))
                if shared > 4 and not (bundle and (leaves == source or reaches == target)):
                    total += COVER_COST + shared
                    if total >= limit:
                        return total
        return total

    def _met(self, line: Rect, room: float, limit: float) -> float:
        """What the cards on a straight piece, or closer to it than the room, cost."""
        upright = line.right - line.left < line.bottom - line.top
        wide, high = (room, 0.0) if upright else (0.0, room)
        left, top = line.left - wide, line.top - high
        right, bottom = line.right + wide, line.bottom + high
        total = 0.0
        seen: set[Rect] = set()
        near = (
            self._columns.near(left, right, top, bottom)
            if upright
            else self._rows.near(top, bottom, left, right)
        )
        for card in near:
            # The innermost loop of all: a card's area shrunk by a pixel, without an object for it.
            first, upper, last, lower = card
            first, upper, last, lower = first + 1, upper + 1, last - 1, lower - 1
            if left < last and first < right and top < lower and upper < bottom:
                if card in seen:
                    continue
                seen.add(card)
                inside = line[0] < last and first < line[2] and line[1] < lower and upper < line[3]
                total += CARD_COST if inside else CARD_COST / 8
                if total >= limit:
                    break
        return total


def _fat(card: Rect) -> Rect:
    """A card grown a little, as a line has no breadth of its own to meet it with."""
    return card.grown(0.5)


def _simple(start: Point, finish: Point) -> Iterator[Way]:
    """Ways that need no card to go along: straight, one corner, or a step in the middle."""
    yield (start, Point(finish.x, start.y), finish)
    yield (start, Point(start.x, finish.y), finish)
    middle = Point((start.x + finish.x) / 2, (start.y + finish.y) / 2)
    for shift in (0.0, 10.0, -10.0, 20.0, -20.0):
        x = middle.x + shift
        yield (start, Point(x, start.y), Point(x, finish.y), finish)
        y = middle.y + shift
        yield (start, Point(start.x, y), Point(finish.x, y), finish)


def _around(
    start: Point, finish: Point, cards: Sequence[Rect], turns: int, steps: Sequence[float]
) -> Iterator[Way]:
    """Ways along the edges of cards: over one lane, or out, along and back in."""
    columns = {start.x, finish.x, (start.x + finish.x) / 2}
    rows = {start.y, finish.y, (start.y + finish.y) / 2}
    for card in cards:
        for step in steps:
            columns |= {card.left - CLEAR - step, card.right + CLEAR + step}
            rows |= {card.top - CLEAR - step, card.bottom + CLEAR + step}
    for x in sorted(columns):
        yield (start, Point(x, start.y), Point(x, finish.y), finish)
    for y in sorted(rows):
        yield (start, Point(start.x, y), Point(finish.x, y), finish)
    firsts = _closest(columns, start.x)[:turns]
    lasts = _closest(columns, finish.x)[:turns]
    for y in sorted(rows):
        for first in firsts:
            for last in lasts:
                yield (
                    start,
                    Point(first, start.y),
                    Point(first, y),
                    Point(last, y),
                    Point(last, finish.y),
                    finish,
                )


def _closest(values: Iterable[float], to: float) -> list[float]:
    return sorted(values, key=lambda value: (abs(value - to), value))


def _clean(way: Sequence[Point]) -> Way:
    """A way without doubled points and without corners that are none."""
    kept: list[Point] = []
    for point in way:
        if kept and _same(kept[-1], point):
            continue
        if len(kept) > 1 and _ahead(kept[-2], kept[-1], point):
            kept.pop()
        kept.append(point)
    return tuple(kept) if len(kept) > 1 else (way[0], way[-1])


def _same(a: Point, b: Point) -> bool:
    return abs(a.x - b.x) < 0.01 and abs(a.y - b.y) < 0.01


def _ahead(a: Point, b: Point, c: Point) -> bool:
    """Whether the middle point lies on the straight way on (a turn back is a corner)."""
    upright = abs(a.x - b.x) < 0.01 and abs(b.x - c.x) < 0.01
    level = abs(a.y - b.y) < 0.01 and abs(b.y - c.y) < 0.01
    return (upright and (b.y - a.y) * (c.y - b.y) >= 0) or (
        level and (b.x - a.x) * (c.x - b.x) >= 0
    )


def _length(way: Sequence[Point]) -> float:
    return sum(abs(a.x - b.x) + abs(a.y - b.y) for a, b in pairwise(way))


def _cost(way: Way) -> float:
    """Length and bends; a turn straight back counts as a card met."""
    total = BEND_COST * (len(way) - 2) + _length(way)
    for a, b, c in zip(way, way[1:], way[2:], strict=False):
        if (b.x - a.x) * (c.x - b.x) < 0 or (b.y - a.y) * (c.y - b.y) < 0:
            total += CARD_COST
    return total


def _line(a: Point, b: Point) -> tuple[str, float, float, float]:
    """Axis, place on the other axis, and both ends of a straight piece."""
    if abs(a.x - b.x) < abs(a.y - b.y):
        return "y", a.x, min(a.y, b.y), max(a.y, b.y)
    return "x", a.y, min(a.x, b.x), max(a.x, b.x)


def _span(a: Point, b: Point) -> Rect:
    return Rect(min(a.x, b.x), min(a.y, b.y), max(a.x, b.x), max(a.y, b.y))


def _distance(card: Rect, to: Point) -> float:
    x = max(card.left - to.x, 0.0, to.x - card.right)
    y = max(card.top - to.y, 0.0, to.y - card.bottom)
    return x + y
