"""Moving queues on while nobody looks: the browser may be closed."""

from __future__ import annotations

import logging
from concurrent.futures import Future
from functools import partial
from pathlib import Path

from ddd_lab.implementation.queue import read_queue
from ddd_lab.implementation.queue_owner import own_queues
from ddd_lab.lab.server.mutations import queue_driver
from ddd_lab.lab.server.project_cache import OpenProjects
from ddd_lab.lab.server.threads import in_background

STEP = 1.0
"""Seconds between looks for queues that have come to run."""


class QueueKeeper:
    """Drives the queues that this person started, at each separately.

    A queue that lies in a folder and was started by somebody else never goes on by itself, whoever
    looks at its project.
    """

    def __init__(self, projects: OpenProjects, log: logging.Logger) -> None:
        self._projects = projects
        self._log = log
        self._looks: dict[Path, Future[None]] = {}
        self._said: dict[Path, str] = {}

    def look(self) -> None:
        """Follow each that runs and is not followed yet."""
        going = {root: look for root, look in self._looks.items() if not look.done()}
        for root in own_queues():
            if root not in going:
                going[root] = in_background(partial(self._look_at, root))
        self._looks = going

    def _look_at(self, root: Path) -> None:
        complain = partial(self._complain, root)
        try:
            if self._projects.shows(root) and read_queue(root).state == "running":
                for _ in queue_driver(self._projects.at(str(root))).follow(complain):
                    self._said.pop(root, None)
        except Exception as error:  # noqa: BLE001 - one queue's trouble is not the others'
            complain(error)

    def _complain(self, root: Path, error: Exception) -> None:
        """Say it once, not every second."""
        words = repr(error)
        if self._said.get(root) != words:
            self._said[root] = words
            self._log.warning("The queue of %s does not go on: %s", root, words)
