"""The one door to a project's folder: every file of it is read and written here.

Whoever made the folder may have put anything into it: links that lead elsewhere, pipes that never
answer, files that never end. So every path is checked before it is opened:

- Below ``.ddd`` no link is followed. Elsewhere a link is followed if it stays inside the project.
- Only regular files are opened: a pipe, a device or a socket would keep us waiting.
- A file larger than a limit is refused before it is read.

Paths are relative to the project, with forward slashes. What is refused raises an ``OSError`` whose
``strerror`` says why, or :class:`UnsafePathError`, which is one too.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from threading import get_ident
from typing import Any, BinaryIO, Final

OWN: Final = ".ddd"
"""The folder of a project in which the lab keeps what it knows of it."""
LARGEST: Final = 20_000_000
"""Bytes of a file beyond which it is not read, unless a caller says otherwise."""
TEMPORARY = ".ddd-tmp"
_READING = (
    os.O_RDONLY
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
GONE = "the project's folder is gone: put it back, or open it where it lies now"
NOT_REGULAR = "it is not a regular file: replace it by one, or remove it"


class UnsafePathError(OSError, ValueError):
    """A path that leads outside the project, or through a link where none is followed."""

    def __init__(self, reason: str) -> None:
        super().__init__(errno.EPERM, reason)

    def __str__(self) -> str:
        return str(self.strerror)


class ChangedOnDiskError(OSError):
    """A file is no longer what it was when it was last looked at, so it is not written."""

    def __init__(self, relative: str) -> None:
        super().__init__(errno.EAGAIN, "it was changed by another program meanwhile", relative)


class Unchecked:
    """Says that a file is written whatever it contains now; the only value is UNCHECKED."""


UNCHECKED: Final = Unchecked()


def locate(root: Path, relative: str) -> Path:
    """The absolute path of a file or folder of the project, which need not exist.

    Raises `UnsafePathError` where it leads outside the project, or through a link below ``.ddd``.
    """
    base = os.path.realpath(root)
    steps = list(Path(os.path.normpath(relative)).parts)
    if "\0" in relative or ".." in steps or os.path.isabs(relative):  # noqa: PTH117 - a text still
        raise UnsafePathError(f"{relative!r} leads outside the project {base}")
    full = os.path.join(base, *steps)  # noqa: PTH118 - a text still
    if steps[:1] == [OWN]:
        path = base
        for step in steps:
            path = f"{path}{os.sep}{step}"
            if os.path.islink(path):  # noqa: PTH114 - a text still
                shown = os.path.relpath(path, base)
                raise UnsafePathError(
                    f"{shown} is a link. Links below {OWN} are not followed: remove it, or put a "
                    "real file or folder in its place"
                )
        return Path(full)
    target = os.path.realpath(full)
    if target != base and not target.startswith(base.rstrip(os.sep) + os.sep):
        raise UnsafePathError(
            f"{relative!r} leads outside the project {base}; put the file or folder itself in "
            "place of the link"
        )
    return Path(target)


def status(root: Path, relative: str) -> os.stat_result | None:
    """What the system knows of a file or folder; None where there is none, or none to be used."""
    try:
        return locate(root, relative).stat()
    except (OSError, ValueError):
        return None


def is_file(root: Path, relative: str) -> bool:
    """Whether a regular file is there."""
    stats = status(root, relative)
    return stats is not None and stat.S_ISREG(stats.st_mode)


def is_folder(root: Path, relative: str) -> bool:
    """Whether a folder is there."""
    stats = status(root, relative)
    return stats is not None and stat.S_ISDIR(stats.st_mode)


@contextlib.contextmanager
def opened(root: Path, relative: str, *, limit: int | None = LARGEST) -> Iterator[BinaryIO]:
    """A file of the project, opened for reading; one with more bytes than the limit is refused."""
    # All links are followed by locate: one that is there after that was put there meanwhile.
    with os.fdopen(regular_file(os.fspath(locate(root, relative)))[0], "rb") as file:
        size = os.fstat(file.fileno()).st_size
        if limit is not None and size > limit:
            raise _refused(
                errno.EFBIG, f"it has {size:,} bytes, more than the {limit:,} that are read", file
            )
        yield file


def read(root: Path, relative: str, *, limit: int = LARGEST) -> bytes:
    """The bytes of a file of the project; one with more bytes than the limit is refused."""
    with opened(root, relative, limit=limit) as file:
        size = min(os.fstat(file.fileno()).st_size, limit)
        content = file.read(size + 1)  # asking for as much as there may be takes long
        if len(content) > size:  # it grew meanwhile
            content += file.read(limit + 1 - len(content))
        if len(content) > limit:
            raise _refused(errno.EFBIG, f"it has more than the {limit:,} bytes that are read", file)
        return content


def names(root: Path, relative: str) -> list[str]:
    """The names of what lies in a folder, in order; none where there is no such folder."""
    try:
        return sorted(os.listdir(locate(root, relative)))  # noqa: PTH208 - names only
    except (FileNotFoundError, NotADirectoryError):
        return []


def entries(root: Path, relative: str) -> dict[str, os.stat_result]:
    """What a folder holds, by name and in order: links as links; nothing for no folder."""
    by_name: dict[str, os.stat_result] = {}
    try:
        with os.scandir(locate(root, relative)) as listing:
            for entry in listing:
                with contextlib.suppress(FileNotFoundError):  # gone meanwhile
                    by_name[entry.name] = entry.stat(follow_symlinks=False)
    except (FileNotFoundError, NotADirectoryError):
        return {}
    return dict(sorted(by_name.items()))


def write(
    root: Path,
    relative: str,
    content: bytes,
    *,
    like: str = "",
    expected: bytes | Unchecked | None = UNCHECKED,
    durable: bool = True,
) -> None:
    """Write a file whole or not at all: beside it first, then renamed over it.

    Missing folders are made, and a link inside the project stays a link. A new file gets the
    permissions of the file ``like``. Unless the bytes ``expected`` (None: no file) are still there
    directly before the rename, `ChangedOnDiskError` is raised and the old file is untouched.
    What can be made again at any time need not be ``durable``: a power cut may lose it.
    """
    target = locate(root, relative)
    _make(target.parent, root)
    model = _permissions(root, relative) or (_permissions(root, like) if like else None)
    temporary = target.with_name(f".{target.name}.{os.getpid()}-{get_ident()}{TEMPORARY}")
    if len(os.fsencode(temporary.name)) > 255:
        temporary = target.with_name(f".{os.getpid()}.{os.getpid()}-{get_ident()}{TEMPORARY}")
    with contextlib.suppress(FileNotFoundError):
        temporary.unlink()
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK, 0o666)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            if durable:
                os.fsync(file.fileno())
        if model is not None:
            temporary.chmod(model)
        _expect(root, relative, expected)
        temporary.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    if durable:
        _sync_folder(target.parent)


def append(root: Path, relative: str, line: bytes) -> None:
    """Append a line to a file; one that was cut off before it is ended first."""
    path = locate(root, relative)
    _make(path.parent, root)
    flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_NONBLOCK", 0) | _NO_LINK
    with os.fdopen(os.open(path, flags, 0o644), "r+b", buffering=0) as file:
        stats = os.fstat(file.fileno())
        if not stat.S_ISREG(stats.st_mode):
            raise _refused(errno.EINVAL, NOT_REGULAR, file)
        whole = True
        if stats.st_size:
            file.seek(stats.st_size - 1)
            whole = file.read(1) == b"\n"
        rest = (b"" if whole else b"\n") + line.rstrip(b"\n") + b"\n"
        while rest:  # a disk that is nearly full takes a part, and says so at the next one only
            rest = rest[file.write(rest) :]


def remove(root: Path, relative: str, *, expected: bytes | Unchecked | None = UNCHECKED) -> None:
    """Remove a file, if it exists and has the bytes ``expected``, else `ChangedOnDiskError`.

    A link is removed itself, not what it leads to.
    """
    folder, _, name = relative.rpartition("/")
    _expect(root, relative, expected)
    with contextlib.suppress(FileNotFoundError):
        (locate(root, folder) / name).unlink()


def rename(root: Path, relative: str, to: str) -> None:
    """Give a file of the project another path in the same folder."""
    source = locate(root, relative)
    source.replace(locate(root, to))
    _sync_folder(source.parent)


def remove_folder(root: Path, relative: str) -> None:
    """Remove a folder that is empty."""
    locate(root, relative).rmdir()


def make_folder(root: Path, relative: str) -> Path:
    """Make a folder with those above it, if it is not there; returns its absolute path."""
    path = locate(root, relative)
    _make(path, root)
    return path


def _make(folder: Path, root: Path) -> None:
    """Make a folder of the project, but not the project's own: that was moved or removed."""
    if not root.is_dir():
        raise OSError(errno.ENOENT, GONE, str(root))
    folder.mkdir(parents=True, exist_ok=True)


def regular_file(path: str) -> tuple[int, os.stat_result]:
    """Open a regular file for reading, without following a link; returns descriptor and status."""
    descriptor = os.open(path, _READING | _NO_LINK)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, NOT_REGULAR, path)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor, status


def _refused(number: int, reason: str, file: Any) -> OSError:
    return OSError(number, reason, str(file.name))


def _expect(root: Path, relative: str, expected: bytes | Unchecked | None) -> None:
    if isinstance(expected, Unchecked):
        return
    try:
        present: bytes | None = read(root, relative)
    except FileNotFoundError:
        present = None
    if present != expected:
        raise ChangedOnDiskError(relative)


def _permissions(root: Path, relative: str) -> int | None:
    stats = status(root, relative)
    return stat.S_IMODE(stats.st_mode) if stats is not None else None


def _sync_folder(folder: Path) -> None:
    """Make the rename itself durable, where the system lets a folder be synchronised."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
