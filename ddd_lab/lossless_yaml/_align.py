"""Which entries of a changed list or map are the former ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable
from itertools import pairwise

from ddd_lab.equality import same
from ddd_lab.lossless_yaml._nodes import Data

_IDENTITIES = (
    ("id",),
    ("name",),
    ("event",),
    ("targetNodeId", "sourceHandle"),
    ("source", "target", "output"),
    ("from", "to"),
    ("key",),
    ("path", "method"),
    ("field",),
    ("label",),
)
_RESEMBLES = 0.3
"""Share of equal entries from which two maps count as one that was changed."""
_MOST_PAIRS = 10_000
"""Comparisons beyond which items without an identity are not paired: it would take too long."""


def align(old: list[Data], new: list[Data]) -> list[int | None]:
    """Find for each new item the index of the old item that it is, or None for an added one.

    Items are known by an identity key, then by being equal; what remains between two known items
    is paired in order, so that a renamed item is a changed one.
    """
    first = 0
    shorter = min(len(old), len(new))
    while first < shorter and same(old[first], new[first]):
        first += 1
    last = 0
    while last < shorter - first and same(old[-1 - last], new[-1 - last]):
        last += 1
    middle = _align_middle(old[first : len(old) - last], new[first : len(new) - last])
    return [
        *range(first),
        *(None if index is None else index + first for index in middle),
        *range(len(old) - last, len(old)),
    ]


def _align_middle(old: list[Data], new: list[Data]) -> list[int | None]:
    result: list[int | None] = [None] * len(new)
    free = set(range(len(old)))
    for identify in (_frozen, _identity, _loose_identity):
        places: defaultdict[Hashable, list[int]] = defaultdict(list)
        for index in sorted(free, reverse=True):
            if (mark := identify(old[index])) is not None:
                places[mark].append(index)
        if not places:
            continue
        for index, item in enumerate(new):
            if result[index] is None and (candidates := places.get(identify(item))):
                free.discard(index_old := candidates.pop())
                result[index] = index_old
    _pair_rest(old, new, result, free)
    return result


def _pair_rest(old: list[Data], new: list[Data], result: list[int | None], free: set[int]) -> None:
    """Pair what is between the same known neighbours."""
    if not free:
        return
    start = 0
    while start < len(new):
        if result[start] is not None:
            start += 1
            continue
        stop = start
        while stop < len(new) and result[stop] is None:
            stop += 1
        before = result[start - 1] if start else None
        gap: list[int] = []
        index = 0 if before is None else before + 1
        while index < len(old) and index in free:
            gap.append(index)
            index += 1
        for offset, match in enumerate(_pair([old[i] for i in gap], new[start:stop])):
            if match is not None:
                result[start + offset] = gap[match]
                free.discard(gap[match])
        start = stop


def _pair(old: list[Data], new: list[Data]) -> list[int | None]:
    """Pair two short runs of items without a common identity, keeping their order."""
    if len(old) == len(new):
        return [*range(len(old))]
    if len(old) * len(new) > _MOST_PAIRS:
        return [None] * len(new)
    result: list[int | None] = []
    next_old = 0
    for item in new:
        match = next(
            (i for i in range(next_old, len(old)) if _resemblance(old[i], item) >= _RESEMBLES),
            None,
        )
        result.append(match)
        if match is not None:
            next_old = match + 1
    return result


def _resemblance(one: Data, other: Data) -> float:
    if not (isinstance(one, dict) and isinstance(other, dict)):
        return 0.0
    equal = sum(key in other and same(value, other[key]) for key, value in one.items())
    return equal / max(len(one), len(other), 1)


def _identity(item: Data) -> Hashable:
    """The identity of a map: its identity key with the values; None for what has none."""
    if not isinstance(item, dict):
        return None
    for keys in _IDENTITIES:
        if keys[0] in item:
            values = [item.get(key) for key in keys]
            if not any(isinstance(value, dict | list) for value in values):
                return (keys, *values)
    return None


def _loose_identity(item: Data) -> Hashable:
    """The first part only of an identity of several keys: a rewired output is the same one."""
    mark = _identity(item)
    return mark[:2] if isinstance(mark, tuple) and len(mark) > 2 else None


def _frozen(item: Data) -> Hashable:
    """A value that two items share exactly when they are equal."""
    if isinstance(item, dict):
        return ("map", frozenset((key, _frozen(value)) for key, value in item.items()))
    if isinstance(item, list):
        return ("list", *map(_frozen, item))
    if isinstance(item, float):
        return ("float", float.__repr__(item))
    if isinstance(item, int) and not isinstance(item, bool):
        return ("int", int(item))
    return (type(item).__name__, repr(item))


def is_reordered(matches: list[int | None]) -> bool:
    """Whether former items have another order than before."""
    indices = [index for index in matches if index is not None]
    return any(one > other for one, other in pairwise(indices))


def order(matches: list[int | None], count: int) -> list[int]:
    """The old indices in their new order; a removed item stays behind its former predecessor."""
    result = [index for index in matches if index is not None]
    remaining = set(result)
    for index in range(count):
        if index not in remaining:
            result.insert(result.index(index - 1) + 1 if index else 0, index)
    return result


def renames(old: dict[str, Data], new: dict[str, Data]) -> dict[str, str]:
    """Which keys were renamed: same neighbour before it, same or similar value, another key."""
    removed = _by_predecessor(old, new)
    added = _by_predecessor(new, old)
    result: dict[str, str] = {}
    for before, names in removed.items():
        pairs = zip(names, added.get(before, ()), strict=False)
        result |= {one: other for one, other in pairs if _is_alike(old[one], new[other])}
    return result


def _is_alike(one: Data, other: Data) -> bool:
    """Whether a value is another one, or mostly; what differs is changed in the next round."""
    return same(one, other) or _resemblance(one, other) >= _RESEMBLES


def _by_predecessor(data: dict[str, Data], other: dict[str, Data]) -> dict[str | None, list[str]]:
    """Keys that only ``data`` has, grouped by the nearest key before them that both have."""
    result: defaultdict[str | None, list[str]] = defaultdict(list)
    before = None
    for key in data:
        if key in other:
            before = key
        else:
            result[before].append(key)
    return result
