"""The projects that are asked about: each is opened once, and kept as it is on disk."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ddd_lab.build.config import BuildConfig, read_config
from ddd_lab.build.runs import Run, RunError, find_run
from ddd_lab.build.staleness import Sync
from ddd_lab.files.workspace import Workspace

from .briefs import Briefs
from .looking import FileTimes
from .refusals import BadCallError, NotThereError
from .terminals import ServerTerminals

_MOST = 20
"""Projects that are kept open; those that nobody has asked about for longest are dropped."""


class AlreadyTestedError(RunError):
    """The tests run already."""


class OpenProject:
    """One project.

    Args:
        root: its folder.
        terminals: of the server.
    """

    def __init__(self, root: Path, terminals: ServerTerminals) -> None:
        self.root = root
        self.terminals = terminals
        self.briefs = Briefs(root, terminals)
        self._tested: set[str] = set()
        self._lock = threading.RLock()
        self._sync = Sync(Workspace(root))
        self._times = FileTimes(root)

    @contextmanager
    def fresh(self) -> Iterator[Sync]:
        """How the project stands as it is on disk now; nobody else works with it meanwhile."""
        with self._lock:
            self._sync.workspace.reload(self._times.changed())
            yield self._sync

    @contextmanager
    def only_once(self, key: str) -> Iterator[None]:
        """While the tests of a flow (all tests: empty) run, they are not run again.

        Raises:
            AlreadyTestedError: they run already.
        """
        with self._lock:
            if key in self._tested:
                raise AlreadyTestedError(
                    f"the tests of {key or 'the project'} run already; wait for them"
                )
            self._tested.add(key)
        try:
            yield
        finally:
            with self._lock:
                self._tested.discard(key)

    @property
    def tested(self) -> list[str]:
        """Flows whose tests run just now; empty stands for all tests."""
        with self._lock:
            return sorted(self._tested)

    @property
    def config(self) -> BuildConfig:
        """Its settings.

        Raises:
            ConfigError: they are broken.
        """
        return read_config(self.root)

    def run(self, id: str) -> Run:
        """A run of the project.

        Raises:
            NotThereError: there is none.
        """
        try:
            return find_run(self.root, id)
        except (RunError, ValueError) as error:
            raise NotThereError(str(error)) from error


class OpenProjects:
    """All projects that were asked about.

    Args:
        terminals: of the server.
    """

    def __init__(self, terminals: ServerTerminals) -> None:
        self._terminals = terminals
        self._lock = threading.Lock()
        self._open: OrderedDict[Path, OpenProject] = OrderedDict()

    def at(self, root: str) -> OpenProject:
        """The project in a folder.

        Raises:
            BadCallError: that is no absolute path, or no design lies there.
            NotThereError: there is no such folder.
        """
        folder = _folder(root)
        with self._lock:
            project = self._open.get(folder)
            if project is None:
                project = self._open[folder] = OpenProject(folder, self._terminals)
            self._open.move_to_end(folder)
            while len(self._open) > _MOST:
                self._open.popitem(last=False)
            return project

    def all(self) -> list[OpenProject]:
        """Those that are open now."""
        with self._lock:
            return list(self._open.values())


def _folder(root: str) -> Path:
    if not root or "\0" in root or not Path(root).is_absolute():
        raise BadCallError(f"root must be the absolute path of a project's folder, not {root!r}")
    folder = Path(root)
    if not folder.is_dir():
        raise NotThereError(f"there is no folder {root}")
    if not ((folder / "specs").is_dir() or (folder / "ddd-project.json").is_file()):
        raise BadCallError(f"{root} holds no design: neither specs/ nor ddd-project.json is there")
    return folder.resolve()
