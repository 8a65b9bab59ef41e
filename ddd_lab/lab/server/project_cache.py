"""The projects that are asked about: each is opened once, and kept as it is on disk."""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ddd_lab.files.disk import storage
from ddd_lab.files.workspace.workspace import Workspace
from ddd_lab.implementation.config import BuildConfig, read_config
from ddd_lab.implementation.runs import Run, RunError, find_run
from ddd_lab.implementation.staleness import Sync
from ddd_lab.lab.protocol.panel import ProjectState
from ddd_lab.lab.server.change_detector import Board, FileTimes, FlowSummary, Looks
from ddd_lab.lab.server.diff_cache import DesignDiffs
from ddd_lab.lab.server.errors import BadCallError, NotAllowedError, NotThereError
from ddd_lab.lab.server.problem_check import ProblemCheck, ShownTree
from ddd_lab.lab.server.summaries import Briefs
from ddd_lab.lab.server.terminals import ServerTerminals
from ddd_lab.spec.paths import PROJECT_FILE

_MOST = 20
"""Projects that are kept open; those that nobody has asked about for longest are dropped."""


class OpenProject:
    """One project; it is read when it is first asked about.

    Attributes:
        times: of its files.
        looks: what was found when its files were last looked through.
        summaries: what the files of its flows say to the panel, by path.
        shown: what `looks` had found, the rest of what was last shown of it, and both together.
        diffs: versions of it that were compared.
        problem_check: counts its problems.
        shown_tree: what was last shown of it as a tree.
    """

    def __init__(self, root: Path, terminals: ServerTerminals) -> None:
        self.root = root
        self.terminals = terminals
        self.briefs = Briefs(root, terminals)
        self._lock = threading.RLock()
        self._sync: Sync | None = None
        self.times = FileTimes(root)
        self.looks = Looks()
        self.summaries: dict[str, FlowSummary] = {}
        self.shown: tuple[Board, ProjectState, ProjectState] | None = None
        self.diffs = DesignDiffs(root)
        self.problem_check = ProblemCheck(root, self.looks.wake)
        self.shown_tree: ShownTree | None = None

    @contextmanager
    def fresh(self) -> Iterator[Sync]:
        """How the project stands as it is on disk now; nobody else works with it meanwhile."""
        with self._lock:
            changed = self.times.changed()
            if self._sync is None:
                self._sync = Sync(Workspace(self.root, only_look=True))
                self.looks.watch(self._sync.workspace)
            else:
                self._take_over(changed, self._sync.workspace)
            yield self._sync

    @contextmanager
    def as_seen(self) -> Iterator[Sync]:
        """How the project stood at the last look, if there was one; that costs nothing."""
        with self._lock:
            if self._sync is not None:
                yield self._sync
                return
        with self.fresh() as sync:
            yield sync

    def _take_over(self, paths: set[str], workspace: Workspace) -> None:
        """Take over changes on disk, and forget what files said that may have changed."""
        noticed = workspace.take_outside_changes()
        compared = {path for path in paths if workspace.is_read(path)}
        changed = noticed | workspace.reload(paths)
        for path in noticed | paths - (compared - changed):
            self.summaries.pop(path, None)

    @property
    def config(self) -> BuildConfig:
        """Its settings."""
        return read_config(self.root)

    def run(self, id: str) -> Run:
        """A run of the project."""
        try:
            return find_run(self.root, id)
        except (RunError, ValueError) as error:
            raise NotThereError(str(error)) from error


class OpenProjects:
    """All projects that were asked about, each below a folder that the server shows.

    Args:
        shown: the server's root directory, and what its owner has added.
    """

    def __init__(self, terminals: ServerTerminals, shown: Iterable[Path]) -> None:
        self._terminals = terminals
        self._shown = tuple(Path(os.path.realpath(folder)) for folder in shown)
        self._lock = threading.Lock()
        self._open: OrderedDict[Path, OpenProject] = OrderedDict()

    def at(self, root: str) -> OpenProject:
        """The project in a folder."""
        folder = self.folder(root)
        if not (storage.is_folder(folder, "specs") or storage.is_file(folder, PROJECT_FILE)):
            raise BadCallError(
                f"{root} holds no design: neither specs/ nor ddd-project.json is there"
            )
        with self._lock:
            project = self._open.get(folder)
            if project is None:
                project = self._open[folder] = OpenProject(folder, self._terminals)
            self._open.move_to_end(folder)
            while len(self._open) > _MOST:
                _, dropped = self._open.popitem(last=False)
                dropped.looks.stop()
            return project

    def shows(self, folder: Path) -> bool:
        """Whether a folder lies below one that the server shows, wherever links lead."""
        real = Path(os.path.realpath(folder))
        return any(real.is_relative_to(shown) for shown in self._shown)

    def folder(self, root: str) -> Path:
        """A folder that is named, without links."""
        if not root or "\0" in root or not Path(root).is_absolute():
            raise BadCallError(
                f"root must be the absolute path of a project's folder, not {root!r}"
            )
        if not self.shows(Path(root)):
            raise NotAllowedError(
                f"{root} lies outside the folder that this Jupyter server shows "
                f"({self._shown[0]}). Start JupyterLab in a folder above it, or have "
                "its owner add the folder to DDDLab.extra_roots"
            )
        folder = Path(os.path.realpath(root))
        if not folder.is_dir():
            raise NotThereError(
                f"There is no folder {root}. If it was moved, open the design where it lies now."
            )
        return folder
