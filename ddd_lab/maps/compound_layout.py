"""Layout of cards that lie in one another: each nest is laid out, then stands as one box."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ddd_lab.maps.containers import Nest, deep_members
from ddd_lab.maps.layout import (
    CELL,
    Box,
    LayoutEdge,
    Point,
    Positions,
    Style,
    View,
    extent,
    lay_out,
    place_around,
)


def settle_nested(
    boxes: Sequence[Box],
    lines: Sequence[LayoutEdge],
    placed: Mapping[str, Point],
    nests: Sequence[Nest],
    *,
    style: Style,
    view: View = CELL,
) -> Positions:
    """Positions for all boxes as :func:`settle` finds them, each nest's cards side by side.

    A nest with a placed card in it keeps no box of its own: its loose cards go to their
    neighbours.
    """
    loose = [nest for nest in nests if not deep_members(nest, nests) & placed.keys()]
    if not loose:
        return place_around(boxes, lines, placed, style, view)
    top = {box.id: box for box in boxes}
    order = {box.id: index for index, box in enumerate(boxes)}
    home: dict[str, str] = {}
    laid: dict[str, tuple[Nest, Positions]] = {}
    for nest in loose:
        members = [top[member] for member in nest.members if member in top]
        if not members:
            continue
        members.sort(key=lambda box: order[box.id])
        own = {box.id for box in members}
        within = [line for line in _lifted(lines, home) if own >= {line.source, line.target}]
        places = lay_out(members, within, style, view)
        area = extent(members, places)
        pads = nest.pads
        for box in members:
            home[box.id] = nest.key
            del top[box.id]
        wide = area.right - area.left + pads.left + pads.right
        top[nest.key] = Box(nest.key, wide, area.bottom - area.top + pads.top + pads.bottom)
        order[nest.key] = min(order[box.id] for box in members)
        laid[nest.key] = nest, places
    outer = sorted(top.values(), key=lambda box: order[box.id])
    found = place_around(outer, _lifted(lines, home), placed, style, view)
    for key in reversed(laid):
        nest, places = laid[key]
        corner = found.pop(key)
        for member, at in places.items():
            found[member] = Point(corner.x + nest.pads.left + at.x, corner.y + nest.pads.top + at.y)
    return found


def _lifted(lines: Sequence[LayoutEdge], home: Mapping[str, str]) -> list[LayoutEdge]:
    """Lines between what stands for their cards so far."""
    return [
        line._replace(source=_top(line.source, home), target=_top(line.target, home))
        for line in lines
    ]


def _top(id: str, home: Mapping[str, str]) -> str:
    while id in home:
        id = home[id]
    return id
