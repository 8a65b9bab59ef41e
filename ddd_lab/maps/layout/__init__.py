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
    GAP_ACROSS,
    GAP_ALONG,
    Box,
    Direction,
    LayoutEdge,
    Point,
    Positions,
    Rect,
    extent,
    rect_of,
)
from ddd_lab.maps.layout.coordinates import assign_coordinates
from ddd_lab.maps.layout.crossings import layered, minimize_crossings
from ddd_lab.maps.layout.packing import connected, grid, pack
from ddd_lab.maps.layout.placement import Occupied, anchor, put
from ddd_lab.maps.layout.ranks import assign_layers, break_cycles

__all__ = [
    "Box",
    "Direction",
    "LayoutEdge",
    "Point",
    "Positions",
    "Rect",
    "extent",
    "lay_out",
    "rect_of",
    "settle",
    "trend",
]

BEND = 8.0


def lay_out(
    boxes: Sequence[Box],
    lines: Sequence[LayoutEdge],
    direction: Direction = "right",
    along: float | None = None,
) -> Positions:
    """Positions for all boxes, from the origin on, without any overlap.

    Args:
        boxes: in reading order, which decides wherever the lines do not; ids are unique.
        lines: between boxes (others are ignored), in the order of the outputs that they leave.
        direction: where lines lead.
        along: room between ranks, in pixels; enough for outcome labels by default.

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
    drawn: list[tuple[Sequence[Box], Positions]] = []
    alone: list[Box] = []
    for part in parts:
        members = [by_id[member] for member in part]
        if len(members) == 1:
            alone.extend(members)
        else:
            drawn.append(
                (
                    members,
                    _part(members, of[part[0]], direction, GAP_ALONG if along is None else along),
                )
            )
    if alone:
        room = max((_width(part) for part in drawn), default=0.0)
        drawn.append((alone, grid(alone, GAP_ACROSS, room)))
    places = pack(drawn) if len(drawn) > 1 else drawn[0][1] if drawn else {}
    area = extent(boxes, places)
    return {
        box.id: Point(places[box.id].x - area.left, places[box.id].y - area.top).rounded()
        for box in boxes
    }


def _width(part: tuple[Sequence[Box], Positions]) -> float:
    area = extent(*part)
    return area.right - area.left


def _part(
    boxes: Sequence[Box], lines: Sequence[LayoutEdge], direction: Direction, along_gap: float
) -> Positions:
    """Lay out one connected part."""
    index = {box.id: number for number, box in enumerate(boxes)}
    pairs = break_cycles(len(boxes), [(index[line.source], index[line.target]) for line in lines])
    ranks = assign_layers(len(boxes), pairs)
    graph = layered(ranks, pairs)
    minimize_crossings(graph)
    right = direction == "right"
    across = [box.height if right else box.width for box in boxes]
    along = [box.width if right else box.height for box in boxes]
    centre = assign_coordinates(graph, across, GAP_ACROSS, BEND)
    places: Positions = {}
    start = 0.0
    for layer in graph.layers:
        real = [vertex for vertex in layer if vertex < len(boxes)]
        thick = max(along[vertex] for vertex in real)
        for vertex in real:
            # Cards stand at the start of a rank, so that their inputs are in line.
            first = centre[vertex] - across[vertex] / 2
            places[boxes[vertex].id] = Point(start, first) if right else Point(first, start)
        start += thick + along_gap
    return places


def place_around(
    boxes: Sequence[Box],
    lines: Sequence[LayoutEdge],
    placed: Mapping[str, Point],
    direction: Direction = "right",
    along: float | None = None,
) -> Positions:
    """Positions for all boxes: those that have one keep it, the others go around them.

    What connects to something placed goes after it (or before it); the rest below everything. A
    box placed here overlaps no other box.
    """
    fixed: Positions = {box.id: placed[box.id] for box in boxes if box.id in placed}
    if not fixed:
        return lay_out(boxes, lines, direction, along)
    if all(box.id in fixed for box in boxes):
        # The usual sheet, and with every card that people drop.
        return fixed
    gap = GAP_ALONG if along is None else along
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
        pin = anchor(part, by_id, touching.get(number, ()), fixed, direction=direction, gap=gap)
        if pin is None:
            later.extend(members)
            continue
        laid = lay_out(members, within.get(number, ()), direction, along)
        found.update(put(members, laid, pin, taken))
    if later:
        found.update(put(later, lay_out(later, inner, direction, along), None, taken))
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
