"""The status of a design in its repository: branch, and what differs, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Final, Literal

from ddd_lab.files.disk import storage
from ddd_lab.files.disk.git import Git, GitError
from ddd_lab.files.disk.paths import flow_key
from ddd_lab.files.workspace.snapshot import FileDifference, compare_files, compare_renamed
from ddd_lab.git.notices import (
    NoRepositoryError,
    Notice,
    NoticeId,
    Place,
    about_branch,
    author_missing,
    find_place,
    in_progress,
)
from ddd_lab.git.refusals import in_words
from ddd_lab.git.spec_paths import SPEC_PATHS, is_spec
from ddd_lab.plurals import plural
from ddd_lab.visible import one_line, visible

GitArea = Literal["staged", "changed", "untracked", "conflicts"]
_MOST: Final = 200
"""Changed files whose changes are told in words."""
STATES: Final = {"A": "added", "D": "removed", "R": "renamed", "C": "added"}
"""What became of a file, by Git's letter for it; all else is ``changed``."""
_NO_BLOB: Final = frozenset("0")


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """A file of the design that differs from what Git has of it.

    Attributes:
        path: relative to the project.
        area: where it differs: ``staged`` for the next commit, ``changed``, ``untracked`` or
            ``conflicts``.
        state: ``added``, ``removed``, ``changed``, ``renamed``, ``unreadable`` or ``conflict``.
        words: what changed.
        flow: ``domain/flow`` for a flow's file.
        was: the earlier path of a renamed file.
        layout_only: whether nothing changed but where things lie on the picture.
    """

    path: str
    area: GitArea
    state: str = "changed"
    words: tuple[str, ...] = ()
    flow: str = ""
    was: str = ""
    layout_only: bool = False

    def __str__(self) -> str:
        renamed = f" (was {self.was})" if self.was else ""
        lines = [f"{self.state}: {self.path}{renamed}", *(f"    {line}" for line in self.words)]
        return "\n".join(visible(line) for line in lines)


@dataclass(frozen=True, slots=True)
class GitStatus:
    """How a design stands in its repository; a cell shows it in words.

    Attributes:
        branch: the one that is checked out; empty with a detached head and without a repository.
        commit: hash of the last commit; empty before the first.
        upstream: the remote branch that it follows, such as ``origin/main``.
        ahead, behind: commits that only this side has, and only the other.
        files: every file of the design that differs, in all areas.
        notices: the states that one should know of, each with what to do.
        unsaved: paths with edits in memory, which no commit has until they are saved.
        merge: what a merge that is resolved is called by Git; empty where there is none.

    Example:
        >>> project.git.status().files
        ()
    """

    branch: str = ""
    commit: str = ""
    upstream: str = ""
    ahead: int = 0
    behind: int = 0
    files: tuple[ChangedFile, ...] = ()
    notices: tuple[Notice, ...] = ()
    unsaved: tuple[str, ...] = ()
    merge: str = ""

    @property
    def has_repository(self) -> bool:
        """Whether there is a repository that can be worked with.

        Example:
            >>> project.git.status().has_repository
            True
        """
        return not self.has("no_git", "no_repository", "bare", "broken", "other_owner", "refused")

    @property
    def staged(self) -> tuple[ChangedFile, ...]:
        """What the next commit would hold.

        Example:
            >>> project.git.status().staged
            ()
        """
        return self._in("staged")

    @property
    def changed(self) -> tuple[ChangedFile, ...]:
        """What is saved and not staged.

        Example:
            >>> project.git.status().changed
            ()
        """
        return self._in("changed")

    @property
    def untracked(self) -> tuple[ChangedFile, ...]:
        """Files that Git does not know yet.

        Example:
            >>> project.git.status().untracked
            ()
        """
        return self._in("untracked")

    @property
    def conflicts(self) -> tuple[ChangedFile, ...]:
        """Files that two sides changed in the same place, while nobody has resolved it.

        Example:
            >>> project.git.status().conflicts
            ()
        """
        return self._in("conflicts")

    def has(self, *ids: NoticeId) -> bool:
        """Whether one of these notices is there.

        Args:
            ids: such as ``merge`` or ``detached``.

        Example:
            >>> project.git.status().has("merge")
            False
        """
        return any(notice.id in ids for notice in self.notices)

    def _in(self, area: GitArea) -> tuple[ChangedFile, ...]:
        return tuple(file for file in self.files if file.area == area)

    @property
    def headline(self) -> str:
        """Branch, and how far it is from the other side.

        Example:
            >>> project.git.status().headline
            'on main'
        """
        if not self.has_repository:
            return self.notices[0].text
        place = f"on {visible(self.branch)}" if self.branch else f"at {self.commit[:8]}, no branch"
        far = [f"{self.ahead} ahead"] * bool(self.ahead) + [f"{self.behind} behind"] * bool(
            self.behind
        )
        if self.upstream:
            place += f", {' and '.join(far)} of" if far else ", level with"
            place += f" {visible(self.upstream)}"
        return place

    def __str__(self) -> str:
        lines = [self.headline]
        lines += [f"{notice.text}." for notice in self.notices if notice.text != self.headline]
        titles = {"staged": "to be committed", "changed": "changed", "untracked": "new to Git"}
        for area, title in {"conflicts": "in conflict", **titles}.items():
            files = [file for file in self.files if file.area == area]
            if files:
                lines += [f"{plural(len(files), 'file')} {title}:"]
                lines += [f"  {line}" for file in files for line in str(file).split("\n")]
        if self.has_repository and not self.files:
            lines.append("Nothing differs from the last commit.")
        return "\n".join(lines)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        from html import escape

        return f"<pre>{escape(str(self))}</pre>"


