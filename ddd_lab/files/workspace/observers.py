"""Telling those who show a project what happened to it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable

Observer = Callable[["Changed"], None]


class Changed:
    """What happened to a project, for those who show it.

    Attributes:
        paths: the files whose content changed (or that came or went).
        reason: ``edit``, ``undo``, ``redo``, ``save``, ``disk`` or ``conflict``.
        label: what was done, in words.
    """

    def __init__(self, paths: Iterable[str], reason: str, label: str = "") -> None:
        self.paths = frozenset(paths)
        self.reason = reason
        self.label = label

    def __repr__(self) -> str:
        return f"Changed({sorted(self.paths)}, {self.reason!r}, {self.label!r})"


class Observed:
    """Something that tells its observers of changes, in the order in which they came."""

    def __init__(self) -> None:
        self._observers: list[Observer] = []

    def observe(self, observer: Observer) -> Callable[[], None]:
        """Be told of every change; returns a function that ends it."""
        self._observers.append(observer)

        def stop() -> None:
            with contextlib.suppress(ValueError):
                self._observers.remove(observer)

        return stop

    def announce(self, changed: Changed) -> None:
        """Tell all observers; they may take long, so no lock is to be held."""
        for observer in list(self._observers):
            observer(changed)
