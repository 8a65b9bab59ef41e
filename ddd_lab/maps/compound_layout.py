"""Layout of cards that lie in one another: each group is laid out, then stands as one box."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ddd_lab.maps.containers import LayoutGroup, deep_members
from ddd_lab.maps.layout import (
    CELL,
    Box,
    LayoutEdge,
    MapStyle,
    Point,
    Positions,
    Style,
    View,
    extent,
    lay_out,
    place_around,
)


def place_groups(
    boxes: Sequence[Box],
    lines: Sequence[LayoutEdge],
    placed: Mapping[str, Point],
    layout_groups: Sequence[LayoutGroup],
    *,
    style: Style | MapStyle,
    view: View = CELL,
    start: int = 0,
) -> Positions:
    """Positions for all boxes as :func:`settle` finds them, each layout_group's cards side by side.

    A layout_group with a placed card in it keeps no box of its own: its loose cards go to their
    neighbours.
    """
    loose = [
        layout_group
        for layout_group in layout_groups
        if not deep_members(layout_group, layout_groups) & placed.keys()
    ]
    if not loose:
        return place_around(boxes, lines, placed, style, view, start=start)
    top = {box.id: box for box in boxes}
    order = {box.id: index for index, box in enumerate(boxes)}
    home: dict[str, str] = {}
    laid: dict[str, tuple[LayoutGroup, Positions]] = {}
    for layout_group in loose:
        members = [top[member] for member in layout_group.members if member in top]
        if not members:
            continue
        members.sort(key=lambda box: order[box.id])
        own = {box.id for box in members}
        within = [line for line in _lifted(lines, home) if own >= {line.source, line.target}]
        places = lay_out(members, within, style, view, start=start)
        area = extent(members, places)
        pads = layout_group.pads
        for box in members:
            home[box.id] = layout_group.key
            del top[box.id]
        wide = area.right - area.left + pads.left + pads.right
        top[layout_group.key] = Box(
            layout_group.key, wide, area.bottom - area.top + pads.top + pads.bottom
        )
        order[layout_group.key] = min(order[box.id] for box in members)
        laid[layout_group.key] = layout_group, places
    outer = sorted(top.values(), key=lambda box: order[box.id])
    positions = place_around(outer, _lifted(lines, home), placed, style, view, start=start)
    for key in reversed(laid):
        layout_group, places = laid[key]
        corner = positions.pop(key)
        for member, at in places.items():
            positions[member] = Point(
                corner.x + layout_group.pads.left + at.x, corner.y + layout_group.pads.top + at.y
            )
    return positions


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