@dataclass(slots=True)
class _Entry:
    """One file as Git lists it, with the hashes of both versions."""

    path: str
    area: GitArea
    state: str
    was: str = ""
    old: str = ""
    new: str = ""


def read_status(root: Path, unsaved: Iterable[str] = ()) -> GitStatus:
    """The status of a project; where there is no repository it says so.

    Args:
        root: the project's folder.
        unsaved: paths with edits that only memory has.
    """
    git = Git(root)
    unsaved = tuple(sorted(unsaved))
    try:
        place = find_place(git, root)
        status, entries = _listed(git, place)
        files = tuple(_told(git, root, entries))
    except NoRepositoryError as error:
        return GitStatus(notices=error.notices, unsaved=unsaved)
    except GitError as error:
        return GitStatus(notices=(Notice("refused", in_words(error)),), unsaved=unsaved)
    begun = in_progress(place)
    if any(notice.id in ("rebase", "bisect") for notice in begun):  # which detach the head
        about = [notice for notice in status.notices if notice.id != "detached"]
    else:
        about = list(status.notices)
    notices = [*begun, *about, *author_missing(git)]
    if status.conflicts:
        count = plural(len(status.conflicts), "file")
        text = f"{count} changed on both sides in the same place. Resolve that, then stage"
        notices.append(Notice("conflicts", text))
    if unsaved:
        text = (
            f"{plural(len(unsaved), 'file')} with unsaved edits: a commit does not have them. "
            "Save first"
        )
        notices.append(Notice("unsaved", text))
    resolved = not status.conflicts and any(notice.id == "merge" for notice in notices)
    merge = _merge_subject(place) if resolved else ""
    notices += place.notices
    return replace(status, files=files, notices=tuple(notices), unsaved=unsaved, merge=merge)


def _merge_subject(place: Place) -> str:
    try:
        text = storage.read(place.folder, "MERGE_MSG").decode("utf-8", "replace")
    except OSError:
        return ""
    return visible(text.partition("\n")[0])


