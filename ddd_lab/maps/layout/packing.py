"""Parts of a drawing that nothing connects: found, and packed side by side."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from ddd_lab.maps.layout.boxes import GAP_PARTS, Box, LayoutEdge, Point, Positions, Rect, extent

RATIO = 1.6
"""Width to height that a packed drawing aims at: about a screen's."""


def connected(ids: Sequence[str], lines: Iterable[LayoutEdge]) -> list[list[str]]:
    """Connected parts, each in the given order, ordered by their first member."""
    leader = {id_: id_ for id_ in ids}

    def find(id_: str) -> str:
        while leader[id_] != id_:
            leader[id_] = leader[leader[id_]]
            id_ = leader[id_]
        return id_

    for line in lines:
        leader[find(line.source)] = find(line.target)
    parts: dict[str, list[str]] = {}
    for id_ in ids:
        parts.setdefault(find(id_), []).append(id_)
    return list(parts.values())


def pack(parts: Sequence[tuple[Sequence[Box], Positions]], gap: float = GAP_PARTS) -> Positions:
    """All parts in one drawing, in rows, in the given order, starting at the origin."""
    areas = [extent(boxes, places) for boxes, places in parts]
    sizes = [(area.right - area.left, area.bottom - area.top) for area in areas]
    total = sum((width + gap) * (height + gap) for width, height in sizes)
    limit = max([math.sqrt(total * RATIO), *(width for width, _ in sizes)])
    found: Positions = {}
    x = y = row = 0.0
    for (boxes, places), area, (width, height) in zip(parts, areas, sizes, strict=True):
        if x and x + width > limit:
            x, y, row = 0.0, y + row + gap, 0.0
        _shift(found, boxes, places, area, Point(x, y))
        x += width + gap
        row = max(row, height)
    return found


def _shift(
    found: Positions, boxes: Sequence[Box], places: Positions, area: Rect, corner: Point
) -> None:
    for box in boxes:
        at = places[box.id]
        found[box.id] = Point(at.x - area.left + corner.x, at.y - area.top + corner.y)


def grid(boxes: Sequence[Box], gap: float, room: float) -> Positions:
    """Boxes in reading order in columns as wide as the widest, for things without lines.

    Args:
        boxes: what to place.
        gap: room between them.
        room: width that the rest of the drawing takes anyway, so that the grid may take it too.
    """
    if not boxes:
        return {}
    wide = max(box.width for box in boxes) + gap
    high = max(box.height for box in boxes) + gap
    columns = max(1, round(math.sqrt(len(boxes) * RATIO * high / wide)), int((room + gap) // wide))
    return {
        box.id: Point((index % columns) * wide, (index // columns) * high)
        for index, box in enumerate(boxes)
    }
