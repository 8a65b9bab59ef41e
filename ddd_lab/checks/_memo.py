"""What was worked out of values that never change, kept for as long as those live."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import Generic, TypeVar

Value = TypeVar("Value")
Made = TypeVar("Made")


class Memo(Generic[Value, Made]):
    """A function of one frozen value that works its result out once.

    Values are told apart by identity: versions of a flow share most of their nodes.

    Args:
        make: the function.
    """

    def __init__(self, make: Callable[[Value], Made]) -> None:
        self._make = make
        self._known: dict[int, tuple[weakref.ref[Value], Made]] = {}

    def __call__(self, value: Value) -> Made:
        """The result for a value."""
        key = id(value)
        held = self._known.get(key)
        if held is not None and held[0]() is value:
            return held[1]
        made = self._make(value)
        known = self._known
        known[key] = (weakref.ref(value, lambda _: known.pop(key, None)), made)
        return made