def _listed(git: Git, place: Place) -> tuple[GitStatus, list[_Entry]]:
    """Branch and files as Git tells them, limited to the paths of the design."""
    listing = git.text(
        *("status", "--porcelain=v2", "--branch", "-z", "--untracked-files=all"),
        *("--ignore-submodules=all", "--find-renames", "--", *SPEC_PATHS),
    )
    head: dict[str, str] = {}
    entries: list[_Entry] = []
    tokens = iter(listing.split("\0"))
    for token in tokens:
        if token.startswith("# "):
            key, _, value = token[2:].partition(" ")
            head[key] = value
        elif token:
            was = next(tokens) if token[0] == "2" else ""
            entries += _entries(token, was, place.prefix)
    ahead, _, behind = head.get("branch.ab", "+0 -0").partition(" ")
    commit = head.get("branch.oid", "")
    branch = head.get("branch.head", "")
    upstream = head.get("branch.upstream", "")
    commit = "" if commit == "(initial)" else commit
    branch = "" if branch == "(detached)" else branch
    is_gone = bool(upstream and commit) and "branch.ab" not in head
    status = GitStatus(
        branch=branch,
        commit=commit,
        upstream="" if is_gone else upstream,
        ahead=int(ahead),
        behind=-int(behind),
        files=tuple(ChangedFile(entry.path, entry.area) for entry in entries),
        notices=tuple(about_branch(git, branch, commit, upstream, is_gone=is_gone)),
    )
    return status, entries


def _entries(token: str, was: str, prefix: str) -> Iterator[_Entry]:
    """What one line of Git's status says: a file may differ in two areas."""
    if token[0] == "?":
        path = token[2:].removeprefix(prefix)
        if is_spec(path):
            yield _Entry(path, "untracked", "added")
        return
    fields = {"1": 8, "2": 9, "u": 10}.get(token[0], 0)
    parts = token.split(" ", fields)
    if not fields or len(parts) <= fields:
        return
    path, was = parts[fields].removeprefix(prefix), was.removeprefix(prefix)
    if not is_spec(path):
        return
    if token[0] == "u":
        yield _Entry(path, "conflicts", "conflict")
        return
    head, index = parts[6], parts[7]
    staged, changed = parts[1][0], parts[1][1]
    if staged != ".":
        state = STATES.get(staged, "changed")
        yield _Entry(path, "staged", state, was if staged == "R" else "", head, index)
    if changed != ".":
        state = STATES.get(changed, "changed")
        yield _Entry(path, "changed", state, was if changed == "R" else "", index)


def _told(git: Git, root: Path, entries: list[_Entry]) -> Iterator[ChangedFile]:
    """The same files with what changed in them in words; of very many, the first."""
    first = entries[:_MOST]
    hashes = {hash for entry in first for hash in (entry.old, entry.new)}
    contents = git.contents(hash for hash in hashes if hash and set(hash) != _NO_BLOB)
    for entry in first:
        new = contents.get(entry.new) if entry.area == "staged" else _on_disk(root, entry.path)
        yield _in_words(entry, contents.get(entry.old), new)
    for entry in islice(entries, _MOST, None):
        yield ChangedFile(
            entry.path, entry.area, entry.state, flow=flow_key(entry.path), was=entry.was
        )


def _on_disk(root: Path, path: str) -> bytes | None:
    try:
        return storage.read(root, path)
    except OSError:
        return None


def _in_words(entry: _Entry, old: bytes | None, new: bytes | None) -> ChangedFile:
    flow = flow_key(entry.path)
    if entry.area == "conflicts":
        both = ("both sides changed it in the same place",)
        return ChangedFile(entry.path, entry.area, "conflict", both, flow)
    difference = _difference(entry.path, entry.was, old, new)
    words, layout_only = described(difference)
    state = difference.state if difference is not None else entry.state
    if entry.state in ("added", "removed", "renamed"):
        state = "unreadable" if state == "unreadable" else entry.state
    return ChangedFile(entry.path, entry.area, state, words, flow, entry.was, layout_only)


def described(difference: FileDifference | None) -> tuple[tuple[str, ...], bool]:
    """A difference as lines, and whether it is only where things lie."""
    if difference is None:
        return ("only how the text is written: comments, quotes, order of keys",), False
    if difference.reason:
        return (one_line(difference.reason),), False
    lines = [f"renamed from {one_line(difference.was)}"] if difference.was else []
    lines += [one_line(change.text) for change in difference.changes]
    kinds = {change.kind for change in difference.changes}
    return tuple(lines), bool(kinds) and kinds <= {"layout", "metadata"} and not difference.was


@lru_cache(maxsize=200)
def _difference(path: str, was: str, old: bytes | None, new: bytes | None) -> FileDifference | None:
    """What differs; asked again and again while a file stays as it is."""
    if was and old is not None and new is not None:
        return compare_renamed(path, was, old, new)
    return compare_files(path, old, new)
