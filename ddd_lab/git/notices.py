"""The states of a repository that people should know of, each with what to do about it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from ddd_lab.files.disk import storage
from ddd_lab.files.disk.git import Git, GitError
from ddd_lab.git.refusals import AUTHOR, FOREIGN, LOCKED, UNWRITABLE

NoticeId = Literal[
    "no_git",
    "no_repository",
    "bare",
    "other_owner",
    "refused",
    "no_commits",
    "detached",
    "merge",
    "rebase",
    "cherry_pick",
    "revert",
    "bisect",
    "conflicts",
    "no_author",
    "no_upstream",
    "no_remote",
    "locked",
    "read_only",
    "submodule",
    "worktree",
    "unsaved",
]


@dataclass(frozen=True, slots=True)
class Notice:
    """A state of a repository in words.

    Attributes:
        id: which it is.
        text: what it is, and what to do.
    """

    id: NoticeId
    text: str


class NoRepositoryError(GitError):
    """There is no repository to work with; `notice` says why."""

    def __init__(self, notice: Notice) -> None:
        super().__init__(notice.text)
        self.notice = notice


_IN_PROGRESS: Final[tuple[tuple[str, NoticeId, str], ...]] = (
    (
        "MERGE_HEAD",
        "merge",
        "A merge is in progress. Settle what conflicts, stage it and commit; or abort the merge",
    ),
    (
        "rebase-merge",
        "rebase",
        "A rebase is in progress. Go on in a terminal (git rebase --continue), or abort it",
    ),
    (
        "rebase-apply",
        "rebase",
        "A rebase is in progress. Go on in a terminal (git rebase --continue), or abort it",
    ),
    (
        "CHERRY_PICK_HEAD",
        "cherry_pick",
        "A cherry-pick is in progress. Go on (git cherry-pick --continue), or abort it",
    ),
    (
        "REVERT_HEAD",
        "revert",
        "A revert is in progress. Go on in a terminal (git revert --continue), or abort it",
    ),
    (
        "BISECT_LOG",
        "bisect",
        "A bisection is in progress. End it in a terminal before you commit: git bisect reset",
    ),
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a project lies in its repository.

    Attributes:
        top: the repository's folder.
        prefix: the project's path from there, with a slash at its end unless empty.
        folder: in which Git keeps what belongs to this work tree.
        notices: what is special about it.
    """

    top: Path
    prefix: str
    folder: Path
    notices: tuple[Notice, ...]


def find_place(git: Git, root: Path) -> Place:
    """Where a project lies.

    Raises:
        NoRepositoryError: in no repository that Git can work in.
    """
    try:
        answer = git.text("rev-parse", "--is-bare-repository", "--is-inside-work-tree")
    except GitError as error:
        raise NoRepositoryError(_why_not(error, root)) from error
    bare, inside = answer.split()
    if inside != "true":
        what = "a bare repository, which has no files to edit" if bare == "true" else "Git's folder"
        text = f"This design lies in {what}. Clone it, and open the design in the clone"
        raise NoRepositoryError(Notice("bare", text))
    words = ("--absolute-git-dir", "--git-common-dir", "--show-prefix")
    paths = git.text("rev-parse", "--show-toplevel", *words).split("\n")
    top, folder, common, prefix = paths[:4]
    notices = []
    if Path(root, common).resolve() != Path(folder).resolve():
        text = f"This is a work tree of the repository in {Path(root, common).resolve().parent}"
        notices.append(Notice("worktree", text))
    elif "/.git/modules/" in folder:
        outer = folder.partition("/.git/modules/")[0]
        text = (
            f"This is a submodule of {outer}. After a commit here, "
            "commit there too, so that it leads to the new state"
        )
        notices.append(Notice("submodule", text))
    return Place(Path(top), prefix, Path(folder), tuple(notices))


def in_progress(place: Place) -> list[Notice]:
    """What was begun in a repository and not ended, and whether it is locked."""
    notices: dict[NoticeId, Notice] = {}
    for name, id, text in _IN_PROGRESS:
        if storage.status(place.folder, name) is not None:
            notices.setdefault(id, Notice(id, text))
    if storage.status(place.folder, "index.lock") is not None:
        notices["locked"] = Notice("locked", LOCKED)
    if not os.access(place.folder, os.W_OK):
        notices["read_only"] = Notice("read_only", UNWRITABLE)
    return list(notices.values())


def author_missing(git: Git) -> list[Notice]:
    """A notice where Git does not know who commits."""
    try:
        git.text("-c", "user.useConfigOnly=true", "var", "GIT_AUTHOR_IDENT")
    except GitError:
        return [Notice("no_author", AUTHOR)]
    return []


def _why_not(error: GitError, root: Path) -> Notice:
    words = str(error)
    if "was not found in any" in words or "cannot be run" in words:
        return Notice("no_git", f"Git is not here ({words}). Install it, and start Jupyter anew")
    if "not a git repository" in words:
        return Notice(
            "no_repository",
            "This design lies in no Git repository yet. Start one in its folder to keep "
            "its history",
        )
    if "dubious ownership" in words:
        return Notice(
            "other_owner",
            f"{FOREIGN} {root}",
        )
    return Notice("refused", words)
