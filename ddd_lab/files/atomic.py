"""Writing a file so that a kill at any moment leaves the old one or the new one, whole."""

from __future__ import annotations

import contextlib
import os
import re
import stat
from pathlib import Path
from threading import get_ident

_TEMPORARY = ".ddd-tmp"


def write_atomically(path: Path, content: bytes, *, like: Path | None = None) -> None:
    """Write beside the file, flush to the disk, then rename over it.

    Args:
        path: the file to write.
        content: its bytes.
        like: a file whose permissions a new file gets, if it is there.

    Follows a link to the file it stands for, keeps the file's permissions, makes missing folders,
    and clears away what an interrupted write of the same file left behind.

    Raises:
        OSError: the disk is full, the folder is read-only, ...; the old file is untouched.
    """
    target = Path(os.path.realpath(path))
    target.parent.mkdir(parents=True, exist_ok=True)
    _clear_leftovers(target)
    temporary = target.with_name(f".{target.name}.{os.getpid()}-{get_ident()}{_TEMPORARY}")
    model = next((file for file in (target, like) if file is not None and file.exists()), None)
    mode = stat.S_IMODE(model.stat().st_mode) if model is not None else None
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            temporary.chmod(mode)
        temporary.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    """Make the rename itself durable, where the system lets a folder be synchronised."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _clear_leftovers(target: Path) -> None:
    pattern = re.compile(re.escape(f".{target.name}.") + r"(\d+)-(\d+)" + re.escape(_TEMPORARY))
    for entry in os.scandir(target.parent):
        match = pattern.fullmatch(entry.name)
        if match and not _is_writing(int(match[1]), int(match[2])):
            with contextlib.suppress(OSError):
                Path(entry.path).unlink()


def _is_writing(process: int, thread: int) -> bool:
    """Whether a temporary file may be at work, to judge by whose it is."""
    if process == os.getpid():
        return thread != get_ident()
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        pass
    return True
