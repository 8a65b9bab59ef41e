"""Staging and committing: what is staged of the design, and nothing else."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ddd_lab.files.disk import storage
from ddd_lab.files.disk.git import Git, GitError
from ddd_lab.files.documents.conflict_markers import read_markers
from ddd_lab.git.acting import act, act_on
from ddd_lab.git.notices import Place, find_place
from ddd_lab.git.obstacles import obstacle
from ddd_lab.git.spec_paths import is_spec, require_specs
from ddd_lab.git.status import read_status
from ddd_lab.implementation.trust_request import names_git_programs
from ddd_lab.plurals import plural
from ddd_lab.visible import one_line

_LARGEST_INDEX = 1_000_000_000
"""Bytes of Git's list of files: a million files have a hundred million."""


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit that was made.

    Attributes:
        hash: by which Git knows it.
        subject: the first line of its message.
        files: of the design that it holds.
        left_staged: files outside the design that are still staged.
        notices: what to know of it, in words.
    """

    hash: str
    subject: str
    files: tuple[str, ...]
    left_staged: int = 0
    notices: tuple[str, ...] = ()

    def __str__(self) -> str:
        words = [f"{self.hash[:8]} {self.subject}: {plural(len(self.files), 'file')}"]
        if self.left_staged:
            count = plural(self.left_staged, "file")
            words.append(f"{count} outside the design stayed staged and not committed")
        return ". ".join([*words, *self.notices])

    __repr__ = __str__


def stage(root: Path, paths: Sequence[str]) -> None:
    """Have some files, as they are on disk, in the next commit.

    Args:
        root: the project's folder.
        paths: of files of the design; a removed one is staged as removed.

    Raises:
        GitError: a file still has the conflict markers of a merge, or Git refuses.
    """
    if paths := _of_design(paths):
        _refuse_markers(root, paths)
        act_on(root, paths, "add", "--all")


def unstage(root: Path, paths: Sequence[str]) -> None:
    """Have the next commit leave some files as the last one has them; the disk stays as it is."""
    paths = _of_design(paths)
    if not paths:
        return
    git = Git(root)
    if has_commits(git):
        act_on(root, paths, "reset", "--quiet")
    else:
        act_on(root, paths, "rm", "--cached", "--quiet", "--ignore-unmatch")


def commit(root: Path, message: str, unsaved: Sequence[str] = ()) -> Commit:
    """Commit what is staged of the design, by the person that Git knows.

    Args:
        root: the project's folder.
        message: what it says; its first line is what most lists show.
        unsaved: paths with edits that only memory has.

    Raises:
        GitError: nothing is staged, the message is empty, or Git or a hook refuses.
    """
    message = message.strip()
    if not message:
        raise GitError("A commit needs a message: say in one line what changed")
    status = read_status(root, unsaved)
    if refusal := obstacle(status, "commit"):
        raise GitError(refusal)
    git = Git(root)
    place = find_place(git, root)
    others = [] if status.has("merge") else _staged_besides(git, place)
    with _index_for(root, place, others) as index:
        try:
            act(
                root,
                *("commit", "--quiet", "--cleanup=whitespace", "--file=-"),
                stdin=f"{message}\n".encode("utf-8", "surrogateescape"),
                index=index,
            )
        except GitError as error:
            raise _by_whom(error, root) from error
    notices = []
    if unsaved:
        count = plural(len(unsaved), "file")
        notices.append(f"Unsaved edits of {count} are not in it: save, then commit them")
    return Commit(
        hash=git.commit("HEAD"),
        subject=one_line(message.split("\n")[0]),
        files=tuple(file.path for file in status.staged),
        left_staged=len(others),
        notices=tuple(notices),
    )


def has_commits(git: Git) -> bool:
    """Whether anything has ever been committed on the way to now."""
    try:
        git.commit("HEAD")
    except GitError:
        return False
    return True


def _of_design(paths: Sequence[str]) -> list[str]:
    require_specs(paths)
    return list(dict.fromkeys(paths))


def _refuse_markers(root: Path, paths: Sequence[str]) -> None:
    """Refuse files in conflict whose markers would be committed."""
    git = Git(root)
    prefix = git.prefix()
    listing = git.text("ls-files", "--unmerged", "--full-name", "-z")
    unmerged = {entry.partition("\t")[2] for entry in listing.split("\0")}
    for path in paths:
        if prefix + path in unmerged and storage.is_file(root, path):
            text = storage.read(root, path).decode("utf-8", "replace")
            if read_markers(text):
                raise GitError(
                    f"{path} still has both sides of what conflicts. Choose a side for each place, "
                    "then stage"
                )


def _staged_besides(git: Git, place: Place) -> list[tuple[str, str]]:
    """What is staged outside the design: each as Git lists it of the last commit, and its path."""
    before = (
        "HEAD" if has_commits(git) else git.text("hash-object", "-t", "tree", "--stdin").strip()
    )
    words = ("diff-index", "--cached", "--raw", "--no-abbrev", "--no-renames", "-z", before)
    parts = git.text(*words).split("\0")
    listed = [
        (f"{about[1:].split(' ')[0]} {about.split(' ')[2]}", path)
        for about, path in zip(parts[::2], parts[1::2], strict=False)
    ]
    return [
        (about, path)
        for about, path in listed
        if not (path.startswith(place.prefix) and is_spec(path.removeprefix(place.prefix)))
    ]


@contextmanager
def _index_for(root: Path, place: Place, others: list[tuple[str, str]]) -> Iterator[str]:
    """An index without what is staged besides the design; the repository's own where that is all.

    ``git commit --only`` would do the same for files as they are on disk, not as they were staged.
    """
    if not others:
        yield ""
        return
    with tempfile.TemporaryDirectory() as folder:
        storage.write(
            Path(folder), "index", storage.read(place.folder, "index", limit=_LARGEST_INDEX)
        )
        index = f"{folder}/index"
        lines = b"".join(
            f"{about}\t{path}\0".encode("utf-8", "surrogateescape") for about, path in others
        )
        act(root, "update-index", "-z", "--index-info", stdin=lines, index=index)
        yield index


def _by_whom(error: GitError, root: Path) -> GitError:
    """A refusal to commit; what Git did not say itself was said by a hook."""
    complaint = error.complaint
    is_known = str(error) != complaint
    # Hooks say “error:”, too.
    by_git = ("fatal:",) if names_git_programs(root) and not is_known else ("fatal:", "error:")
    if complaint and not any(line.startswith(by_git) for line in complaint.split("\n")):
        words = f"A hook of the repository refuses the commit. It says:\n{complaint}"
        return GitError(words, complaint)
    if not complaint and "ended with status" in str(error):
        return GitError("A hook of the repository refuses the commit, without saying why")
    return error
