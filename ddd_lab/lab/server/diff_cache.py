"""Two versions of a project's design, compared; what was asked for last is remembered."""

from __future__ import annotations

import threading
from collections import OrderedDict
from pathlib import Path
from typing import TypeVar

from ddd_lab.files.disk.git import Git, GitError
from ddd_lab.files.workspace.snapshot import (
    STAGED,
    compare_snapshots,
    folder_snapshot,
    revision_snapshot,
)
from ddd_lab.files.workspace.versions import THE_FILES, DesignVersion
from ddd_lab.maps.board_diff import BoardDiff, board_diff

Key = TypeVar("Key")
Value = TypeVar("Value")

_MOST = 4
"""Versions, and comparisons of them, that are kept of a project."""


class DesignDiffs:
    """The comparisons of one project."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._lock = threading.Lock()
        self._versions: OrderedDict[str, DesignVersion] = OrderedDict()
        self._diffs: OrderedDict[tuple[DesignVersion, DesignVersion, str], BoardDiff] = (
            OrderedDict()
        )

    def at(self, at: str, old: str, new: str) -> BoardDiff:
        """What differs at a place between two versions: revisions, or "" for the files.

        Raises:
            RevisionError: there is no such revision, or no Git.
            KeyError: there is no such place in either version.
        """
        with self._lock:
            before, after = self._version(old), self._version(new)
            key = (before, after, at)
            if key not in self._diffs:
                files = compare_snapshots(before.snapshot, after.snapshot)
                self._diffs[key] = board_diff(before.design, after.design, at, files)
            return _newest(self._diffs, key)

    def _version(self, revision: str) -> DesignVersion:
        key = self._commit(revision) if revision else THE_FILES
        known = self._versions.get(key)
        if known is not None and revision not in ("", STAGED):  # a commit stays as it is
            return _newest(self._versions, key)
        snapshot = revision_snapshot(self._root, key) if revision else folder_snapshot(self._root)
        if known is None or known.snapshot != snapshot:
            like = known or next(reversed(self._versions.values()), None)
            self._versions[key] = DesignVersion(key, snapshot, like)
        return _newest(self._versions, key)

    def _commit(self, revision: str) -> str:
        try:
            return Git(self._root).commit(revision)
        except GitError:
            return revision  # which is said when it is read


def _newest(cache: OrderedDict[Key, Value], key: Key) -> Value:
    """What is kept under a key, which is the newest now; the oldest goes."""
    cache.move_to_end(key)
    while len(cache) > _MOST:
        cache.popitem(last=False)
    return cache[key]
