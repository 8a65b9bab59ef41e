"""Where wires touch their cards: at ports, or spread over the nearest sides."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from ddd_lab.maps.layout import Direction, Point, Rect
from ddd_lab.maps.svg.drawing import Drawing, DrawnEdge, PictureCard
from ddd_lab.maps.svg.routes import End, Side

OPPOSITE: dict[Side, Side] = {"left": "right", "right": "left", "top": "bottom", "bottom": "top"}

EDGE = 16.0
"""Pixels that a wire keeps from the corners of a card."""


def ends_of(picture: Drawing) -> list[tuple[DrawnEdge, End, End]]:
    """Both ends of every wire whose cards exist."""
    cards = {card.id: card for card in picture.cards}
    wires = [wire for wire in picture.wires if wire.source in cards and wire.target in cards]
    if picture.direction is None:
        return _by_sides(wires, cards)
    return [
        (wire, *_by_ports(wire, cards[wire.source], cards[wire.target], picture.direction))
        for wire in wires
    ]


def _by_ports(
    wire: DrawnEdge, source: PictureCard, target: PictureCard, direction: Direction
) -> tuple[End, End]:
    name = f"{source.id}\n{wire.output}"
    port = next((port for port in source.ports if port.name == wire.output), None)
    a, b = source.rect, target.rect
    if direction == "right":
        offset = port.offset if port else source.height / 2
        start = Point(a.right, a.top + offset)
        middle = (b.top + b.bottom) / 2
        # A wire that arrives nearly in line goes straight in.
        level = start.y if abs(start.y - middle) <= target.height * 0.3 else middle
        straight = a.right < b.left
        return (
            End(name, start, "right"),
            End(target.id, Point(b.left, level if straight else middle), "left"),
        )
    offset = port.offset if port else source.width / 2
    start = Point(a.left + offset, a.bottom)
    middle = (b.left + b.right) / 2
    upright = start.x if abs(start.x - middle) <= target.width * 0.42 else middle
    return (
        End(name, start, "bottom"),
        End(target.id, Point(upright if a.bottom < b.top else middle, b.top), "top"),
    )


def _by_sides(
    wires: Sequence[DrawnEdge], cards: dict[str, PictureCard]
) -> list[tuple[DrawnEdge, End, End]]:
    """Ends at the sides that face each other, spread so that no two wires share a point."""
    sides = [_facing(cards[wire.source].rect, cards[wire.target].rect) for wire in wires]
    used: dict[tuple[str, Side], list[tuple[float, int, bool]]] = {}
    for index, (wire, (out, into)) in enumerate(zip(wires, sides, strict=True)):
        for card, other, side, first in (
            (wire.source, wire.target, out, True),
            (wire.target, wire.source, into, False),
        ):
            area = cards[other].rect
            level = side in ("left", "right")
            towards = area.top + area.bottom if level else area.left + area.right
            used.setdefault((card, side), []).append((towards, index, first))
    points: dict[tuple[int, bool], End] = {}
    for (card, side), found in used.items():
        area = cards[card].rect
        for place, (_, index, first) in enumerate(sorted(found)):
            share = (place + 1) / (len(found) + 1)
            points[index, first] = End(card, _on(area, side, share), side)
    alone = {key for key, found in used.items() if len(found) == 1}
    return [
        (wire, *_level(points[index, True], points[index, False], cards, alone))
        for index, wire in enumerate(wires)
    ]


def _level(
    start: End, finish: End, cards: Mapping[str, PictureCard], alone: Container[tuple[str, Side]]
) -> tuple[End, End]:
    """Both ends of a wire, in line where one of them has its side to itself and can move there."""
    one, other = cards[start.name].rect, cards[finish.name].rect
    flat = start.side in ("left", "right")
    if start.side != OPPOSITE[finish.side]:
        return start, finish
    low, high = (one.top, one.bottom) if flat else (one.left, one.right)
    place = finish.at.y if flat else finish.at.x
    if (start.name, start.side) in alone and low + EDGE <= place <= high - EDGE:
        at = Point(start.at.x, place) if flat else Point(place, start.at.y)
        return start._replace(at=at), finish
    low, high = (other.top, other.bottom) if flat else (other.left, other.right)
    place = start.at.y if flat else start.at.x
    if (finish.name, finish.side) in alone and low + EDGE <= place <= high - EDGE:
        at = Point(finish.at.x, place) if flat else Point(place, finish.at.y)
        return start, finish._replace(at=at)
    return start, finish


def _facing(source: Rect, target: Rect) -> tuple[Side, Side]:
    """The side of the source to leave from and the side of the target to arrive at."""
    if source == target:
        return "right", "top"
    gaps: list[tuple[float, Side]] = [
        (target.left - source.right, "right"),
        (source.left - target.right, "left"),
        (target.top - source.bottom, "bottom"),
        (source.top - target.bottom, "top"),
    ]
    _, side = max(gaps, key=lambda gap: gap[0])
    return side, OPPOSITE[side]


def _on(area: Rect, side: Side, share: float) -> Point:
    x = area.left + (area.right - area.left) * share
    y = area.top + (area.bottom - area.top) * share
    if side in ("left", "right"):
        return Point(area.left if side == "left" else area.right, round(y, 1))
    return Point(round(x, 1), area.top if side == "top" else area.bottom)
