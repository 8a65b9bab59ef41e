"""Ways of edges as corners, and where they cross."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

Corner = tuple[float, float]
Waypoints = tuple[Corner, ...]
"""The corners of a way, both ends among them."""
Piece = tuple[bool, float, float, float]
"""A straight piece: whether it is upright, its place on the other axis, and both its ends."""


def pieces(trail: Iterable[Corner]) -> Iterator[Piece]:
    """The straight pieces of a way."""
    for (x1, y1), (x2, y2) in pairwise(trail):
        if x1 == x2 and y1 == y2:
            continue
        if x1 == x2:
            yield True, x1, min(y1, y2), max(y1, y2)
        else:
            yield False, y1, min(x1, x2), max(x1, x2)


def crossing(one: Piece, other: Piece) -> Corner | None:
    """Where two straight pieces cross; None where one only touches the other."""
    (_, x, top, bottom), (_, y, left, right) = (one, other) if one[0] else (other, one)
    across = one[0] != other[0] and left + 1 < x < right - 1 and top + 1 < y < bottom - 1
    return (x, y) if across else None


def length(trail: Iterable[Corner]) -> float:
    """How long a way is, in pixels."""
    return sum(high - low for _, _, low, high in pieces(trail))


def crossings(trails: Mapping[str, Iterable[Corner]]) -> dict[Corner, set[str]]:
    """Points at which ways cross, and whose; where one crosses several that run as one is one."""
    level: list[tuple[str, Piece]] = []
    upright: list[tuple[str, Piece]] = []
    for id, trail in trails.items():
        for piece in pieces(trail):
            (upright if piece[0] else level).append((id, piece))
    found: dict[Corner, set[str]] = {}
    for one, (_, x, top, bottom) in upright:
        for other, (_, y, left, right) in level:
            if left + 1 < x < right - 1 and top + 1 < y < bottom - 1:
                found.setdefault((x, y), set()).update((one, other))
    return found


def straightened(points: Sequence[Corner]) -> Waypoints:
    """The points without doubles and without those that lie in between."""
    kept: list[Corner] = []
    for point in points:
        if kept and kept[-1] == point:
            continue
        if len(kept) > 1 and (
            kept[-2][0] == kept[-1][0] == point[0] or kept[-2][1] == kept[-1][1] == point[1]
        ):
            kept.pop()
        kept.append(point)
    return tuple(kept)
