"""Strict equality of plain data, and identity of what holds it."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from math import isnan
from typing import Any, Final

_MISSING: Final[Any] = object()


def same(one: Any, other: Any) -> bool:
    """Whether two values read the same.

    Other than with ``==``, ``1``, ``1.0`` and ``true`` differ, and not-a-number is itself. The
    order of map keys has no meaning in YAML and is not compared; a tuple is a list.
    """
    if one is other:
        return True
    if isinstance(one, dict):
        if not isinstance(other, dict) or len(one) != len(other):
            return False
        for key, value in one.items():
            peer = other.get(key, _MISSING)
            if value is not peer and not same(value, peer):
                return False
        return True
    if isinstance(one, list | tuple):
        if not isinstance(other, list | tuple) or len(one) != len(other):
            return False
        return all(a is b or same(a, b) for a, b in zip(one, other, strict=True))
    return one == other if type(one) is type(other) is str else _same_scalar(one, other)


def _same_scalar(one: Any, other: Any) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return one == other or (isnan(one) and isnan(other))
    if isinstance(one, bool) or isinstance(other, bool):
        return isinstance(one, bool) and isinstance(other, bool) and one == other
    return one == other and any(
        isinstance(one, kind) and isinstance(other, kind) for kind in (str, int)
    )


def identical(one: Sequence[object], other: Sequence[object]) -> bool:
    """Whether two sequences hold the very same objects in the same order."""
    return len(one) == len(other) and all(map(operator.is_, one, other))
