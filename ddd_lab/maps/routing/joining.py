"""Edges that may share their way and yet cross: from there on they run as one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, pairwise

from ddd_lab.maps.routing.search import Request
from ddd_lab.maps.routing.trails import (
    Corner,
    Waypoints,
    crossing,
    length,
    pieces,
    straightened,
)

TOUCH = 6.0
"""Pixels that edges may run on each other without a reader taking them for one."""


def joined(requests: Sequence[Request], trails: Mapping[str, Waypoints]) -> dict[str, Waypoints]:
    """The ways, where those to one point, or from one port, cross no more.

    Of two ways to one point both take the shorter rest from where they cross, of two ways from one
    port the shorter beginning.
    """
    found = dict(trails)
    for one, other in _pairs(requests):
        backwards = one.target.name != other.target.name
        # Two ways may cross more than once, and each time less of them is their own.
        while meeting := _meeting(found.get(one.id, ()), found.get(other.id, ())):
            (a, rest), (b, other_rest) = (
                _cut(found[id][::-1] if backwards else found[id], meeting)
                for id in (one.id, other.id)
            )
            rest = min(rest, other_rest, key=length)
            for id, way in ((one.id, (*a, *rest)), (other.id, (*b, *rest))):
                found[id] = straightened(way[::-1] if backwards else way)
    return found


def covered(
    requests: Sequence[Request], trails: Mapping[str, Sequence[Corner]]
) -> dict[Corner, set[str]]:
    """Points at which edges lie on each other that have nothing to do with each other."""
    spans: dict[tuple[bool, float], list[tuple[float, float, Request]]] = {}
    found: dict[Corner, set[str]] = {}
    for request in requests:
        for upright, place, low, high in pieces(trails.get(request.id, ())):
            beside = spans.setdefault((upright, place), [])
            for first, last, other in beside:
                start, end = max(low, first), min(high, last)
                if end - start > TOUCH and not request.related(other):
                    middle = (start + end) / 2
                    at = (place, middle) if upright else (middle, place)
                    found.setdefault(at, set()).update((request.id, other.id))
            beside.append((low, high, request))
    return found


def _pairs(requests: Sequence[Request]) -> Iterator[tuple[Request, Request]]:
    """The edges that may share their way, two by two."""
    return ((one, other) for one, other in combinations(requests, 2) if one.related(other))


def _meeting(one: Waypoints, other: Waypoints) -> Corner | None:
    """The first point of a way at which it crosses another one."""
    crossed = (crossing(a, b) for a in pieces(one) for b in pieces(other))
    return next((at for at in crossed if at), None)


def _cut(way: Waypoints, at: Corner) -> tuple[Waypoints, Waypoints]:
    """A way up to a point on it and from there on, which both have, without a loop back to it."""
    passed = [
        index
        for index, ((x1, y1), (x2, y2)) in enumerate(pairwise(way), 1)
        if min(x1, x2) <= at[0] <= max(x1, x2) and min(y1, y2) <= at[1] <= max(y1, y2)
    ]
    return (*way[: passed[0]], at), (at, *way[passed[-1] :])
