"""What the lab keeps for this person, outside all projects: in their own Jupyter data folder.

No project can write there by being opened, so that what stands there is the person's own word.
Where that cannot be said of the folder, nothing in it counts.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ddd_lab.capabilities import lack_of
from ddd_lab.files.disk.json_files import parse_json
from ddd_lab.files.disk.personal import person_folder

_LARGEST = 20_000_000
_PATIENCE = 30.0
"""Seconds to wait for another program that is writing."""


def person_file(name: str) -> Path:
    """Where a file of this person's lies, there or not."""
    return person_folder() / "ddd-lab" / name


def misplaced(root: Path | None = None) -> str:
    """Why nothing that is kept for this person counts, and what to do; empty where it does.

    Args:
        root: the folder of a project for which it is to count: it could have come with it.
    """
    folder = person_file("")
    if not folder.is_absolute():
        return (
            f"the Jupyter data folder {folder.parent} is a relative path, so it "
            "changes with the current folder. Set JUPYTER_DATA_DIR to an "
            "absolute path outside your projects"
        )
    own = os.path.realpath(root) if root is not None else ""
    # A person's own home is nobody else's.
    if not own or own == os.path.realpath(os.path.expanduser("~")):  # noqa: PTH111 - a text
        return ""
    if Path(os.path.realpath(folder)).is_relative_to(own):
        return (
            f"the Jupyter data folder {folder.parent} lies in the project, so its content "
            "may not be yours. Set JUPYTER_DATA_DIR to a folder outside the project"
        )
    return ""


def read_person_file(name: str) -> dict[str, Any]:
    """What a file of this person's says; nothing where it is not there."""
    if words := misplaced():
        raise ValueError(words)
    path = person_file(name)
    try:
        if not path.is_file() or path.stat().st_size > _LARGEST:
            if path.exists():
                raise ValueError("it is not a regular file, or too large")
            return {}
        value = parse_json(path.read_bytes())
    except FileNotFoundError:
        return {}
    if not isinstance(value, dict):
        raise ValueError("it is not a map of keys")
    return value


@contextlib.contextmanager
def person_file_locked(
    name: str, root: Path | None = None, *, patience: float = _PATIENCE
) -> Iterator[None]:
    """Nobody else changes a file of this person's meanwhile; `TimeoutError` if somebody does."""
    if words := misplaced(root):
        raise OSError(errno.EINVAL, words)
    if lack_of("other_programs"):
        yield
        return
    from filelock import FileLock, Timeout

    path = person_file(name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = FileLock(path.with_name(f"{path.name}.lock"), timeout=patience, mode=0o600)
    try:
        lock.acquire()
    except Timeout as error:
        raise TimeoutError(f"another program holds {lock.lock_file}") from error
    try:
        yield
    finally:
        lock.release()


def person_files(folder: str, ending: str) -> list[str]:
    """The names of this person's files in a folder that end in something."""
    return sorted(path.name for path in person_file(folder).glob(f"*{ending}"))


def remove_person_file(name: str) -> None:
    """Remove a file of this person's, if it is there."""
    person_file(name).unlink(missing_ok=True)


def write_person_file(
    name: str, content: dict[str, Any], *, broken: bool = False, durable: bool = True
) -> None:
    """Write a file of this person's, whole or not at all, for nobody else to read.

    Args:
        name: of the file, which the caller has locked.
        broken: what it said could not be read: it is kept beside it.
        durable: whether it is to survive a power cut.
    """
    path = person_file(name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if broken:
        with contextlib.suppress(OSError):
            path.replace(path.with_name(f"{name}.broken"))
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    temporary.unlink(missing_ok=True)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(f"{json.dumps(content, indent=2)}\n".encode())
            file.flush()
            if durable:
                os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
