"""Moving queues on while nobody looks: the browser may be closed."""

from __future__ import annotations

import logging
from concurrent.futures import Future
from functools import partial

from ddd_lab.build.queue import read_queue
from ddd_lab.spec.visible import visible

from .changing import look_after_queue
from .opened import OpenProject, OpenProjects
from .threads import in_background

STEP = 1.0
"""Seconds between looks."""


class QueueKeeper:
    """Looks at the queues of the projects that are open, at each separately.

    Args:
        projects: that are open.
        log: of the server.
    """

    def __init__(self, projects: OpenProjects, log: logging.Logger) -> None:
        self._projects = projects
        self._log = log
        self._looks: dict[OpenProject, Future[None]] = {}
        self._said: dict[OpenProject, str] = {}

    def look(self) -> None:
        """Look once at each; one that has not answered the last look is left to that."""
        going = {project: look for project, look in self._looks.items() if not look.done()}
        for project in self._projects.all():
            if project not in going:
                going[project] = in_background(partial(self._look_at, project))
        self._looks = going

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
            self._log.warning(
                "The queue of %s does not go on: %s", visible(str(project.root)), words
            )
