"""Whether anything was written to the folder of a run, without reading it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TypeAlias

Mark: TypeAlias = tuple[tuple[str, int, int], ...]


def mark(folder: Path) -> Mark:
    """What changes whenever a file of a folder does."""
    try:
        with os.scandir(folder) as entries:
            found = [(entry.name, entry.stat()) for entry in entries if entry.is_file()]
    except OSError:
        return ()
    return tuple(sorted((name, status.st_mtime_ns, status.st_size) for name, status in found))
