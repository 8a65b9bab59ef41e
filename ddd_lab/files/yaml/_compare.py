"""Strict equality of plain data."""

from __future__ import annotations

from math import isnan

from ddd_lab.files.yaml._nodes import Data


def same(one: Data, other: Data) -> bool:
    """Whether two values read the same.

    Other than with ``==``, ``1``, ``1.0`` and ``true`` differ, and not-a-number is itself. The
    order of map keys has no meaning in YAML and is not compared.
    """
    if one is other:
        return True
    if isinstance(one, dict):
        return (
            isinstance(other, dict)
            and len(one) == len(other)
            and all(key in other and same(value, other[key]) for key, value in one.items())
        )
    if isinstance(one, list):
        return isinstance(other, list) and len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, str):
        return isinstance(other, str) and one == other
    if isinstance(one, bool) or isinstance(other, bool) or one is None:
        return isinstance(one, bool) and isinstance(other, bool) and one == other
    if isinstance(one, float):
        return isinstance(other, float) and (one == other or (isnan(one) and isnan(other)))
    return isinstance(other, int) and one == other
