"""Which files a run has changed, as Git and the disk say, apart from a person's own changes."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from ddd_lab.files.disk import storage
from ddd_lab.files.disk.git import Git, GitError

_OURS = (".ddd/", "specs/", "CLAUDE.md", ".claude/")
"""What is no code: the lab's own files, the specs, and what Claude Code is told."""
_MADE = frozenset(
    (
        *("__pycache__", "node_modules", ".venv", ".tox", ".nox", ".nyc_output", "htmlcov"),
        *(".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis", ".coverage"),
    )
)
"""What tools make as they run; no code, also where Git is not told so."""
_COMPILED = (".pyc", ".pyo")
_COMMIT = re.compile("[0-9a-f]{40,64}")
_ENVIRONMENT = "pyvenv.cfg"
"""Lies in every virtual environment, whatever that is called."""
_LARGEST = 20_000_000
"""Bytes of a file beyond which only its size and time are looked at."""


class WorkTree:
    """The files of a project that Git would call changed or new.

    Args:
        root: the project's folder. Without Git there is nothing to tell changes by.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._git = Git(root)

    def present(self) -> dict[str, str]:
        """A mark for every file that differs from the last commit or is new, by path.

        Files that were deleted are there with an empty mark. Without a repository: every file that
        is not a design and not hidden. What tools make as they run is left out.
        """
        paths = self._from_git()
        return self._marks(self._from_disk() if paths is None else paths)

    def commit(self) -> str:
        """What is committed now, by the name that Git has for it; empty without Git."""
        head = self._git_output("rev-parse", "--verify", "--quiet", "HEAD")
        # Before the first commit it is as good as an empty folder.
        return (head or self._git_output("hash-object", "-t", "tree", "--stdin") or "").strip()

    def changed_since(self, before: Mapping[str, str], commit: str = "") -> tuple[str, ...]:
        """Paths of files that came or changed since an earlier look, and are there.

        Args:
            commit: what was committed then; without it, nothing is known of what was committed
                since.
        """
        marks = self.present()
        if _COMMIT.fullmatch(commit):
            # Without a repository, or if the commit is gone, Git refuses: then the look is all.
            # Two trees are compared: a comparison with the disk would write the index anew.
            words = ("diff-tree", "-r", "-z", "--name-only", "--no-renames", "--relative")
            paths = set((self._git_output(*words, commit, "HEAD", "--") or "").split("\0")) - {""}
            marks |= self._marks(paths - marks.keys())
        return tuple(
            path
            for path, mark in sorted(marks.items())
            if mark and mark != before.get(path, _UNTOUCHED)
        )

    def _marks(self, paths: Iterable[str]) -> dict[str, str]:
        return {path: self._mark(path) for path in sorted(_without_made(set(paths)))}

    def _from_git(self) -> set[str] | None:
        kinds = ("--untracked-files=all", "--ignore-submodules=all")
        status = self._git_output("status", "--porcelain=v1", "-z", *kinds, "--", ".")
        prefix = self._git_output("rev-parse", "--show-prefix")
        if status is None or prefix is None:
            return None
        prefix = prefix.removesuffix("\n")
        paths: set[str] = set()
        parts = iter(status.split("\0"))
        for part in parts:
            if len(part) > 3:
                paths.add(part[3:].removeprefix(prefix))
                if part[0] in "RC":
                    paths.add(next(parts, "").removeprefix(prefix))
        return paths

    def _git_output(self, *words: str) -> str | None:
        """What Git says; None where it is not there, or refuses."""
        try:
            return self._git.text(*words)
        except GitError:
            return None

    def _from_disk(self) -> Iterator[str]:
        left = [""]
        while left:
            folder = left.pop()
            try:
                entries = storage.entries(self._root, folder or ".")
            except OSError:
                continue
            if folder and _ENVIRONMENT in entries:
                continue
            for name, status in entries.items():
                path = f"{folder}/{name}" if folder else name
                if name.startswith(".") or name in _MADE:
                    continue
                if stat.S_ISDIR(status.st_mode):
                    left.append(path)
                elif stat.S_ISREG(status.st_mode):
                    yield path

    def _mark(self, path: str) -> str:
        try:
            full = storage.locate(self._root, path)
            if full != Path(os.path.realpath(self._root), path):  # a link leads there
                return ""
            status = storage.status(self._root, path)
            if status is None or not stat.S_ISREG(status.st_mode):
                return ""
            if status.st_size > _LARGEST:
                return f"{status.st_size} {status.st_mtime_ns}"
            return hashlib.sha256(storage.read(self._root, path)).hexdigest()
        except OSError:
            return ""


def _without_made(paths: set[str]) -> Iterator[str]:
    """The paths that may be a person's code."""
    environments = tuple(
        path.removesuffix(_ENVIRONMENT) for path in paths if path.endswith(f"/{_ENVIRONMENT}")
    )
    for path in paths:
        generated = not _MADE.isdisjoint(path.split("/")) or path.endswith(_COMPILED)
        if not generated and not path.startswith((*_OURS, *environments)):
            yield path


_UNTOUCHED = "as committed"
