"""Whether anything was written to the folder of a run, without reading it."""

from __future__ import annotations

import stat
from typing import TypeAlias

from ddd_lab.files.disk import storage
from ddd_lab.implementation.runs import Run
from ddd_lab.implementation.runs.record import FOLDER

Mark: TypeAlias = tuple[tuple[str, int, int, int], ...]


def mark(run: Run) -> Mark:
    """What changes whenever a file of a run does."""
    try:
        entries = storage.entries(run.root, f"{FOLDER}/{run.id}")
    except OSError:
        return ()
    return tuple(
        (name, status.st_mtime_ns, status.st_ctime_ns, status.st_size)
        for name, status in entries.items()
        if stat.S_ISREG(status.st_mode)
    )
