"""Discarding changes that are not committed, so that they can be had back.

What is discarded is kept by Git itself, as contents that belong to no commit: Git removes those
after some weeks. So nothing of ours has to lie in the project.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ddd_lab.files.disk import locks, recovery, storage
from ddd_lab.files.disk.git import Git, GitError
from ddd_lab.git.acting import act, act_on
from ddd_lab.git.spec_paths import require_specs
from ddd_lab.git.status import GitStatus, read_status

PATIENCE = 10.0
"""Seconds that discarding waits for a save of another program."""


@dataclass(frozen=True, slots=True)
class Discarded:
    """A file whose changes were discarded, with what it takes to have them back.

    Attributes:
        path: relative to the project.
        hash: of what it said, by which Git gives it; empty where it had been removed.
        left: digest of what it says since; empty where it is gone.
    """

    path: str
    hash: str
    left: str


def discardable(status: GitStatus, paths: Sequence[str]) -> dict[str, bool]:
    """The files of some paths that can be discarded, each with whether Git does not know it.

    Raises:
        GitError: one of them has no changes to discard.
    """
    # Of a file that is only marked to be added, Git has an empty version.
    is_new = {file.path: file.state == "added" for file in (*status.untracked, *status.changed)}
    for path in paths:
        if path in is_new:
            continue
        if path in {file.path for file in status.conflicts}:
            raise GitError(f"{path} is in conflict: resolve it, or abort the merge")
        if path in {file.path for file in status.staged}:
            raise GitError(f"{path} is staged: unstage it first")
        raise GitError(f"{path} has no changes to discard")
    return {path: is_new[path] for path in dict.fromkeys(paths)}


def discard(root: Path, paths: Sequence[str]) -> list[Discarded]:
    """Let files say again what is staged or committed; those that Git does not know are removed.

    Returns:
        What was discarded, for `put_back`.

    Raises:
        GitError: one of them has no changes to discard, or Git refuses.
    """
    chosen = discardable(read_status(root), paths)
    with locks.locked(root, recovery.LOCK, timeout=PATIENCE):
        hashes = {path: keep(root, path) for path in chosen}
        if tracked := [path for path, is_new in chosen.items() if not is_new]:
            act_on(root, tracked, "restore", "--worktree")
        for path, is_new in chosen.items():
            if is_new:
                storage.remove(root, path)
        return [Discarded(path, hash, digest(root, path)) for path, hash in hashes.items()]


def put_back(root: Path, discarded: Sequence[Discarded]) -> list[str]:
    """Let files say again what they said before it was discarded.

    Returns:
        The paths.

    Raises:
        GitError: one of them was changed since, or Git has it no more; nothing is written then.
    """
    require_specs(one.path for one in discarded)
    contents = Git(root).contents(one.hash for one in discarded if one.hash)
    with locks.locked(root, recovery.LOCK, timeout=PATIENCE):
        for one in discarded:
            if digest(root, one.path) != one.left:
                raise GitError(f"{one.path} was changed since, so it is not overwritten")
            if one.hash and one.hash not in contents:
                raise GitError(f"Git no longer has what {one.path} said")
        for one in discarded:
            if one.hash:
                storage.write(root, one.path, contents[one.hash])
            else:
                storage.remove(root, one.path)
    return [one.path for one in discarded]


def keep(root: Path, path: str) -> str:
    """Have Git keep what a file says; returns the hash, nothing for a file that is not there."""
    raw = _bytes(root, path)
    if raw is None:
        return ""
    return act(root, "hash-object", "-w", "--no-filters", "--stdin", stdin=raw).strip()


def digest(root: Path, path: str) -> str:
    """Of what a file says; empty where there is none."""
    raw = _bytes(root, path)
    return "" if raw is None else hashlib.sha256(raw).hexdigest()


def _bytes(root: Path, path: str) -> bytes | None:
    try:
        return storage.read(root, path)
    except (FileNotFoundError, NotADirectoryError):
        return None
