"""Finding files of a project by a pattern, through the storage."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath
from typing import Final

from ddd_lab.files.disk import storage

_DEEP: Final = 50
"""Folders in one another beyond which nobody looks."""
_SKIPPED: Final = frozenset((".git", "node_modules", "__pycache__"))
"""Folders that ``**`` does not enter: large, and nothing in them is a person's."""


def matching(root: Path, pattern: str) -> list[str]:
    """The regular files of a project whose paths match a pattern, in order.

    ``*``, ``?`` and ``[…]`` stay within a name; ``**`` is any number of folders, but not links.
    """
    steps = PurePosixPath(pattern).parts
    if pattern.startswith("/") or ".." in steps:
        return []
    return sorted(set(_found(root, "", steps, _DEEP)))


def _found(root: Path, folder: str, steps: tuple[str, ...], deep: int) -> Iterator[str]:
    if not steps or not deep:
        return
    step, *rest = steps
    if step == "**":
        yield from _found(root, folder, tuple(rest), deep)
    try:
        entries = storage.entries(root, folder or ".")
    except OSError:
        return
    for name, status in entries.items():
        path = f"{folder}/{name}" if folder else name
        if step == "**":
            if stat.S_ISDIR(status.st_mode) and name not in _SKIPPED:
                yield from _found(root, path, steps, deep - 1)
        elif fnmatchcase(name, step):
            if rest:
                if storage.is_folder(root, path):
                    yield from _found(root, path, tuple(rest), deep - 1)
            elif storage.is_file(root, path):
                yield path
