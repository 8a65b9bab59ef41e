"""The key that tests give to the models' servers is searched for in all that a whole run leaves."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

PLANTED: Final = "-".join(("sk", "planted", "0123456789abcdef"))
"""A key as tests put it into the environment; nothing may write it anywhere.

It does not stand here in one piece: some tests copy this file.
"""
_PIECE = 1 << 20
# A file that claims to be gigabytes long is a hole, in which nothing stands.
_TO_DATA: Final = getattr(os, "SEEK_DATA", os.SEEK_SET)


def files_with_the_key(folder: Path) -> list[Path]:
    """The files below a folder in which the planted key stands."""
    return [path for path in sorted(folder.rglob("*")) if _is_file(path) and _has_the_key(path)]


def _is_file(path: Path) -> bool:
    try:
        return path.is_file() and not path.is_symlink()
    except OSError:
        return False


def _has_the_key(path: Path) -> bool:
    key, end = PLANTED.encode(), b""
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                if key in end + piece:
                    return True
                end = piece[-len(key) :]
                file.seek(file.tell(), _TO_DATA)
    except OSError:  # nothing but a hole follows, or a test made it unreadable
        pass
    return False
