"""Strict equality of plain data."""

from __future__ import annotations

from math import isnan
from typing import Any, Final

from ddd_lab.lossless_yaml._nodes import Data

_MISSING: Final[Any] = object()


def same(one: Data, other: Data) -> bool:
    """Whether two values read the same.

    Other than with ``==``, ``1``, ``1.0`` and ``true`` differ, and not-a-number is itself. The
    order of map keys has no meaning in YAML and is not compared.
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
    if isinstance(one, list):
        if not isinstance(other, list) or len(one) != len(other):
            return False
        return all(a is b or same(a, b) for a, b in zip(one, other, strict=True))
    return one == other if type(one) is type(other) is str else _same_scalar(one, other)


def _same_scalar(one: Data, other: Data) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return one == other or (isnan(one) and isnan(other))
    if isinstance(one, bool) or isinstance(other, bool):
        return isinstance(one, bool) and isinstance(other, bool) and one == other
    return one == other and any(
        isinstance(one, kind) and isinstance(other, kind) for kind in (str, int)
    )
