"""Whether anything has happened in a repository, told without asking Git."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

from ddd_lab.files.disk import storage

_TELLING: Final = (
    *("HEAD", "index", "index.lock", "logs/HEAD", "FETCH_HEAD", "packed-refs", "config"),
    *("refs/remotes/origin", "MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD"),
    *("rebase-merge", "rebase-apply"),
)
"""What changes in Git's folder with a commit, a switch, a fetch, a merge, …"""


def repository_mark(root: Path) -> str:
    """A mark that is another one as soon as something has happened in a project's repository.

    A look at a dozen times of files; where there is no repository it is empty.
    """
    folder = git_folder(root)
    if folder is None:
        return ""
    seen = []
    for name in _TELLING:
        status = storage.status(folder, name)
        seen.append((status.st_mtime_ns, status.st_size) if status is not None else None)
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:16]


def git_folder(root: Path) -> Path | None:
    """Where the nearest ``.git`` above says that the repository is, whatever is there."""
    for parent in (root, *root.parents):
        if storage.is_folder(parent, ".git"):
            return parent / ".git"
        if storage.is_file(parent, ".git"):
            text = storage.read(parent, ".git", limit=10_000).decode("utf-8", "surrogateescape")
            return Path(parent, text.removeprefix("gitdir:").strip())
    return None
