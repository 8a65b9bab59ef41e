"""Ways that are worth a try between two points: simple ones, and those along the edges of cards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ddd_lab.maps.layout import Rect

Corner = tuple[float, float]
Corners = tuple[Corner, ...]
"""A way while it is looked for: plain pairs, as thousands of them are made."""
Plan = tuple[float, Corners]
"""A way to try, without both ends, after its length."""
CLEAR = 12.0
"""Room kept between an edge and the cards that it passes."""


def simple_plans(start: Corner, finish: Corner) -> list[Plan]:
    """Ways that need no card to go along: a step in the middle, straight, or one corner."""
    (x1, y1), (x2, y2) = start, finish
    plans: list[Plan] = []
    for shift in (0.0, 10.0, -10.0, 20.0, -20.0):
        plans.append(_over_column(start, finish, (x1 + x2) / 2 + shift))
        plans.append(_over_row(start, finish, (y1 + y2) / 2 + shift))
    length = round(abs(x1 - x2) + abs(y1 - y2), 1)
    return [*plans, (length, (start, (x2, y1), finish)), (length, (start, (x1, y2), finish))]


def _over_column(start: Corner, finish: Corner, x: float) -> Plan:
    (x1, y1), (x2, y2) = start, finish
    length = abs(x1 - x) + abs(y1 - y2) + abs(x - x2)
    return round(length, 1), (start, (x, y1), (x, y2), finish)


def _over_row(start: Corner, finish: Corner, y: float) -> Plan:
    (x1, y1), (x2, y2) = start, finish
    length = abs(y1 - y) + abs(x1 - x2) + abs(y - y2)
    return round(length, 1), (start, (x1, y), (x2, y), finish)


def around_plans(
    start: Corner, finish: Corner, cards: Sequence[Rect], turns: int, steps: Sequence[float]
) -> list[Plan]:
    """Ways along the edges of cards: over one lane, or out, along and back in."""
    (x1, y1), (x2, y2) = start, finish
    columns = {x1, x2, (x1 + x2) / 2}
    rows = {y1, y2, (y1 + y2) / 2}
    for left, top, right, bottom in cards:
        for step in steps:
            columns |= {left - CLEAR - step, right + CLEAR + step}
            rows |= {top - CLEAR - step, bottom + CLEAR + step}
    plans = [_over_column(start, finish, x) for x in sorted(columns)]
    plans += [_over_row(start, finish, y) for y in sorted(rows)]
    lasts = [(last, abs(last - x2)) for last in _closest(columns, x2)[:turns]]
    for first in _closest(columns, x1)[:turns]:
        for last, back in lasts:
            across = abs(x1 - first) + abs(first - last) + back
            for y in sorted(rows):
                length = round(across + abs(y1 - y) + abs(y - y2), 1)
                way = (start, (first, y1), (first, y), (last, y), (last, y2), finish)
                plans.append((length, way))
    return plans


def _closest(values: Iterable[float], to: float) -> list[float]:
    return sorted(values, key=lambda value: (abs(value - to), value))
