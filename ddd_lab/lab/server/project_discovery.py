"""The projects below the folder that a server shows."""

from __future__ import annotations

import contextlib
import os
import re
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

from ddd_lab.files.disk.paths import flow_key, is_kept_file
from ddd_lab.files.workspace.workspace import ProjectError, Workspace
from ddd_lab.lab.protocol.panel import ProjectBrief, Projects
from ddd_lab.lab.protocol.tree import Located, NotebookNamed
from ddd_lab.lab.server.errors import NotThereError
from ddd_lab.lab.server.threads import in_background
from ddd_lab.lab.walkthroughs import copy_walkthroughs
from ddd_lab.spec.paths import PROJECT_FILE, SYSTEM_FILE
from ddd_lab.version import __version__

_DEPTH = 5
"""Folders below the server's, down to which projects are looked for."""
_FOLDERS = 3000
"""Folders that are looked into at most, the upper ones first."""
_PATIENCE = 3.0
"""Seconds after which what was found has to do: a file system may be slow."""
_NAME_PATIENCE = 1.0
"""Seconds after which a project that does not say its name is called like its folder."""
_KEPT = 10
"""What was found is not looked for again for so many times as long as the look has taken."""
_NO_PROJECT = {"node_modules", "site-packages", "__pycache__", "venv", "env", "specs"}
_SYSTEM = {Path("/dev"), Path("/proc"), Path("/sys")}
_SIGNS = (PROJECT_FILE, SYSTEM_FILE, "specs/system.yml", "specs/domains")


class ProjectFinder:
    """Looks for projects, quickly rather than everywhere.

    A folder that does not answer holds nobody up: what was found until then is told, and no second
    look begins before the first has ended.
    """

    def __init__(self, base: Path) -> None:
        self._base = base.expanduser().resolve()
        self._lock = threading.Lock()
        self._found: list[ProjectBrief] = []
        self._looking: Future[None] | None = None
        self._next_look = 0.0
        self._names: dict[Path, Future[str | None]] = {}

    def projects(self) -> Projects:
        """What is there now, or was a moment ago where looking takes long."""
        with self._lock:
            looking = self._looking
            over = looking is None or looking.done()
            if looking is None or (over and time.monotonic() > self._next_look):
                looking = self._looking = in_background(self._look)
        with contextlib.suppress(TimeoutError):
            looking.result(2 * _PATIENCE)
        return Projects(
            version=__version__, projects=sorted(self._found, key=lambda brief: brief.path)
        )

    def located(self, path: str) -> Located:
        """The design that a file or folder belongs to, and the place that it describes there."""
        asked = self._base / path.strip("/")
        if "\0" in path or ".." in asked.parts:
            raise NotThereError(f"there is no file or folder {path!r}")
        within = [folder for folder in (asked, *asked.parents) if folder.is_relative_to(self._base)]
        root = next(filter(_is_design, within), None)
        inside = asked.relative_to(root).as_posix() if root is not None else path
        if root is None and asked.is_dir():
            raise NotThereError(
                f"{path} is no design, and lies in none: a design is a folder that holds specs/."
            )
        if root is None or not (asked.is_dir() or is_kept_file(inside)):
            raise NotThereError(
                f"{path} is not a spec of a design. Open it as text, or open the folder that "
                "holds specs/ as a design."
            )
        domain = re.match(r"specs/domains/([^/]+)", inside)
        at = flow_key(inside) or (domain[1] if domain else "")
        # By its own name: a tab that shows it may have been opened without the link.
        return Located(root=os.path.realpath(root), at=at)

    def walkthroughs(self) -> NotebookNamed:
        """The first of the walkthroughs, which are copied into the server's folder."""
        return NotebookNamed(path=copy_walkthroughs(self._base))

    def _look(self) -> None:
        projects: list[ProjectBrief] = []
        began = time.monotonic()
        try:
            for brief in filter(None, map(self._brief, self._roots())):
                projects.append(brief)
                if len(projects) > len(self._found):
                    self._found = list(projects)
            self._found = projects
        finally:
            ended = time.monotonic()
            self._next_look = ended + _KEPT * (ended - began)

    def _roots(self) -> Iterator[Path]:
        level, looked = [self._base], 0
        deadline = time.monotonic() + _PATIENCE
        for _ in range(_DEPTH + 1):
            below: list[Path] = []
            for folder in level:
                looked += 1
                if looked > _FOLDERS or time.monotonic() > deadline:
                    return
                if _is_design(folder):
                    yield folder
                below += _folders(folder)
            level = below

    def _brief(self, root: Path) -> ProjectBrief | None:
        """What a folder holds; None where it cannot be looked into any further."""
        cached = self._names.get(root)
        if cached is None or cached.done():
            cached = self._names[root] = in_background(lambda: _name_in(root))
        try:
            name = cached.result(_NAME_PATIENCE)
        except TimeoutError:
            name = root.name
        if name is None:
            return None
        return ProjectBrief(name=name, path=server_path(root, self._base), root=str(root))


def server_path(folder: Path, base: Path) -> str:
    """The path of a folder as the server's files have it; empty for the server's own."""
    return folder.relative_to(base).as_posix() if folder != base else ""


def _is_design(folder: Path) -> bool:
    # Path.exists raises where a person may not look, such as lost+found.
    return any(os.path.exists(folder / sign) for sign in _SIGNS)  # noqa: PTH110


def _name_in(root: Path) -> str | None:
    try:
        return Workspace(root, only_look=True).name
    except (OSError, ProjectError):
        return None


def _folders(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            names = sorted(
                entry.name
                for entry in entries
                if not entry.name.startswith(".")
                and entry.name not in _NO_PROJECT
                and entry.is_dir(follow_symlinks=False)
            )
    except OSError:
        return []
    return [path for name in names if (path := folder / name) not in _SYSTEM]
