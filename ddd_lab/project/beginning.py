"""How a project begins: as a new design, or as a copy of a sample to play with."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path

from ddd_lab.files.disk import storage
from ddd_lab.files.disk.git import Git, GitError
from ddd_lab.files.edit.kits import EMPTY, samples
from ddd_lab.files.edit.new_design import IGNORED, IGNORED_FILE
from ddd_lab.implementation.trust_new_design import begin_design
from ddd_lab.project.project import Project
from ddd_lab.spec.no_such import no_such

_NOBODY = (("user.name", "DDD Lab"), ("user.email", "sample@ddd-lab.example"))
"""Who commits in a copy of a sample where Git does not know who is there."""


def new(
    path: str | Path, name: str = "", kit: str = EMPTY, stack: str = "", *, git: bool = True
) -> Project:
    """Begin a design in a folder, and open it (see :func:`ddd_lab.new`)."""
    return Project(begin_design(path, name, kit, stack, git=git))


def sample(name: str = "", path: str | Path | None = None) -> Project | list[str]:
    """Copy a sample and open the copy (see :func:`ddd_lab.sample`)."""
    if not name:
        return list(samples())
    if name not in samples():
        raise no_such("sample", name, samples())
    folder = Path(tempfile.mkdtemp()) / name if path is None else path
    root = begin_design(folder, kit=name, git=False)
    if not storage.is_file(root, IGNORED_FILE):
        storage.write(root, IGNORED_FILE, IGNORED)
    with contextlib.suppress(GitError):  # it can be played with all the same
        _commit(Git(root))
    title = samples()[name].title.partition(" (")[0]
    print(f"{title} is copied to {folder}: change what you like.")  # noqa: T201 - a temporary folder is found by it
    return Project(root)


def _commit(git: Git) -> None:
    git.ask("init", "--quiet")
    try:
        git.ask("config", "user.email")
    except GitError:
        for name, value in _NOBODY:
            git.ask("config", name, value)
    git.ask("add", ".")
    git.ask("-c", "commit.gpgsign=false", "commit", "--quiet", "--message", "Start")
