"""How much room placed cards leave each other: a card that grows gives way to its neighbours."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Collection, Mapping

from ddd_lab.maps.layout import Positions
from ddd_lab.maps.sizes import NODE, Room

CLEAR = 36.0
"""Pixels kept free between a card that grows and its neighbours."""
SIGHT = 900.0
"""Pixels within which a neighbour can matter."""


def rooms(
    growing: Mapping[str, float], placed: Positions, others: Collection[str]
) -> dict[str, Room]:
    """Room for each placed card that would grow with its content.

    Only the corners of the others count, and not how large they are, so that typing into one card
    never changes another.
    """
    wanted = [id for id in growing if id in placed]
    if not wanted:
        return {}
    corners: list[tuple[float, float, str]] = []
    for id in others:
        if id in placed:
            insort(corners, (placed[id].y, placed[id].x, id))
    listed: dict[str, Room] = {}
    for id in wanted:
        at, wide = placed[id], growing[id]
        start = bisect_left(corners, (at.y - NODE[1], -1e9, ""))
        width = height = float("inf")
        below: list[tuple[float, float]] = []
        for y, x, other in corners[start:]:
            if y > at.y + SIGHT:
                break
            if other == id:
                continue
            if y < at.y + NODE[1]:
                if at.x < x < at.x + wide + CLEAR:
                    width = min(width, x - at.x - CLEAR)
            else:
                below.append((y, x))
        wide = max(NODE[0], min(wide, width))
        for y, x in below:
            if at.x - NODE[0] < x < at.x + wide:
                height = min(height, y - at.y - CLEAR)
        listed[id] = Room(width, height)
    return listed
