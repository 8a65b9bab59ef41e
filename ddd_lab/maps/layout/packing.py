"""Parts of a drawing that nothing connects: found, and packed side by side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ddd_lab.maps.layout.boxes import (
    GAP_PARTS,
    Box,
    Direction,
    LayoutEdge,
    Point,
    Positions,
    Rect,
    around,
    labelled,
)
from ddd_lab.maps.layout.view import View

Part = tuple[Sequence[Box], Positions]
FEW = 120
"""Parts up to which several widths are tried."""


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


def pack(parts: Sequence[Part], direction: Direction, view: View) -> Positions:
    """All parts in one drawing from the origin on, large ones first, else in the given order.

    Parts keep clear of the labels of each other. Of several widths the one is taken that fits the
    shape of the view best.
    """
    parts = sorted(parts, key=lambda part: len(part[0]) == 1)
    areas = [
        around(labelled(box, places[box.id], direction) for box in boxes) for boxes, places in parts
    ]
    sizes = [
        (area.right - area.left + GAP_PARTS, area.bottom - area.top + GAP_PARTS) for area in areas
    ]
    widest = max(wide for wide, _ in sizes)
    space = sum(wide * high for wide, high in sizes)
    shares = (1.0, 1.15, 1.35) if len(parts) <= FEW else (1.1,)
    shape = (space * view.across / view.down) ** 0.5
    limits = {
        max(widest, view.across + GAP_PARTS),
        *(max(widest, shape * share) for share in shares),
    }
    found = [_shelved(sizes, limit) for limit in sorted(limits)]
    corners = min(found, key=lambda corners: _excess(corners, sizes, view))
    places: Positions = {}
    for (boxes, own), area, corner in zip(parts, areas, corners, strict=True):
        _shift(places, boxes, own, area, corner)
    return places


def _excess(corners: Sequence[Point], sizes: Sequence[tuple[float, float]], view: View) -> float:
    right = max(at.x + wide for at, (wide, _) in zip(corners, sizes, strict=True)) - GAP_PARTS
    bottom = max(at.y + high for at, (_, high) in zip(corners, sizes, strict=True)) - GAP_PARTS
    return max(right / view.across, bottom / view.down)


def _shelved(sizes: Sequence[tuple[float, float]], limit: float) -> list[Point]:
    """Corners of areas, each as high up and then as far left as those before it leave room."""
    sky: list[tuple[float, float, float]] = [(0.0, limit, 0.0)]  # from, to, occupied down to
    corners: list[Point] = []
    for wide, high in sizes:
        options = []
        for left, _, _ in sky:
            if left + wide <= limit + 0.5 or left == 0:
                top = max(low for a, b, low in sky if a < left + wide and b > left)
                options.append((top, left))
        top, left = min(options)
        corners.append(Point(left, top))
        sky = _raised(sky, left, left + wide, top + high)
    return corners


def _raised(
    sky: Sequence[tuple[float, float, float]], left: float, right: float, low: float
) -> list[tuple[float, float, float]]:
    found: list[tuple[float, float, float]] = []
    for a, b, old in sky:
        if a < left:
            found.append((a, min(b, left), old))
        if b > right:
            found.append((max(a, right), b, old))
    found.append((left, right, low))
    merged: list[tuple[float, float, float]] = []
    for a, b, old in sorted(found):
        if merged and merged[-1][2] == old and merged[-1][1] == a:
            merged[-1] = (merged[-1][0], b, old)
        else:
            merged.append((a, b, old))
    return merged


def _shift(
    found: Positions, boxes: Sequence[Box], places: Positions, area: Rect, corner: Point
) -> None:
    for box in boxes:
        at = places[box.id]
        found[box.id] = Point(at.x - area.left + corner.x, at.y - area.top + corner.y)
