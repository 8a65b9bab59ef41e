"""The files of a project on disk: fingerprints are taken again only when a file changes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from ddd_lab.files.disk.glances import Glances
from ddd_lab.files.disk.paths import is_design_file
from ddd_lab.implementation.fingerprints import digests, stream_digests


class _Fingerprint(NamedTuple):
    mark: tuple[int, ...]
    digests: tuple[str, ...]
    is_whole: bool
    """Whether these are all forms, not only the one that was asked for."""


class CodeFiles:
    """Files of a project, specs and code, as they are on disk.

    Args:
        root: the project's folder. Files outside of it count as missing.
    """

    def __init__(self, root: Path) -> None:
        self._glances = Glances(root)
        self._fingerprints: dict[str, _Fingerprint] = {}

    def look_again(self) -> None:
        """Before a round of questions: folders may have become links to elsewhere."""
        self._glances.again()

    def digests(self, path: str, recorded: str = "") -> tuple[str, ...]:
        """The fingerprints of a file; nothing where there is none, or it cannot be read.

        Args:
            path: of the file, relative to the project.
            recorded: a fingerprint; where the file has it as it is, no other form is worked out.
        """
        known = self._fingerprints.get(path)
        try:
            if known is not None:
                is_enough = known.is_whole or recorded in known.digests
                if is_enough and known.mark == _mark(self._glances.status(path)):
                    return known.digests
            known = self._fingerprints[path] = self._taken(path, recorded)
        except (OSError, ValueError):
            self._fingerprints.pop(path, None)
            return ()
        return known.digests

    def _taken(self, path: str, recorded: str) -> _Fingerprint:
        code = not is_design_file(path)
        small = self._glances.small(path)
        if small is None:
            mark = _mark(self._glances.status(path))
            with self._glances.opened(path) as file:
                return _Fingerprint(mark, stream_digests(file, code=code), is_whole=True)
        status, raw = small
        forms = digests(raw, code=code, recorded=recorded)
        return _Fingerprint(_mark(status), forms, is_whole=recorded not in forms)

    def read(self, path: str) -> bytes | None:
        """The bytes of a file; None where there is none, or it cannot be read."""
        try:
            return self._glances.read(path)
        except (OSError, ValueError):
            return None


def _mark(status: os.stat_result) -> tuple[int, ...]:
    return (status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
