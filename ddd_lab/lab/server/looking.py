"""Which files of a project have changed since they were last looked at."""

from __future__ import annotations

import os
import time
from pathlib import Path

from ddd_lab.files.paths import spec_files
from ddd_lab.spec.design import MAPPING_FILE

_TICK = 2.0
"""Seconds within which a file may change twice and show one time: file systems count coarsely."""


class FileTimes:
    """The times and sizes of a project's files: a look at them is much quicker than reading them.

    Args:
        root: the project's folder.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._seen: dict[str, tuple[int, int, int]] = {}
        self._looked = 0.0

    def changed(self) -> set[str]:
        """Paths of the files that came, went or may have changed since the last call.

        Raises:
            OSError: the folder cannot be listed.
        """
        now: dict[str, tuple[int, int, int]] = {}
        young: set[str] = set()
        recent = (self._looked - _TICK) * 1e9
        self._looked = time.time()
        for path in (*spec_files(self._root), MAPPING_FILE):
            try:
                status = os.stat(f"{self._root}/{path}")  # noqa: PTH116 - thousands of files
            except OSError:
                continue
            now[path] = (status.st_ino, status.st_size, status.st_mtime_ns)
            if status.st_mtime_ns > recent:
                young.add(path)
        before, self._seen = self._seen, now
        return young.union(
            path for path in before.keys() | now.keys() if before.get(path) != now.get(path)
        )
