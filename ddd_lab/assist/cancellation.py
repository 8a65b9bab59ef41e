"""One switch that stops a reply, whichever thread turns it."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator


class Cancellation:
    """Whether a person has stopped what runs.

    Whoever waits for a server names what closes the connection; cancelling calls it at once, so
    that no one waits for the next word.
    """

    def __init__(self) -> None:
        self._cancelled = threading.Event()
        self._lock = threading.Lock()
        self._closers: list[Callable[[], None]] = []

    @property
    def cancelled(self) -> bool:
        """Whether it has been stopped."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Stop it; again does nothing."""
        with self._lock:
            self._cancelled.set()
            closers, self._closers = self._closers, []
        for close in closers:
            # A connection that is already gone needs no closing.
            with contextlib.suppress(Exception):
                close()

    def wait(self, seconds: float) -> bool:
        """Wait, but not longer than until it is stopped; returns whether it was."""
        return self._cancelled.wait(seconds)

    @contextlib.contextmanager
    def closing(self, close: Callable[[], None]) -> Iterator[None]:
        """Have something closed when it is stopped while this block runs; at once if it was."""
        with self._lock:
            if not self._cancelled.is_set():
                self._closers.append(close)
        if self._cancelled.is_set():
            close()
        try:
            yield
        finally:
            with self._lock:
                if close in self._closers:
                    self._closers.remove(close)
