"""Which files a run has changed, as Git and the disk say, apart from a person's own changes."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Mapping
from pathlib import Path

_OURS = (".ddd/", "specs/", "CLAUDE.md", ".claude/")
"""What is no code: the lab's own files, the specs, and what Claude Code is told."""
_LARGEST = 20_000_000
"""Bytes of a file beyond which only its size and time are looked at."""


class WorkTree:
    """The files of a project that Git would call changed or new.

    Args:
        root: the project's folder. Without Git there is nothing to tell changes by.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    def present(self) -> dict[str, str]:
        """A mark for every file that differs from the last commit or is new, by path.

        Files that were deleted are there with an empty mark. Without a repository: every file that
        is no design and not hidden.
        """
        paths = self._from_git()
        if paths is None:
            paths = self._from_disk()
        return {path: self._mark(path) for path in sorted(paths) if not path.startswith(_OURS)}

    def changed_since(self, before: Mapping[str, str]) -> tuple[str, ...]:
        """Paths of files that came or changed since an earlier look, and are there."""
        now = self.present()
        return tuple(
            path for path, mark in now.items() if mark and mark != before.get(path, _UNTOUCHED)
        )

    def _from_git(self) -> set[str] | None:
        words = ("git", "status", "--porcelain=v1", "-z", "--untracked-files=all", "--", ".")
        try:
            done = subprocess.run(
                words, cwd=self._root, capture_output=True, check=True, timeout=60
            )
            top = subprocess.run(
                ("git", "rev-parse", "--show-prefix"),
                cwd=self._root,
                capture_output=True,
                check=True,
                timeout=60,
            )
        except (OSError, subprocess.SubprocessError):
            return None
        prefix = top.stdout.decode("utf-8", "surrogateescape").strip("\n")
        found: set[str] = set()
        parts = iter(done.stdout.decode("utf-8", "surrogateescape").split("\0"))
        for part in parts:
            if len(part) > 3:
                found.add(part[3:].removeprefix(prefix))
                if part[0] in "RC":
                    found.add(next(parts, "").removeprefix(prefix))
        return found

    def _from_disk(self) -> set[str]:
        return {
            path.relative_to(self._root).as_posix()
            for path in self._root.rglob("*")
            if path.is_file()
            and not any(part.startswith(".") for part in path.relative_to(self._root).parts)
        }

    def _mark(self, path: str) -> str:
        full = self._root / path
        try:
            status = full.lstat()
            if full.is_symlink() or not full.is_file():
                return ""
            if status.st_size > _LARGEST:
                return f"{status.st_size} {status.st_mtime_ns}"
            return hashlib.sha256(full.read_bytes()).hexdigest()
        except OSError:
            return ""


_UNTOUCHED = "as committed"
