"""The files of a project on disk: read for their fingerprints, and again only when they change."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import NamedTuple

from ddd_lab.files.paths import UnsafePathError, inside

from .fingerprints import digests


class _Seen(NamedTuple):
    mark: tuple[int, ...]
    digests: tuple[str, ...]


class CodeFiles:
    """Fingerprints of files of a project.

    Args:
        root: the project's folder. Files outside of it count as missing.
    """

    def __init__(self, root: Path) -> None:
        self._root = os.fspath(root)
        self._seen: dict[str, _Seen] = {}
        self._folders: dict[str, bool] = {}

    def look_again(self) -> None:
        """Before a round of questions: folders may have become links to elsewhere."""
        self._folders.clear()

    def digests(self, path: str) -> tuple[str, ...]:
        """The fingerprints of a file; nothing where there is none, or it cannot be read."""
        full = f"{self._root}/{path}"
        try:
            status = os.lstat(full)
            if not stat.S_ISREG(status.st_mode) or not self._is_inside(path):
                return self._linked(path)
            mark = (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
            seen = self._seen.get(path)
            if seen is None or seen.mark != mark:
                with open(full, "rb") as file:  # noqa: PTH123 - thousands of files: no Path objects
                    seen = self._seen[path] = _Seen(mark, digests(file.read()))
        except (OSError, UnsafePathError, ValueError):
            self._seen.pop(path, None)
            return ()
        return seen.digests

    def _is_inside(self, path: str) -> bool:
        """Whether the folder of a file lies in the project, links and ``..`` followed."""
        folder = os.path.dirname(path)  # noqa: PTH120 - as above
        known = self._folders.get(folder)
        if known is None:
            inside(Path(self._root), folder)
            known = self._folders[folder] = True
        return known

    def _linked(self, path: str) -> tuple[str, ...]:
        """The fingerprints of what a link of the project leads to, if that is in the project."""
        target = inside(Path(self._root), path)
        return digests(target.read_bytes()) if target.is_file() else ()
