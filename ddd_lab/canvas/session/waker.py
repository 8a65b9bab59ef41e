"""What the thread that watches files calls: it has the canvases' event loop look at the project."""

from __future__ import annotations

import asyncio
import contextlib
import weakref
from collections.abc import Callable, Collection
from typing import Protocol


class Woken(Protocol):
    """Whoever looks at a project when files change."""

    def look_outside(self) -> None:
        """Take over what other programs wrote to the files."""

    def compare(self, moved: Collection[str] | None = None) -> None:
        """Look again how flows and their code stand."""


class Waker:
    """Called by the watching thread; keeps no project alive."""

    def __init__(self, loop: asyncio.AbstractEventLoop, woken: Woken) -> None:
        self._loop = loop
        self._woken = weakref.ref(woken)

    def woken(self) -> None:
        """Files of the design changed."""
        if (woken := self._woken()) is not None:
            self._soon(woken.look_outside)

    def moved(self, paths: Collection[str]) -> None:
        """Files of code changed."""
        if (woken := self._woken()) is not None:
            self._soon(woken.compare, paths)

    def _soon(self, act: Callable[..., None], *arguments: object) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has ended
            self._loop.call_soon_threadsafe(act, *arguments)
