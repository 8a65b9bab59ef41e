"""An asynchronous reply as a plain iterator, which a cancellation ends at once.

Each reply has a thread and an event loop of its own. Cancelling its task is what closes a
connection at any moment: while it is opened, before the first byte, and between two.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import AsyncGenerator, Callable, Iterator
from queue import SimpleQueue
from typing import Generic, TypeVar

from ddd_lab.assist.cancellation import Cancellation
from ddd_lab.assist.replies import Outcome, ProviderError

T = TypeVar("T")


class _End:
    """Nothing more will come."""


def streamed(
    source: Callable[[], AsyncGenerator[T, None]], cancellation: Cancellation
) -> Iterator[T]:
    """What an asynchronous iterator yields, as it comes.

    Args:
        source: makes the iterator; it raises no error but ``ProviderError``.
        cancellation: ends it.

    Raises:
        ProviderError: what the iterator raised, or that it was cancelled.
    """
    if cancellation.cancelled:
        raise _cancelled()
    reading = _Reading(source)
    try:
        with cancellation.closing(reading.stop):
            while not cancellation.cancelled:
                item = reading.items.get()
                if isinstance(item, _End) or cancellation.cancelled:
                    break
                if isinstance(item, ProviderError):
                    raise item
                yield item
    finally:
        reading.stop()
    if cancellation.cancelled:
        raise _cancelled()


def _cancelled() -> ProviderError:
    return ProviderError(Outcome.CANCELLED, "Stopped.")


class _Reading(Generic[T]):
    """A thread that reads an asynchronous iterator."""

    def __init__(self, source: Callable[[], AsyncGenerator[T, None]]) -> None:
        self.items: SimpleQueue[T | ProviderError | _End] = SimpleQueue()
        self._source = source
        self._lock = threading.Lock()
        self._stopped = False
        self._cancel: Callable[[], object] | None = None
        threading.Thread(target=self._run, name="model-reply", daemon=True).start()

    def stop(self) -> None:
        """End it; whoever reads wakes up now, the connection closes right after."""
        with self._lock:
            if self._stopped:
                return
            self._stopped = True
            cancel = self._cancel
        self.items.put(_End())
        if cancel is not None:
            with contextlib.suppress(RuntimeError):  # its loop has ended meanwhile
                cancel()

    def _run(self) -> None:
        try:
            with asyncio.Runner() as runner, contextlib.suppress(asyncio.CancelledError):
                runner.run(self._read())
        finally:
            self.items.put(_End())

    async def _read(self) -> None:
        loop = asyncio.get_running_loop()
        task = asyncio.current_task()
        assert task is not None
        with self._lock:
            if self._stopped:
                return
            self._cancel = lambda: loop.call_soon_threadsafe(task.cancel)
        try:
            async with contextlib.aclosing(self._source()) as items:
                async for item in items:
                    self.items.put(item)
        except ProviderError as error:
            # Its frames, and the error of the SDK behind it, hold a request with its key.
            error.__context__ = None
            self.items.put(error.with_traceback(None))
