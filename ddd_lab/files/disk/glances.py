"""Looks at the files of a project by the thousand."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final, cast

from ddd_lab.files.disk.storage import NOT_REGULAR, locate, opened, read, regular_file

_SMALL: Final = 1 << 16
"""Bytes up to which a file is read in one piece."""


class Glances:
    """Looks at the files of a project by the thousand: each folder is checked once in a round."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._base = os.path.realpath(root)
        self.again()

    def again(self) -> None:
        """Begin a round: folders may have become links to elsewhere."""
        self._plain = {"": True}
        self._files: dict[str, frozenset[str]] = {}

    def status(self, relative: str) -> os.stat_result:
        """What the system knows of a file."""
        status = self._own(relative)
        if status is None:
            status = locate(self._root, relative).stat()
            if not stat.S_ISREG(status.st_mode):
                raise OSError(errno.EINVAL, NOT_REGULAR, relative)
        return status

    def read(self, relative: str) -> bytes:
        """The bytes of a file."""
        found = self.small(relative)
        return read(self._root, relative) if found is None else found[1]

    @contextlib.contextmanager
    def opened(self, relative: str) -> Iterator[BinaryIO]:
        """A file, opened for reading piece by piece."""
        if self._own(relative) is None:
            with opened(self._root, relative, limit=None) as linked:
                yield linked
            return
        descriptor, _ = regular_file(f"{self._base}/{relative}")
        with os.fdopen(descriptor, "rb", buffering=0) as file:
            yield cast(BinaryIO, file)

    def small(self, relative: str) -> tuple[os.stat_result, bytes] | None:
        """A small file at once: what the system knows of it, and its bytes.

        Returns:
            None where it is large, changes just now, or is no regular file of its own.
        """
        folder, _, name = relative.rpartition("/")
        if name not in self._regular_files(folder):
            return None
        try:
            descriptor, status = regular_file(f"{self._base}/{relative}")
        except OSError:
            return None
        try:
            size = status.st_size
            content = os.read(descriptor, size + 1) if size <= _SMALL else b""
        finally:
            os.close(descriptor)
        return (status, content) if len(content) == size else None

    def _regular_files(self, folder: str) -> frozenset[str]:
        """The names of the regular files in a folder to which no link leads."""
        names = self._files.get(folder)
        if names is None:
            names = frozenset()
            if self._is_plain(folder):
                with os.scandir(f"{self._base}/{folder}") as entries:
                    names = frozenset(
                        entry.name for entry in entries if entry.is_file(follow_symlinks=False)
                    )
            self._files[folder] = names
        return names

    def _own(self, relative: str) -> os.stat_result | None:
        """The status of a regular file to which no link leads, on the way or in the end."""
        status = os.lstat(f"{self._base}/{relative}")
        plain = self._is_plain(relative.rpartition("/")[0])
        return status if plain and stat.S_ISREG(status.st_mode) else None

    def _is_plain(self, folder: str) -> bool:
        plain = self._plain.get(folder)
        if plain is None:
            above, _, name = folder.rpartition("/")
            plain = self._plain[folder] = (
                name not in ("", ".", "..")
                and self._is_plain(above)
                and stat.S_ISDIR(os.lstat(f"{self._base}/{folder}").st_mode)
            )
        return plain
