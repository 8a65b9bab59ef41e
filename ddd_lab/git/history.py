"""The history of one file of a design, in words; it follows the file through renames."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple, overload

from ddd_lab.files.disk.git import Git, GitError
from ddd_lab.files.workspace.snapshot import RevisionError, compare_files, compare_renamed
from ddd_lab.git.committing import has_commits
from ddd_lab.git.log import FIELDS, FORMAT, LoggedCommit
from ddd_lab.git.notices import find_place
from ddd_lab.git.status import STATES, described
from ddd_lab.tables import html_table
from ddd_lab.visible import one_line, visible

MOST: Final = 50
"""Versions that a history shows unless more are asked for."""


@dataclass(frozen=True, slots=True)
class FileVersion:
    """A version of a file that was committed.

    Attributes:
        commit: hash of the commit.
        at: when it was written, ISO 8601.
        author: who wrote it.
        subject: the first line of its message.
        path: where the file lay then, from the project's folder.
        state: what the commit did to the file: ``added``, ``changed``, ``renamed`` or ``removed``.
        words: what changed, in words.
    """

    commit: str
    at: str
    author: str
    subject: str
    path: str
    state: str = "changed"
    words: tuple[str, ...] = ()

    def __str__(self) -> str:
        head = f"{self.commit[:8]}  {self.at[:10]}  {self.author}: {self.subject}"
        state = [] if self.state == "changed" else [self.state]
        return "\n".join(
            visible(line) for line in (head, *(f"    {w}" for w in (*state, *self.words)))
        )


class FileHistory(Sequence[FileVersion]):
    """The versions of a file, newest first; a cell shows them in words.

    Args:
        versions: newest first.

    Example:
        >>> project.git.history("lending/return-item")[0].state
        'added'
    """

    def __init__(self, versions: Sequence[FileVersion]) -> None:
        self._versions = tuple(versions)

    @overload
    def __getitem__(self, index: int) -> FileVersion: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[FileVersion]: ...

    def __getitem__(self, index: int | slice) -> FileVersion | Sequence[FileVersion]:
        return self._versions[index]

    def __len__(self) -> int:
        return len(self._versions)

    def __str__(self) -> str:
        return "\n".join(map(str, self._versions)) or "It was never committed."

    __repr__ = __str__

    def _repr_html_(self) -> str:
        rows = (
            (one.commit[:8], one.at[:10], one.author, (one.subject, *one.words))
            for one in self._versions
        )
        head = ("commit", "date", "author", "what changed")
        return html_table(head, rows) or "<p>It was never committed.</p>"


def read_history(root: Path, path: str, limit: int = MOST) -> FileHistory:
    """The history of a file.

    Args:
        root: the project's folder.
        path: of the file, from there; it need not exist any more.
        limit: the most versions that are told, the newest of them.

    Raises:
        GitError: there is no repository.
    """
    git = Git(root)
    place = find_place(git, root)
    if not has_commits(git):
        return FileHistory(())
    return FileHistory(list(_versions(git, _changes(git, path, limit), place.prefix)))


def version_of(root: Path, path: str, revision: str) -> tuple[str, bytes]:
    """A file as it was at a revision, and where it lay then.

    Args:
        root: the project's folder.
        path: where the file lies now, or lay before it was removed.
        revision: as Git names it.

    Raises:
        RevisionError: there is no such version.
    """
    git = Git(root)
    try:
        place, commit = find_place(git, root), git.commit(revision)
    except GitError as error:
        raise RevisionError(f"{revision!r} names no commit of this repository") from error
    files = dict(git.tree(commit, f"{place.prefix}{path}"))
    if not files:
        path = _path_then(git, path, commit).removeprefix(place.prefix)
        files = dict(git.tree(commit, f"{place.prefix}{path}"))
    if not files:
        raise RevisionError(f"{path} was not there at {revision}")
    hash = next(iter(files.values()))
    contents = git.contents([hash])
    if hash not in contents:
        raise RevisionError(f"{path} cannot be read as it was then: it is too large, or not here")
    return path, contents[hash]


def _path_then(git: Git, path: str, commit: str) -> str:
    """Where a file lay, from the repository's top, at a commit that is older than its name."""
    known = path
    for change in _changes(git, path, limit=10_000):
        known = change.path
        ancestors = git.text("merge-base", change.commit.commit, commit).strip()
        if ancestors == change.commit.commit:
            break
    return known


def _versions(git: Git, changes: Sequence[_Change], prefix: str) -> Iterator[FileVersion]:
    """The same changes, in words."""
    contents = git.contents(hash for one in changes for hash in (one.old, one.new) if hash)
    for one in changes:
        path, was = one.path.removeprefix(prefix), one.was.removeprefix(prefix)
        before, after = contents.get(one.old), contents.get(one.new)
        if was and before is not None and after is not None:
            words, _ = described(compare_renamed(path, was, before, after))
        else:
            words, _ = described(compare_files(path, before, after))
        commit, at, author, subject = one.commit
        yield FileVersion(commit, at, author, one_line(subject), path, one.state, words)


class _Change(NamedTuple):
    """What a commit did to the file: hashes of its contents and its paths before and after."""

    commit: LoggedCommit
    state: str
    old: str
    new: str
    was: str
    path: str


def _changes(git: Git, path: str, limit: int) -> list[_Change]:
    """What the last commits did to a file, newest first."""
    log = git.text(
        *("log", f"--max-count={limit}", "--follow", "--find-renames", "--raw", "--no-abbrev"),
        *("--no-ext-diff", "--no-textconv", "--no-show-signature", "-z"),
        *(FORMAT, "--", path),
    )
    changes = []
    tokens = log.split("\0")
    at = 0
    while at + FIELDS < len(tokens):
        commit = LoggedCommit(*(token.lstrip("\n") for token in tokens[at : at + FIELDS]))
        at += FIELDS
        while at < len(tokens) and (about := tokens[at].lstrip("\n")).startswith(":"):
            *_, old, new, status = about.split(" ")
            count = 2 if status[0] in "RC" else 1
            *was, now = tokens[at + 1 : at + 1 + count]
            at += 1 + count
            old, new = ("" if set(hash) == {"0"} else hash for hash in (old, new))
            state = STATES.get(status[0], "changed")
            changes.append(_Change(commit, state, old, new, "".join(was), now))
    return changes
