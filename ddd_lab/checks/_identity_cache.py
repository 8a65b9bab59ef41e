"""A cache of results for immutable values, kept as long as the values live."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import Any, Generic, TypeVar

Value = TypeVar("Value")
Made = TypeVar("Made")


class _Held(weakref.ref[Value]):
    """A value that takes its result along when it goes; of thousands, each costs a few words."""

    __slots__ = ("key", "known")

    key: int
    known: dict[int, Any]

    def __new__(cls, value: Value, known: dict[int, Any]) -> _Held[Value]:
        held = super().__new__(cls, value, _forget)
        held.key, held.known = id(value), known
        return held

    def __init__(self, value: Value, _: dict[int, Any]) -> None:
        super().__init__(value, _forget)  # type: ignore[call-arg]  # typeshed knows only __new__


def _forget(held: _Held[Any]) -> None:
    if (there := held.known.get(held.key)) is not None and there[0] is held:
        del held.known[held.key]


class Memo(Generic[Value, Made]):
    """A function of one frozen value that works its result out once.

    Values are told apart by identity: versions of a flow share most of their nodes.

    Args:
        make: the function.
    """

    def __init__(self, make: Callable[[Value], Made]) -> None:
        self._make = make
        self._known: dict[int, tuple[_Held[Value], Made]] = {}

    def __call__(self, value: Value) -> Made:
        """The result for a value."""
        key = id(value)
        held = self._known.get(key)
        if held is not None and held[0]() is value:
            return held[1]
        made = self._make(value)
        self._known[key] = (_Held(value, self._known), made)
        return made
