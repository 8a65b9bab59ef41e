"""The states of a repository that people should know of, each with what to do about it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from ddd_lab.files.disk import storage
from ddd_lab.files.disk.git import Git, GitError
from ddd_lab.git.mark import git_folder
from ddd_lab.git.refusals import AUTHOR, FOREIGN, LOCKED, UNWRITABLE, in_words
from ddd_lab.visible import visible

NoticeId = Literal[
    "no_git",
    "no_repository",
    "bare",
    "broken",
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
    "upstream_gone",
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
    """There is no repository to work with; the first of `notices` says why."""

    def __init__(self, *notices: Notice) -> None:
        super().__init__(notices[0].text)
        self.notices = notices


_GO_ON: Final = (
    "A {name} is in progress. Resolve the conflicts and stage the files, then go on in a terminal: "
    "git {name} --continue. Or abort it"
)
_IN_PROGRESS: Final[tuple[tuple[str, NoticeId, str], ...]] = (
    (
        "MERGE_HEAD",
        "merge",
        "A merge is in progress. Resolve the conflicts, stage the files and commit. Or abort it",
    ),
    ("rebase-merge", "rebase", _GO_ON.format(name="rebase")),
    ("rebase-apply", "rebase", _GO_ON.format(name="rebase")),
    ("CHERRY_PICK_HEAD", "cherry_pick", _GO_ON.format(name="cherry-pick")),
    ("REVERT_HEAD", "revert", _GO_ON.format(name="revert")),
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
        raise NoRepositoryError(*_why_not(error, root)) from error
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


def about_branch(
    git: Git, branch: str, commit: str, upstream: str, *, is_gone: bool
) -> Iterator[Notice]:
    """What to know of a branch, and of the remote branch that it follows.

    Args:
        branch: empty with a detached head.
        commit: the last one; empty before the first.
        upstream: the remote branch that is followed; empty if none is.
        is_gone: whether there is no such remote branch.
    """
    if not commit:
        yield Notice("no_commits", "Nothing has been committed yet. Stage, then commit")
    elif not branch:
        text = (
            "No branch is checked out (a detached head): commits made now are easily lost and "
            "cannot be pushed. Make a branch first, in a terminal: git switch -c NAME"
        )
        yield Notice("detached", text)
    if is_gone:
        text = (
            f"{visible(upstream)} is not there: it was removed, or never pushed. So there is "
            "nothing to pull; publish the branch to make it anew"
        )
        yield Notice("upstream_gone", text)
    elif branch and not upstream and not git.text("remote").split():
        text = (
            "There is no remote, so there is nothing to pull or push. Add one in a terminal: "
            "git remote add origin ADDRESS"
        )
        yield Notice("no_remote", text)
    elif branch and not upstream:
        text = (
            f"{visible(branch)} follows no remote branch yet, so there is nothing to pull. "
            "Push publishes it"
        )
        yield Notice("no_upstream", text)


def _why_not(error: GitError, root: Path) -> tuple[Notice, ...]:
    words = in_words(error)
    if "was not found in any" in words or "cannot be run" in words:
        text = f"Git is not here ({words}). Install it, and start Jupyter anew"
        return (Notice("no_git", text),)
    if "not a git repository" in words:
        return tuple(_none_here(root))
    if "dubious ownership" in error.complaint:
        return (Notice("other_owner", f"{FOREIGN} {root}"),)
    return (Notice("refused", words),)


def _none_here(root: Path) -> Iterator[Notice]:
    """There is no repository, or what Git does not take for one."""
    folder = git_folder(root)
    anew = "clone the repository anew and copy the design into the clone"
    if folder is not None and _has_begun(folder):
        text = f"Git does not take {folder} for a repository: it is damaged. Restore it from a "
        yield Notice("broken", f"{text}backup, or {anew}")
    elif folder is not None and not storage.is_folder(folder.parent, folder.name):
        text = f"The repository of this design is not where it was: {folder}. If it was moved, run "
        yield Notice("broken", f"{text}in its new place: git worktree repair. Otherwise {anew}")
    else:
        text = "This design lies in no Git repository yet. Start one in its folder to keep its "
        yield Notice("no_repository", f"{text}history")
        if not os.access(root, os.W_OK):
            text = "This folder cannot be written to. Check who may write in it, or copy the "
            yield Notice("read_only", f"{text}design to a folder of yours")


def _has_begun(folder: Path) -> bool:
    """Whether a folder has anything of a repository; Git passes by an empty one."""
    return any(storage.status(folder, name) is not None for name in ("HEAD", "config"))
