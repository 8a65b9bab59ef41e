"""Positions for boxes that a file gives none, around those that it places."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence

from ddd_lab.maps.layout.boxes import (
    GAP_ACROSS,
    GAP_ALONG,
    LABEL_ROOM,
    Box,
    Direction,
    LayoutEdge,
    Point,
    Positions,
    Rect,
    rect_of,
)

CELL = 320.0
GAP_APART = 16.0
"""Pixels between a box that had to move aside and the one that it lay on."""
TRIES = 160
"""Free places looked at near the wished one before going below everything."""


class Occupied:
    """Areas that are taken, found quickly by where they lie."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[Rect]] = {}
        self.bottom: float | None = None
        self.left = 0.0

    def add(self, area: Rect) -> None:
        """Take an area."""
        for cell in _cells(area):
            self._cells.setdefault(cell, []).append(area)
        if self.bottom is None:
            self.bottom, self.left = area.bottom, area.left
        self.bottom = max(self.bottom, area.bottom)
        self.left = min(self.left, area.left)

    def hit(self, area: Rect) -> Rect | None:
        """An area in the way, or None."""
        for cell in _cells(area):
            for other in self._cells.get(cell, ()):
                if area.meets(other):
                    return other
        return None

    def free(self, area: Rect, gap: float) -> Point:
        """Top left corner of a free place for an area, as near as a short search finds it."""
        wide, high = area.right - area.left, area.bottom - area.top
        tried: set[Point] = set()
        ring = [Point(area.left, area.top)]
        while ring and len(tried) < TRIES:
            ring.sort(key=lambda at: abs(at.x - area.left) + abs(at.y - area.top), reverse=True)
            at = ring.pop()
            if at in tried:
                continue
            tried.add(at)
            other = self.hit(Rect(at.x, at.y, at.x + wide, at.y + high).grown(gap / 2))
            if other is None:
                return at
            ring.append(Point(at.x, other.bottom + gap))
            ring.append(Point(at.x, other.top - gap - high))
            ring.append(Point(other.right + gap, at.y))
        below = area.top if self.bottom is None else max(area.top, self.bottom + gap)
        return Point(area.left, below)


def _cells(area: Rect) -> Iterator[tuple[int, int]]:
    for column in range(math.floor(area.left / CELL), math.floor(area.right / CELL) + 1):
        for row in range(math.floor(area.top / CELL), math.floor(area.bottom / CELL) + 1):
            yield column, row


def anchor(
    part: Sequence[str],
    boxes: dict[str, Box],
    lines: Sequence[LayoutEdge],
    fixed: Positions,
    direction: Direction,
) -> tuple[str, Point] | None:
    """Where a member of a part belongs: after what leads to it, else before what it leads to.

    Returns:
        The member and the corner wished for it, or None when nothing placed is connected.
    """
    members = set(part)
    for line in lines:
        if line.target in members and line.source in fixed:
            box, at = boxes[line.source], fixed[line.source]
            gap = _gap(box, line)
            after = (
                Point(at.x + box.width + gap, at.y)
                if direction == "right"
                else Point(at.x, at.y + box.height + gap)
            )
            return line.target, after
    for line in lines:
        if line.source in members and line.target in fixed:
            box, at = boxes[line.source], fixed[line.target]
            gap = _gap(box, line)
            before = (
                Point(at.x - box.width - gap, at.y)
                if direction == "right"
                else Point(at.x, at.y - box.height - gap)
            )
            return line.source, before
    return None


def _gap(box: Box, line: LayoutEdge) -> float:
    """Room after a box: for the labels of its outputs and of a line, and for it to turn."""
    return max(GAP_ALONG, max(box.after, line.label) + LABEL_ROOM)


def put(
    part: Sequence[Box], laid: Positions, pin: tuple[str, Point] | None, taken: Occupied
) -> Positions:
    """Move a laid out part to a free place near its pin, or below everything without one."""
    areas = [rect_of(box, laid[box.id]) for box in part]
    left, top = min(a.left for a in areas), min(a.top for a in areas)
    right, bottom = max(a.right for a in areas), max(a.bottom for a in areas)
    if pin is None:
        x, y = taken.left, (taken.bottom or 0.0) + GAP_ALONG
    else:
        member, wish = pin
        x, y = wish.x - (laid[member].x - left), wish.y - (laid[member].y - top)
    corner = taken.free(Rect(x, y, x + right - left, y + bottom - top), GAP_ACROSS)
    found = {
        box.id: Point(laid[box.id].x - left + corner.x, laid[box.id].y - top + corner.y)
        for box in part
    }
    for box in part:
        taken.add(rect_of(box, found[box.id]))
    return found


def apart(
    boxes: Sequence[Box], found: Mapping[str, Point], settled: Collection[str] = ()
) -> Positions:
    """The positions with those moved aside whose box covers another one.

    Args:
        boxes: in reading order.
        found: where they are.
        settled: boxes that stay if one of two has to move; else the later one does, and none that
            lies free has to for one that does not.
    """
    taken = Occupied()
    covering: set[str] = set()
    for box in boxes:
        area = rect_of(box, found[box.id])
        if taken.hit(area) is not None:
            covering.add(box.id)
        taken.add(area)
    if not covering:
        return {box.id: found[box.id] for box in boxes}
    taken = Occupied()
    places: Positions = {}
    for box in sorted(boxes, key=lambda box: (box.id not in settled, box.id in covering)):
        at = found[box.id]
        area = rect_of(box, at)
        if taken.hit(area) is not None:
            at = taken.free(area, GAP_APART).rounded()
            area = rect_of(box, at)
        places[box.id] = at
        taken.add(area)
    return places
