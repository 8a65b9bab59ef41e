"""Where edges touch their cards: at ports, or spread over the nearest sides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Literal

from ddd_lab.maps.layout import Direction, Point, Rect
from ddd_lab.maps.routing.board import BoardEdge, CardArea
from ddd_lab.maps.routing.grid import Grid
from ddd_lab.maps.routing.router import End, Side
from ddd_lab.maps.sizes import LABEL_BELOW, port_label_width

FLAT_FIRST: tuple[Side, ...] = ("right", "left", "bottom", "top")
OPPOSITE: dict[Side, Side] = {"left": "right", "right": "left", "top": "bottom", "bottom": "top"}

TURNING = 28.0
"""Pixels between two cards from which on edges between them may turn."""
CORNER = 16.0
"""Pixels that an edge keeps from the corners of a card."""
LEAST_LABEL = 24.0
"""Pixels of a port's label below which it says nothing any more."""
BEFORE_CARD = 4.0
"""Pixels between a port's label and the next card."""
CELL = 256.0


BESIDE_PORT = 14.0
"""Pixels beside a port at which an edge comes back to its card."""

Taste = Literal["shared", "level", "upright", "bent", "before", "after"]
"""Which sides an edge takes where its cards lie across from each other: those that most of its
bundle can take, left and right, top and bottom, or one of each. On a sheet an edge that leads back
to the card before comes in with all others, or beside the port of the edge that it answers."""
TASTES: tuple[Taste, ...] = ("shared", "level", "upright", "bent")
SHEET_TASTES: tuple[Taste, ...] = ("shared", "before", "after")


