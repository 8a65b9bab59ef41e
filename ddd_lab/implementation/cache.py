"""Copies of specs as they were when they were implemented, so that changes can be told later.

They lie in ``.ddd/cache`` and are meant to be committed with the mapping that names them. Where a
copy is missing, Git may still have the version.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from ddd_lab.files.disk import storage
from ddd_lab.files.disk.paths import flow_key, schema_of

if TYPE_CHECKING:
    from ddd_lab.files.workspace.snapshot import EarlierVersions
    from ddd_lab.implementation.code_files import CodeFiles

from ddd_lab.implementation.file_names import file_name
from ddd_lab.implementation.fingerprints import digests, matches

_FLOWS = ".ddd/cache/specs-at-implementation"
_SCHEMAS = ".ddd/cache/schemas-at-migration"


def cache_path(spec: str) -> str:
    """Where the copy of a spec lies, relative to the project; empty for what has none."""
    if key := flow_key(spec):
        return f"{_FLOWS}/{file_name(key)}"
    if schema_of(spec):
        return f"{_SCHEMAS}/{Path(spec).name}"
    return ""


def keep_spec(root: Path, spec: str, raw: bytes) -> str:
    """Keep a copy of a spec as it is implemented; returns its path."""
    path = cache_path(spec)
    storage.write(root, path, raw)
    return path


class KeptSpecs:
    """The specs of a project as they were when they were implemented."""

    def __init__(self, root: Path, files: CodeFiles) -> None:
        self._root = root
        self._files = files

    @cached_property
    def _in_git(self) -> EarlierVersions:
        from ddd_lab.files.workspace.snapshot import EarlierVersions

        return EarlierVersions(self._root)

    def version(self, spec: str, recorded: str) -> bytes | None:
        """The version of a spec with a recorded fingerprint; None where nobody kept it.

        A copy that has another fingerprint is not believed. A spec that was renamed since has its
        copy under the former name.
        """
        own = cache_path(spec)
        for raw in itertools.chain(self._copies(own), self._in_git.of(spec)):
            if matches(recorded, digests(raw)):
                return raw
        return None

    def _copies(self, own: str) -> Iterator[bytes]:
        if not own:
            return
        yield from self._copy(own)
        # All others are looked at only if need be: there may be thousands for thousands of specs.
        folder = PurePosixPath(own).parent.as_posix()
        try:
            names = storage.names(self._root, folder)
        except OSError:
            return
        for name in names:
            if (path := f"{folder}/{name}") != own:
                yield from self._copy(path)

    def _copy(self, path: str) -> Iterator[bytes]:
        raw = self._files.read(path)
        if raw is not None:
            yield raw
