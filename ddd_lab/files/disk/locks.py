"""Locks between programs, and what an interrupted write left behind."""

from __future__ import annotations

import contextlib
import errno
import os
import re
from collections.abc import Iterator
from pathlib import Path
from threading import get_ident
from typing import Final

from ddd_lab.capabilities import lack_of
from ddd_lab.files.disk.storage import (
    OWN,
    TEMPORARY,
    UnsafePathError,
    is_file,
    locate,
    make_folder,
    names,
    remove,
    write,
)

_PATIENCE: Final = 30.0
"""Seconds to wait for another program that is writing."""
_LOCKS = f"{OWN}/locks"
_LEFT_BEHIND = re.compile(r"\..+\.(\d+)-(\d+)" + re.escape(TEMPORARY))


@contextlib.contextmanager
def locked(root: Path, name: str, *, timeout: float = _PATIENCE) -> Iterator[None]:
    """Let only one program at a time in here; the same thread may come in again.

    What is locked (such as ``save``) has a file in ``.ddd/locks``. Raises `OSError` where the lock
    cannot be made, or is not free after ``timeout`` seconds.
    """
    if lack_of("other_programs"):
        yield
        return
    from filelock import FileLock, Timeout

    try:
        folder = make_folder(root, _LOCKS)
        if not is_file(root, f"{_LOCKS}/.gitignore"):
            write(root, f"{_LOCKS}/.gitignore", b"*\n")
    except UnsafePathError:
        raise
    except OSError as error:
        reason = f"no lock can be made in {_LOCKS}: {error.strerror or error}"
        raise OSError(error.errno, reason) from error
    path = locate(root, f"{_LOCKS}/{name}.lock")
    if path.exists() and not path.is_file():
        raise OSError(errno.EINVAL, "the lock is not a regular file: remove it", str(path))
    lock = FileLock(folder / path.name, is_singleton=True)
    try:
        lock.acquire(timeout, poll_interval=0.005)
    except Timeout as error:
        raise OSError(
            errno.EBUSY,
            f"another program has been writing for {timeout:g} seconds; wait for it, or end it, "
            "then try again",
            str(path),
        ) from error
    try:
        yield
    finally:
        lock.release()


def clear_leftovers(root: Path, relative: str) -> list[str]:
    """Remove what interrupted writes left in a folder; returns the paths that were removed."""
    cleared = []
    for name in leftovers(root, relative):
        path = f"{relative}/{name}" if relative else name
        with contextlib.suppress(OSError):
            remove(root, path)
            cleared.append(path)
    return cleared


def leftovers(root: Path, relative: str) -> list[str]:
    """The names of what interrupted writes left in a folder."""
    matches = ((name, _LEFT_BEHIND.fullmatch(name)) for name in names(root, relative))
    return [
        name for name, match in matches if match and not _is_writing(int(match[1]), int(match[2]))
    ]


def _is_writing(process: int, thread: int) -> bool:
    """Whether a temporary file may be at work, to judge by whose it is."""
    if process == os.getpid():
        return thread != get_ident()
    if lack_of("other_programs"):
        return False
    if os.name == "nt":  # where asking in this way would end the process
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        pass
    return True
