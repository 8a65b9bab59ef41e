"""Moving queues on while nobody looks: the browser may be closed."""

from __future__ import annotations

import logging

from ddd_lab.build.queue import read_queue

from .changing import look_after_queue
from .opened import OpenProject, OpenProjects
from .threads import in_thread

STEP = 1.0
"""Seconds between looks."""


class QueueKeeper:
    """Looks at the queues of the projects that are open.

    Args:
        projects: that are open.
        log: of the server.
    """

    def __init__(self, projects: OpenProjects, log: logging.Logger) -> None:
        self._projects = projects
        self._log = log
        self._said: dict[OpenProject, str] = {}

    async def look(self) -> None:
        """Look once at each."""
        if self._projects.all():
            await in_thread(self._look)

    def _look(self) -> None:
        for project in self._projects.all():
            self._look_at(project)

    def _look_at(self, project: OpenProject) -> None:
        try:
            if read_queue(project.root).state == "running":
                look_after_queue(project)
        except Exception as error:  # noqa: BLE001 - one queue's trouble is not the others'
            self._complain(project, error)
        else:
            self._said.pop(project, None)

    def _complain(self, project: OpenProject, error: Exception) -> None:
        """Say it once, not every second."""
        words = repr(error)
        if self._said.get(project) != words:
            self._said[project] = words
            self._log.warning("The queue of %s does not go on: %s", project.root, words)
