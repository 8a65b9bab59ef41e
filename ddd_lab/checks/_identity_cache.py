"""A cache of results for immutable values, kept as long as the values live."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import Any, Generic, TypeVar

Value = TypeVar("Value")
Derived = TypeVar("Derived")


class _Held(weakref.ref[Value]):
    """A value that takes its result along when it goes; of thousands, each costs a few words."""

    __slots__ = ("key", "known")

    key: int
    known: dict[int, Any]

    def __new__(cls, value: Value, known: dict[int, Any]) -> _Held[Value]:
        reference = super().__new__(cls, value, _forget)
        reference.key, reference.known = id(value), known
        return reference

    def __init__(self, value: Value, _: dict[int, Any]) -> None:
        super().__init__(value, _forget)  # type: ignore[call-arg]  # typeshed knows only __new__


def _forget(reference: _Held[Any]) -> None:
    if (entry := reference.known.get(reference.key)) is not None and entry[0] is reference:
        del reference.known[reference.key]


class Memo(Generic[Value, Derived]):
    """A function of one frozen value that works its result out once.

    Values are told apart by identity: versions of a flow share most of their nodes.
    """

    def __init__(self, make: Callable[[Value], Derived]) -> None:
        self._make = make
        self._known: dict[int, tuple[_Held[Value], Derived]] = {}

    def __call__(self, value: Value) -> Derived:
        """The result for a value."""
        key = id(value)
        entry = self._known.get(key)
        if entry is not None and entry[0]() is value:
            return entry[1]
        made_value = self._make(value)
        self._known[key] = (_Held(value, self._known), made_value)
        return made_value
