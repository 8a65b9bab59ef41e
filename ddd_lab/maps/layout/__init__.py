"""Layout: places for cards of real sizes, the same for the canvas and every export.

A layered drawing in the usual four steps (open cycles, rank, order, coordinates), written here in
Python. The fast engine once chosen for it, fast-sugiyama, was measured and left out: it knows no
card sizes, follows no reading order, takes 0.4 s for 1,000 nodes with many long lines, and ends
the whole process on a line from a node to itself, which a design on disk may well contain.

Everything here is deterministic: the same boxes and lines give the same places.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ddd_lab.maps.layout.boxes import (
    Box,
    Direction,
    LayoutEdge,
    MapStyle,
    Point,
    Positions,
    Rect,
    Style,
    extent,
    leads,
    rect_of,
)
from ddd_lab.maps.layout.packing import Part, connected, pack
from ddd_lab.maps.layout.placement import Occupied, anchor, apart, put
from ddd_lab.maps.layout.ranked import Ranked
from ddd_lab.maps.layout.rows_and_columns import in_rows_and_columns
from ddd_lab.maps.layout.view import CELL, Sight, View, sight

__all__ = [
    "CELL",
    "Box",
    "Direction",
    "LayoutEdge",
    "MapStyle",
    "Occupied",
    "Point",
    "Positions",
    "Rect",
    "Sight",
    "Style",
    "View",
    "apart",
    "extent",
    "lay_out",
    "leads",
    "place_around",
    "rect_of",
    "sight",
    "trend",
]

MOST_ON_GRID = 40
"""Boxes of a part beyond which it is too slow to look for their places on a grid."""
RETURN = 24.0
"""Pixels at either end of a row in which lines lead to the row below."""


def lay_out(
    boxes: Sequence[Box],
    lines: Sequence[LayoutEdge],
    style: Style | MapStyle = "right",
    view: View = CELL,
    *,
    start: int = 0,
) -> Positions:
    """Positions for all boxes, from the origin on, without any overlap.

    Args:
        boxes: in reading order, which decides wherever the lines do not; ids are unique.
        lines: between boxes (others are ignored), in the order of the outputs that they leave.
        style: where lines lead.
        view: what the drawing should fit into.
        start: another number finds another grid.

    Returns:
        The top left corner of every box, in whole pixels.
    """
    by_id = {box.id: box for box in boxes}
    known = [line for line in lines if line.source in by_id and line.target in by_id]
    parts = connected([box.id for box in boxes], known)
    of: dict[str, list[LayoutEdge]] = {}
    part_of = {member: part[0] for part in parts for member in part}
    for line in known:
        of.setdefault(part_of[line.source], []).append(line)
    drawn: list[Part] = []
    for part in parts:
        members = [by_id[member] for member in part]
        within = of.get(part[0], ())
        if style == "grid" and 1 < len(members) <= MOST_ON_GRID:
            drawn.append((members, in_rows_and_columns(members, within, view, start)))
            continue
        ranked = Ranked(members, within)
        if style == "grid":
            drawn.append((members, ranked.drawn("right")))
        elif style == "wrapped":
            drawn.append((members, ranked.wrapped(view.across - 2 * RETURN)))
        else:
            drawn.append((members, ranked.drawn(style)))
    if not drawn:
        return {}
    places = pack(drawn, leads(style), view) if len(drawn) > 1 else drawn[0][1]
    area = extent(boxes, places)
    return {
        box.id: Point(places[box.id].x - area.left, places[box.id].y - area.top).rounded()
        for box in boxes
    }


def place_around(
    boxes: Sequence[Box],
    lines: Sequence[LayoutEdge],
    placed: Mapping[str, Point],
    style: Style | MapStyle = "right",
    view: View = CELL,
    *,
    start: int = 0,
) -> Positions:
    """Positions for all boxes: those that have one keep it, the others go around them.

    What connects to something placed goes after it (or before it); the rest below everything. A
    box placed here overlaps no other box.
    """
    fixed: Positions = {box.id: placed[box.id] for box in boxes if box.id in placed}
    if not fixed:
        return lay_out(boxes, lines, style, view, start=start)
    if all(box.id in fixed for box in boxes):
        # The usual sheet, and with every card that people drop.
        return fixed
    by_id = {box.id: box for box in boxes}
    loose = [box for box in boxes if box.id not in fixed]
    known = [line for line in lines if line.source in by_id and line.target in by_id]
    inner = [line for line in known if line.source not in fixed and line.target not in fixed]
    taken = Occupied()
    for id_, at in fixed.items():
        taken.add(rect_of(by_id[id_], at))
    parts = connected([box.id for box in loose], inner)
    part_of = {member: number for number, part in enumerate(parts) for member in part}
    touching: dict[int, list[LayoutEdge]] = {}
    within: dict[int, list[LayoutEdge]] = {}
    for line in known:
        for end in (line.source, line.target):
            if end in part_of:
                kind = within if line.source in part_of and line.target in part_of else touching
                kind.setdefault(part_of[end], []).append(line)
    found = dict(fixed)
    later: list[Box] = []
    for number, part in enumerate(parts):
        members = [by_id[member] for member in part]
        pin = anchor(part, by_id, touching.get(number, ()), fixed, leads(style))
        if pin is None:
            later.extend(members)
            continue
        laid = lay_out(members, within.get(number, ()), style, view)
        found.update(put(members, laid, pin, taken))
    if later:
        found.update(put(later, lay_out(later, inner, style, view), None, taken))
    return {
        box.id: at if box.id in fixed else at.rounded() for box in boxes for at in (found[box.id],)
    }


def trend(
    boxes: Sequence[Box],
    lines: Sequence[LayoutEdge],
    placed: Mapping[str, Point],
    default: Direction,
) -> Direction:
    """Where the lines between placed boxes mostly lead; the default when they do not say."""
    by_id = {box.id: box for box in boxes}
    right = down = 0
    for line in lines:
        source = by_id.get(line.source)
        a, b = placed.get(line.source), placed.get(line.target)
        if a is None or b is None or source is None or line.target not in by_id or a is b:
            continue
        wide = b.x - a.x - source.width
        high = b.y - a.y - source.height
        right += wide >= 0 and wide >= high
        down += high >= 0 and high > wide
    if right == down:
        return default
    return "right" if right > down else "down"
