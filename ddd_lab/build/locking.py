"""One program at a time: a lock that every program on this machine heeds."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from ddd_lab.files.atomic import write_atomically


@contextlib.contextmanager
def locked(folder: Path, name: str = ".lock") -> Iterator[None]:
    """Only one program at a time is in here; what lies in the folder stays out of commits.

    Args:
        folder: of the lock; it is made if it is not there.
        name: of the file that stands for the lock.
    """
    folder.mkdir(parents=True, exist_ok=True)
    ignore = folder / ".gitignore"
    if not ignore.exists():
        write_atomically(ignore, b"*\n")
    try:
        import fcntl
    except ImportError:  # not on this system
        yield
        return
    with (folder / name).open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
