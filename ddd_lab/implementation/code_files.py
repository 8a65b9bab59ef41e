"""The files of a project on disk: fingerprints are taken again only when a file changes."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from ddd_lab.files.disk.glances import Glances
from ddd_lab.files.disk.paths import is_design_file
from ddd_lab.implementation.fingerprints import digests, stream_digests


class _Seen(NamedTuple):
    mark: tuple[int, ...]
    digests: tuple[str, ...]


class CodeFiles:
    """Files of a project, specs and code, as they are on disk.

    Args:
        root: the project's folder. Files outside of it count as missing.
    """

    def __init__(self, root: Path) -> None:
        self._glances = Glances(root)
        self._seen: dict[str, _Seen] = {}

    def look_again(self) -> None:
        """Before a round of questions: folders may have become links to elsewhere."""
        self._glances.again()

    def digests(self, path: str) -> tuple[str, ...]:
        """The fingerprints of a file; nothing where there is none, or it cannot be read."""
        cached = self._seen.get(path)
        try:
            status = self._glances.status(path)
            mark = (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
            if cached is None or cached.mark != mark:
                cached = self._seen[path] = _Seen(mark, self._taken(path, status.st_size))
        except (OSError, ValueError):
            self._seen.pop(path, None)
            return ()
        return cached.digests

    def _taken(self, path: str, size: int) -> tuple[str, ...]:
        code = not is_design_file(path)
        raw = self._glances.small(path, size)
        if raw is not None:
            return digests(raw, code=code)
        with self._glances.opened(path) as file:
            return stream_digests(file, code=code)

    def read(self, path: str) -> bytes | None:
        """The bytes of a file; None where there is none, or it cannot be read."""
        try:
            return self._glances.read(path)
        except (OSError, ValueError):
            return None