class EdgeEnds:
    """Finds both ends of edges, anew only where an edge or one of its cards changed."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[tuple[object, ...], tuple[End, End]]] = {}

    def of(
        self,
        cards: Iterable[CardArea],
        edges: Iterable[BoardEdge],
        direction: Direction | None,
        taste: Taste = "shared",
    ) -> dict[str, tuple[End, End]]:
        """Both ends of every edge whose cards exist, by the ids of the edges."""
        by_id = {card.id: card for card in cards}
        present = [edge for edge in edges if edge.source in by_id and edge.target in by_id]
        if direction is None:
            return _by_sides(present, by_id, taste)
        level = _levels(present, by_id, direction)
        back = {} if taste == "shared" else _answers(present, by_id, direction, taste)
        known, self._known = self._known, {}
        for edge in present:
            state = (
                edge,
                by_id[edge.source],
                by_id[edge.target],
                direction,
                (level.get(edge.target), back.get(edge.id)),
            )
            old = known.get(edge.id)
            same = old is not None and old[0] == state
            self._known[edge.id] = old if old and same else (state, _by_ports(*state))
        return {id: ends for id, (_, ends) in self._known.items()}


def _answers(
    edges: Sequence[BoardEdge],
    cards: Mapping[str, CardArea],
    direction: Direction,
    taste: Taste,
) -> dict[str, float]:
    """Where an edge comes back, along the ports of a card that leads straight to its own."""
    there = {(edge.source, edge.target): edge for edge in edges}
    found: dict[str, float] = {}
    for edge in edges:
        out = there.get((edge.target, edge.source))
        area, source = cards[edge.target].rect, cards[edge.source].rect
        flat = direction == "right"
        if out is None or not (area.right < source.left if flat else area.bottom < source.top):
            continue
        at = _leaves(out, cards[edge.target], direction)
        at += BESIDE_PORT if taste == "after" else -BESIDE_PORT
        low, high = (area.top, area.bottom) if flat else (area.left, area.right)
        if low + CORNER <= at <= high - CORNER:
            found[edge.id] = at
    return found


def _levels(
    edges: Iterable[BoardEdge], cards: Mapping[str, CardArea], direction: Direction
) -> dict[str, float]:
    """Where an edge goes straight into each card that has one, which others join there."""
    found: dict[str, float] = {}
    for edge in edges:
        source, target = cards[edge.source], cards[edge.target]
        at = _straight(edge, source, target, direction)
        if at is not None:
            middle = _middle(target.rect, direction)
            found[edge.target] = min(
                (at, found.get(edge.target, at)), key=lambda one: (abs(one - middle), one)
            )
    return found


def _straight(
    edge: BoardEdge, source: CardArea, target: CardArea, direction: Direction
) -> float | None:
    """Where an edge that arrives nearly in line goes straight in; None for others."""
    a, b = source.rect, target.rect
    middle = _middle(b, direction)
    at = _leaves(edge, source, direction)
    if direction == "right":
        near = a.right < b.left and abs(at - middle) <= (b.bottom - b.top) * 0.3
    else:
        near = a.bottom < b.top and abs(at - middle) <= (b.right - b.left) * 0.42
    return at if near else None


def _leaves(edge: BoardEdge, source: CardArea, direction: Direction) -> float:
    """Where an edge leaves its card, along the side of its port."""
    port = next((port for port in source.ports if port.name == edge.output), None)
    if port is None:
        return _middle(source.rect, direction)
    return (source.rect.top if direction == "right" else source.rect.left) + port.offset


def _middle(area: Rect, direction: Direction) -> float:
    if direction == "right":
        return (area.top + area.bottom) / 2
    return (area.left + area.right) / 2


def _by_ports(
    edge: BoardEdge,
    source: CardArea,
    target: CardArea,
    direction: Direction,
    places: tuple[float | None, float | None],
) -> tuple[End, End]:
    level, back = places
    name = f"{source.id}\n{edge.output}"
    port = next((port for port in source.ports if port.name == edge.output), None)
    label = port.label if port else ""
    start = _leaves(edge, source, direction)
    straight = _straight(edge, source, target, direction)
    if straight is None:
        straight = _middle(target.rect, direction) if level is None else level
    answer = f"{target.id}\nback"
    if direction == "right":
        first = End(name, Point(source.rect.right, start), "right", port_label_width(label))
        if back is not None:
            return first, End(answer, Point(target.rect.right, back), "right")
        return first, End(target.id, Point(target.rect.left, straight), "left")
    first = End(name, Point(start, source.rect.bottom), "bottom", LABEL_BELOW if label else 0.0)
    if back is not None:
        return first, End(answer, Point(back, target.rect.bottom), "bottom")
    return first, End(target.id, Point(straight, target.rect.top), "top")


def _by_sides(
    edges: Sequence[BoardEdge], cards: Mapping[str, CardArea], taste: Taste
) -> dict[str, tuple[End, End]]:
    """Ends at the sides that face each other; those of one kind at a side share a point.

    What shares a point are either edges that leave or edges that arrive.
    """
    sides = _sides(edges, cards, taste)
    used: dict[tuple[str, Side], dict[tuple[str, bool], list[int]]] = {}
    for index, (edge, (out, into)) in enumerate(zip(edges, sides, strict=True)):
        used.setdefault((edge.source, out), {}).setdefault((edge.kind, True), []).append(index)
        used.setdefault((edge.target, into), {}).setdefault((edge.kind, False), []).append(index)
    points: dict[tuple[int, bool], End] = {}

    def towards(item: tuple[tuple[str, bool], list[int]], side: Side) -> float:
        """Where the other ends of a bundle are, along a side."""
        (_, first), found = item
        total = 0.0
        for index in found:
            area = cards[edges[index].target if first else edges[index].source].rect
            middle = Point((area.left + area.right) / 2, (area.top + area.bottom) / 2)
            end = points.get((index, not first))
            total += (end.at if end else middle)[side in ("left", "right")]
        return total / len(found)

    # At first a card is thought to be met in its middle, then where the edges end.
    for _ in range(2):
        for (card, side), bundles in used.items():
            wishes = [(towards(item, side), item[1][0], *item) for item in bundles.items()]
            for place, (_, _, (kind, first), found) in enumerate(sorted(wishes)):
                share = (place + 1) / (len(bundles) + 1)
                name = f"{card}\n{kind}\n{first}"
                end = End(name, _on(cards[card].rect, side, share), side)
                points.update({(index, first): end for index in found})
    alone = {key for key, bundles in used.items() if sum(map(len, bundles.values())) == 1}
    return {
        edge.id: _level(edge, points[index, True], points[index, False], cards, alone)
        for index, edge in enumerate(edges)
    }


def _level(
    edge: BoardEdge,
    start: End,
    finish: End,
    cards: Mapping[str, CardArea],
    alone: Container[tuple[str, Side]],
) -> tuple[End, End]:
    """Both ends of an edge, in line where one of them has its side to itself and can move there."""
    one, other = cards[edge.source].rect, cards[edge.target].rect
    flat = start.side in ("left", "right")
    if start.side != OPPOSITE[finish.side]:
        return start, finish
    low, high = (one.top, one.bottom) if flat else (one.left, one.right)
    place = finish.at.y if flat else finish.at.x
    if (edge.source, start.side) in alone and low + CORNER <= place <= high - CORNER:
        at = Point(start.at.x, place) if flat else Point(place, start.at.y)
        return start._replace(at=at), finish
    low, high = (other.top, other.bottom) if flat else (other.left, other.right)
    place = start.at.y if flat else start.at.x
    if (edge.target, finish.side) in alone and low + CORNER <= place <= high - CORNER:
        at = Point(finish.at.x, place) if flat else Point(place, finish.at.y)
        return start, finish._replace(at=at)
    return start, finish


def _sides(
    edges: Sequence[BoardEdge], cards: Mapping[str, CardArea], taste: Taste
) -> list[tuple[Side, Side]]:
    """The side that each edge leaves and the one that it reaches."""
    every = [_gaps(cards[edge.source].rect, cards[edge.target].rect) for edge in edges]
    likes: Counter[tuple[str, str, bool, Side]] = Counter()
    for edge, gaps in zip(edges, every, strict=True):
        side = max(gaps, key=lambda side: gaps[side])
        likes[edge.source, edge.kind, True, side] += 1
        likes[edge.target, edge.kind, False, OPPOSITE[side]] += 1
    found: list[tuple[Side, Side]] = []
    for edge, gaps in zip(edges, every, strict=True):
        if edge.source == edge.target:
            found.append(("right", "top"))
            continue
        wide = [side for side in FLAT_FIRST if gaps[side] >= TURNING]
        if len(wide) < 2:
            side = wide[0] if wide else max(gaps, key=lambda side: gaps[side])
            found.append((side, OPPOSITE[side]))
            continue
        level, upright = wide
        if taste == "bent":
            found.append((level, OPPOSITE[upright]))
            continue
        shared = {
            side: likes[edge.source, edge.kind, True, side]
            + likes[edge.target, edge.kind, False, OPPOSITE[side]]
            for side in wide
        }
        prefers: dict[Taste, Side] = {
            "shared": max(wide, key=lambda side: (shared[side], gaps[side])),
            "level": level,
            "upright": upright,
        }
        found.append((prefers[taste], OPPOSITE[prefers[taste]]))
    return found


def _gaps(source: Rect, target: Rect) -> dict[Side, float]:
    """How far a card lies beyond each side of another."""
    return {
        "right": target.left - source.right,
        "left": source.left - target.right,
        "bottom": target.top - source.bottom,
        "top": source.top - target.bottom,
    }


def _on(area: Rect, side: Side, share: float) -> Point:
    x = area.left + (area.right - area.left) * share
    y = area.top + (area.bottom - area.top) * share
    if side in ("left", "right"):
        return Point(area.left if side == "left" else area.right, round(y, 1))
    return Point(round(x, 1), area.top if side == "top" else area.bottom)


def port_labels(
    cards: Sequence[CardArea], direction: Direction | None
) -> dict[tuple[str, str], Rect]:
    """The areas in which the labels of ports are printed, by the ids of cards and names of ports.

    A label ends before the next card; one that has no room there is not printed.
    """
    found: dict[tuple[str, str], Rect] = {}
    if direction is None:
        return found
    others = Grid(CELL)
    for card in cards:
        others.add(card.rect)
    for card in cards:
        for port in card.ports:
            if not port.label:
                continue
            wide = port_label_width(port.label) - 8
            if direction == "right":
                x, y = card.rect.right + 6, card.rect.top + port.offset - 16
            else:
                x, y = card.rect.left + port.offset + 4, card.rect.bottom + 3
            area = Rect(x, y, x + wide, y + 15)
            for at in others.near(area):
                if area.meets(others.areas[at]):
                    area = area._replace(right=others.areas[at].left - BEFORE_CARD)
            if area.right - area.left >= min(wide, LEAST_LABEL):
                found[card.id, port.name] = area
    return found
