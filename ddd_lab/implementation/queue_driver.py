"""Moving a queue on: a notebook, the Jupyter server and a shell all do it in this way."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from ddd_lab.implementation.config import read_config
from ddd_lab.implementation.queue import Queue, advance, read_queue
from ddd_lab.implementation.runs.record import Run
from ddd_lab.implementation.runs.watching import run_changes

if TYPE_CHECKING:
    from ddd_lab.implementation.staleness import Sync


class QueueDriver:
    """Begins the flows of a queue, one after another.

    Several may drive one queue: whoever looks first begins the next flow, and nobody begins it
    twice.

    Args:
        fresh: gives how the project stands on disk now, while one looks.
        start: begins a run that was prepared: it opens a terminal, or runs it where it is called.
    """

    def __init__(
        self,
        root: Path,
        fresh: Callable[[], AbstractContextManager[Sync]],
        start: Callable[[Run], object],
    ) -> None:
        self._root = root
        self._fresh = fresh
        self._start = start

    def look(self) -> Queue:
        """Look once how the flow stands whose turn it is, and do what is due."""
        with self._fresh() as sync:
            return advance(sync, read_config(self._root), self._start)

    def follow(self, complain: Callable[[Exception], None] | None = None) -> Iterator[Queue]:
        """Look now and whenever something happens, for as long as the queue runs.

        Args:
            complain: is told what went wrong with a look; then it is tried again. Without it, that
                is raised.

        Yields:
            The queue after each look, at last as one that does not run any more.
        """
        for _ in run_changes(self._root, self._run_id):
            try:
                queue = self.look()
            except Exception as error:
                if complain is None:
                    raise
                complain(error)
                queue = read_queue(self._root)
            else:
                yield queue
            if queue.state != "running":
                return

    def _run_id(self) -> str:
        item = read_queue(self._root).current
        return item.run if item is not None else ""
