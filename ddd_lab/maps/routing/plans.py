"""Ways that are worth a try between two points: simple ones, and those along the edges of cards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ddd_lab.maps.layout import Rect

Corner = tuple[float, float]
Corners = tuple[Corner, ...]
"""A way while it is looked for: plain pairs, as thousands of them are made."""
Plan = tuple[float, Corners]
"""A way to try, after the length of what lies between its stubs."""
Stub = tuple[Corner, Corner]
"""The first or last piece of every way: a point at a card and the one straight away from it."""
CLEAR = 12.0
"""Room kept between an edge and the cards that it passes."""
BEND_COST = 30.0
TURN_BACK_COST = 5000.0


def simple_plans(out: Stub, into: Stub) -> list[Plan]:
    """Ways that need no card to go along: a step in the middle, straight, or one corner."""
    (_, (x1, y1)), ((x2, y2), _) = out, into
    plans: list[Plan] = []
    for shift in (0.0, 10.0, -10.0, 20.0, -20.0):
        plans.append(_over_column(out, into, (x1 + x2) / 2 + shift))
        plans.append(_over_row(out, into, (y1 + y2) / 2 + shift))
    length = round(abs(x1 - x2) + abs(y1 - y2), 1)
    return [
        *plans,
        (length, (*out, (x2, y1), *into)),
        (length, (*out, (x1, y2), *into)),
    ]


def _over_column(out: Stub, into: Stub, x: float) -> Plan:
    (_, (x1, y1)), ((x2, y2), _) = out, into
    length = abs(x1 - x) + abs(y1 - y2) + abs(x - x2)
    return round(length, 1), (*out, (x, y1), (x, y2), *into)


def _over_row(out: Stub, into: Stub, y: float) -> Plan:
    (_, (x1, y1)), ((x2, y2), _) = out, into
    length = abs(y1 - y) + abs(x1 - x2) + abs(y - y2)
    return round(length, 1), (*out, (x1, y), (x2, y), *into)


def around_plans(
    out: Stub, into: Stub, cards: Sequence[Rect], turns: int, steps: Sequence[float]
) -> list[Plan]:
    """Ways along the edges of cards: over one lane, or out, along and back in."""
    (_, (x1, y1)), ((x2, y2), _) = out, into
    columns = {x1, x2, (x1 + x2) / 2}
    rows = {y1, y2, (y1 + y2) / 2}
    for left, top, right, bottom in cards:
        for step in steps:
            columns |= {left - CLEAR - step, right + CLEAR + step}
            rows |= {top - CLEAR - step, bottom + CLEAR + step}
    plans = [_over_column(out, into, x) for x in sorted(columns)]
    plans += [_over_row(out, into, y) for y in sorted(rows)]
    lanes = [(y, abs(y1 - y) + abs(y - y2)) for y in sorted(rows)]
    ends = [
        (x, abs(x - x2), [(x, y) for y, _ in lanes], clean(((x, y2), *into))[0])
        for x in _closest(columns, x2)[:turns]
    ]
    for first in _closest(columns, x1)[:turns]:
        start = clean((*out, (first, y1)))[0]
        turns_out = [(first, y) for y, _ in lanes]
        for last, back, turns_in, end in ends:
            across = abs(x1 - first) + abs(first - last) + back
            plans += [
                (round(across + length, 1), (*start, turn, other, *end))
                for turn, other, (_, length) in zip(turns_out, turns_in, lanes, strict=True)
            ]
    return plans


def clean(way: Corners) -> tuple[Corners, float]:
    """A way without doubled points and without corners that are none, and its cost.

    The cost is of length and bends; a turn straight back costs as much as a card met.
    """
    x, y = way[0]
    kept = [way[0]]
    cost = -BEND_COST
    before = 0
    for point in way:
        next_x, next_y = point
        right, down = next_x - x, next_y - y
        if right > 0.01:
            heading, length = 1, right
        elif right < -0.01:
            heading, length = -1, -right
        elif down > 0.01:
            heading, length = 2, down
        elif down < -0.01:
            heading, length = -2, -down
        else:
            continue
        cost += length
        if heading == before:
            kept[-1] = point
        else:
            kept.append(point)
            cost += BEND_COST if heading != -before else BEND_COST + TURN_BACK_COST
        x, y, before = next_x, next_y, heading
    if len(kept) < 2:
        return (way[0], way[-1]), 0.0
    return tuple(kept), cost


def _closest(values: Iterable[float], to: float) -> list[float]:
    return sorted(values, key=lambda value: (abs(value - to), value))
