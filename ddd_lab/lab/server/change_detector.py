"""Which files of a project have changed since they were last looked at, and whether any has."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from ddd_lab.files.disk.glances import Glances
from ddd_lab.files.disk.listing import listed
from ddd_lab.files.disk.watching import Watcher
from ddd_lab.files.workspace.workspace import Workspace
from ddd_lab.lab.protocol.panel import FlowLine, SchemaLine

_TICK = 2.0
"""Seconds within which a file may change twice and show one time: file systems count coarsely."""
SWEEP = 15.0
"""Seconds after which a project is looked through although nothing was noticed."""
SHARE = 50
"""At most this part of the time is spent on looking through a project for that reason."""


class FileTimes:
    """The times and sizes of a project's files: a look at them is much quicker than reading them.

    Attributes:
        young: files that were written so shortly before the last look that they may change again
            and show the same time.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._glances = Glances(root)
        self._seen: dict[str, tuple[int, ...]] = {}
        self.young: set[str] = set()

    def changed(self) -> set[str]:
        """Paths of the files that came, went or may have changed since the last call."""
        marks: dict[str, tuple[int, ...]] = {}
        former, self.young = self.young, set()
        recent = (time.time() - _TICK) * 1e9
        self._glances.again()
        for path in listed(self._root).files:
            try:
                status = self._glances.status(path)
            except OSError:
                continue
            # Whoever gives a file its former time back cannot do so with that of its status.
            written, touched = status.st_mtime_ns, status.st_ctime_ns
            marks[path] = (status.st_ino, status.st_size, written, touched)
            if max(written, touched) > recent:
                self.young.add(path)
        before, self._seen = self._seen, marks
        return former.union(
            path for path in before.keys() | marks.keys() if before.get(path) != marks.get(path)
        )


class FlowSummary(NamedTuple):
    """What the file of a flow says to the panel; the rest of it is kept in memory for nobody."""

    name: str
    agent: bool


class Board(NamedTuple):
    """What the files of a project say to the panel.

    Attributes:
        name: of the project.
        flows, schemas: how they stand.
        problems: files that cannot be read.
        running: runs under way by the flow that they work at, as the lines name them.
    """

    name: str
    flows: list[FlowLine]
    schemas: list[SchemaLine]
    problems: list[str]
    running: dict[str, str]


class Look(NamedTuple):
    """A look at all files of a project, when it began.

    Attributes:
        began: on the clock of this program.
        notices: how often a change had been noticed by then.
        watching: whether changes were noticed at all.
    """

    began: float
    notices: int
    watching: bool


class Looks:
    """What was found when a project was last looked through, for as long as nothing changes.

    A watcher says when something does. It may miss something all the same, so that the project is
    looked through now and then whatever it says.
    """

    def __init__(self) -> None:
        self._watcher: Watcher | None = None
        self._followed: frozenset[str] = frozenset()
        self._notices = 0
        self._found: tuple[int, float, Board] | None = None
        self._listeners: list[Callable[[], object]] = []

    def watch(self, workspace: Workspace) -> None:
        """Watch a project, and the files that were followed so far."""
        self.stop()
        self._watcher = Watcher(workspace, self.notice)
        self._watcher.moved = lambda _: self.notice()
        self._watcher.follow(self._followed)

    def stop(self) -> None:
        """Watch no more."""
        if self._watcher is not None:
            self._watcher.stop()
            self._watcher = None

    def notice(self) -> None:
        """Let the next look go through the project: something in it has changed."""
        self._notices += 1
        self.wake()

    def wake(self) -> None:
        """Have those look who wait for news."""
        for wake in tuple(self._listeners):
            wake()

    @property
    def notices(self) -> int:
        """How often a change was noticed so far."""
        return self._notices

    @contextmanager
    def listening(self, wake: Callable[[], object]) -> Iterator[None]:
        """Meanwhile call something, in whatever thread, whenever a change is noticed."""
        self._listeners.append(wake)
        try:
            yield
        finally:
            self._listeners.remove(wake)

    @property
    def found(self) -> Board | None:
        """What was found; None where the project has to be looked through (again)."""
        if self._found is None or self._watcher is None or not self._watcher.watching:
            return None
        notices, until, board = self._found
        return board if notices == self._notices and time.monotonic() < until else None

    def begin(self) -> Look:
        """Begin to look through the project."""
        watching = self._watcher is not None and self._watcher.watching
        return Look(time.monotonic(), self._notices, watching)

    def end(self, look: Look, board: Board, followed: Iterable[str]) -> None:
        """Keep what was found."""
        now = time.monotonic()
        followed_before, self._followed = self._followed, frozenset(followed)
        if followed_before != self._followed and self._watcher is not None:
            self._watcher.follow(self._followed)
        # Whatever changed before it was watched, the next look finds.
        self._found = None
        if look.watching and followed_before == self._followed:
            until = now + max(SWEEP, SHARE * (now - look.began))
            self._found = (look.notices, until, board)
