"""The files of a project on disk: fingerprints are taken again only when a file changes."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import NamedTuple

from ddd_lab.files.paths import inside, read_inside
from ddd_lab.files.storage import UnsafePathError

from .fingerprints import digests

_READING = os.O_RDONLY | getattr(os, "O_BINARY", 0)


class _Seen(NamedTuple):
    folder: str
    mark: tuple[int, ...]
    digests: tuple[str, ...]


class CodeFiles:
    """Files of a project, specs and code, as they are on disk.

    Args:
        root: the project's folder. Files outside of it count as missing.
    """

    def __init__(self, root: Path) -> None:
        self._root = os.fspath(root)
        self._seen: dict[str, _Seen] = {}
        self._plain: dict[str, bool] = {"": True}

    def look_again(self) -> None:
        """Before a round of questions: folders may have become links to elsewhere."""
        self._plain = {"": True}

    def digests(self, path: str) -> tuple[str, ...]:
        """The fingerprints of a file; nothing where there is none, or it cannot be read."""
        full = f"{self._root}/{path}"
        seen = self._seen.get(path)
        folder = seen.folder if seen is not None else path.rpartition("/")[0]
        try:
            status = os.lstat(full)
            if not stat.S_ISREG(status.st_mode) or not self._is_plain(folder):
                return self._linked(path)
            mark = (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
            if seen is None or seen.mark != mark:
                found = digests(_bytes(full, status.st_size))
                seen = self._seen[path] = _Seen(folder, mark, found)
        except (OSError, UnsafePathError, ValueError):
            self._seen.pop(path, None)
            return ()
        return seen.digests

    def read(self, path: str) -> bytes | None:
        """The bytes of a file; None where there is none, or it cannot be read."""
        try:
            return read_inside(Path(self._root), path)
        except (OSError, UnsafePathError, ValueError):
            return None

    def _is_plain(self, folder: str) -> bool:
        """Whether a folder is one of the project's own: no link and no ``..`` leads to it."""
        known = self._plain.get(folder)
        if known is None:
            above, _, name = folder.rpartition("/")
            known = self._plain[folder] = (
                name not in ("", ".", "..")
                and self._is_plain(above)
                and stat.S_ISDIR(os.lstat(f"{self._root}/{folder}").st_mode)
            )
        return known

    def _linked(self, path: str) -> tuple[str, ...]:
        """The fingerprints of what a link of the project leads to, if that is in the project."""
        target = inside(Path(self._root), path)
        return digests(target.read_bytes()) if target.is_file() else ()


def _bytes(path: str, size: int) -> bytes:
    """The bytes of a file; for thousands of them, without what Python's files can do beside."""
    file = os.open(path, _READING)
    try:
        found = os.read(file, size + 1)
        if len(found) == size:
            return found
        parts = [found]
        while parts[-1]:
            parts.append(os.read(file, 1 << 20))
        return b"".join(parts)
    finally:
        os.close(file)
