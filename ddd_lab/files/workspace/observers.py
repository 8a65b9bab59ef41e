"""Notifying observers of what happened to a project."""

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
    """Something that notifies its observers of changes, in order."""

    def __init__(self) -> None:
        self._observers: list[Observer] = []

    def observe(self, observer: Observer) -> Callable[[], None]:
        """Call an observer with every change; returns a function that ends this."""
        self._observers.append(observer)

        def stop() -> None:
            with contextlib.suppress(ValueError):
                self._observers.remove(observer)

        return stop

    def announce(self, changed: Changed) -> None:
        """Notify all observers; they may take long, so no lock may be held."""
        for observer in list(self._observers):
            observer(changed)
