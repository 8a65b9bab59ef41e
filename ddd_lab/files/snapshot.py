"""A design's files at one moment, from a folder or from a Git revision, and what differs.

Nothing is checked out and nothing opened for editing: a snapshot is the bytes by path, and only
files whose bytes differ are read at all.
"""

from __future__ import annotations

import itertools
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from ddd_lab.spec.diff import Change, diff_data, diff_flows
from ddd_lab.spec.flow import FlowData

from .document import Document
from .paths import is_design_file, read_inside, spec_files
from .storage import UnsafePathError

if TYPE_CHECKING:
    import git

Snapshot: TypeAlias = Mapping[str, bytes]
"""Bytes of every design file, by path relative to the project."""

State = Literal["added", "removed", "changed", "unreadable"]


class RevisionError(ValueError):
    """A Git revision, or a file in it, cannot be had; the message says why."""


@dataclass(frozen=True, slots=True)
class FileDifference:
    """What differs in one file.

    Attributes:
        path: relative to the project, forward slashes.
        flow: ``domain/flow`` for a flow file; empty for any other.
        state: ``unreadable`` where one version is broken, so that nothing else can be said.
        changes: in people's words; empty for a file that came or went.
        reason: for ``unreadable``, which version it is and what is wrong with it.
    """

    path: str
    flow: str
    state: State
    changes: tuple[Change, ...] = ()
    reason: str = ""


def folder_snapshot(root: Path) -> Snapshot:
    """The files of a project as they are on disk.

    Raises:
        OSError: a file cannot be read.
    """
    found: dict[str, bytes] = {}
    for path in spec_files(root):
        try:
            found[path] = read_inside(root, path)
        except (FileNotFoundError, UnsafePathError):
            continue
    return found


def revision_snapshot(root: Path, revision: str) -> Snapshot:
    """The files of a project as they were at a Git revision.

    Args:
        root: the project's folder, anywhere in a Git work tree; it need not have existed then.
        revision: whatever Git takes for a commit: ``HEAD``, ``main~2``, a tag, a hash.

    Raises:
        RevisionError: no Git, no repository, no such revision.
    """
    with _repository(root) as repo:
        prefix = _below(repo, root)
        tree = _commit(repo, revision).tree
        return {
            path: blob.data_stream.read()
            for blob in _blobs(tree, prefix)
            if is_design_file(path := str(blob.path).removeprefix(prefix))
        }


def file_at_revision(folder: Path, revision: str, path: str) -> bytes:
    """One file as it was at a Git revision.

    Args:
        folder: any folder of the work tree.
        revision: whatever Git takes for a commit.
        path: from the top of the work tree; from ``folder`` where it begins with ``./``.

    Raises:
        RevisionError: no Git, no repository, no such revision, no such file in it.
    """
    with _repository(folder) as repo:
        full = _below(repo, folder) + path[2:] if path.startswith("./") else path
        commit = _commit(repo, revision)
        try:
            blob = commit.tree / full
        except KeyError:
            raise RevisionError(f"there is no file {full!r} at {revision!r}") from None
        if blob.type != "blob":
            raise RevisionError(f"{full!r} is a folder at {revision!r}; name a file")
        content: bytes = blob.data_stream.read()
        return content


class EarlierVersions:
    """What Git has of a project's design files: asked once, read where somebody wants it.

    Without Git or a repository there is nothing, and that is no error.

    Args:
        root: the project's folder.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._blobs: dict[str, list[str]] | None = None

    def of(self, path: str) -> Iterator[bytes]:
        """The versions of a file that were ever committed on the way to now, newest first."""
        if self._blobs is None:
            self._blobs = self._listed()
        if not self._blobs.get(path):
            return
        with _repository(self._root) as repo:
            for sha in self._blobs[path]:
                content: bytes = repo.odb.stream(bytes.fromhex(sha)).read()
                yield content

    def _listed(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        try:
            with _repository(self._root) as repo:
                prefix = _below(repo, self._root)
                told = repo.git.log(
                    "--raw", "--no-abbrev", "--no-renames", "-z", "--", f"{prefix}specs"
                )
        except (RevisionError, ValueError, OSError):
            return found
        parts = told.split("\0")
        for change, path in itertools.pairwise(parts):
            words = change.rpartition(":")[2].split()
            if len(words) == 5 and set(words[3]) != {"0"}:
                known = found.setdefault(path.removeprefix(prefix), [])
                if words[3] not in known:
                    known.append(words[3])
        return found


def compare_snapshots(old: Snapshot, new: Snapshot) -> list[FileDifference]:
    """What differs between two snapshots, by path; other text that says the same is no difference.

    Returns:
        One entry for each file that differs in what it says.
    """
    paths = sorted(old.keys() | new.keys())
    found = (compare_files(path, old.get(path), new.get(path)) for path in paths)
    return [difference for difference in found if difference is not None]


def compare_files(path: str, old: bytes | None, new: bytes | None) -> FileDifference | None:
    """What differs between two versions of a file; None if they say the same.

    Args:
        path: the file's path in its project, which says what kind of file it is.
        old: the earlier bytes; None for a file that was not there.
        new: the later bytes; None for a file that is no longer there.
    """
    if old == new:
        return None
    before, after = _read(path, old), _read(path, new)
    for document, which in ((before, "earlier"), (after, "later")):
        if document is not None and document.broken is not None:
            broken = document.broken
            place = f" (line {broken.line}, column {broken.column})" if broken.line else ""
            said = broken.message.partition(". Until it is mended")[0]
            reason = f"the {which} version cannot be read: {said}{place}"
            return FileDifference(path, document.key, "unreadable", reason=reason)
    document = after or before
    key = document.key if document is not None else ""
    if before is None or after is None:
        return FileDifference(path, key, "added" if before is None else "removed")
    changes = tuple(_changes(before, after))
    return FileDifference(path, key, "changed", changes) if changes else None


def _read(path: str, raw: bytes | None) -> Document | None:
    if raw is None:
        return None
    document = Document(path)
    document.load(raw)
    return document


def _changes(before: Document, after: Document) -> list[Change]:
    one = before.version.model if before.version else None
    other = after.version.model if after.version else None
    if isinstance(one, FlowData) and isinstance(other, FlowData):
        return diff_flows(one, other)
    return diff_data(one, other)


def _repository(folder: Path) -> git.Repo:
    try:
        import git
    except ImportError as error:
        raise RevisionError("Git is not installed, so no revision can be read") from error
    try:
        return git.Repo(folder, search_parent_directories=True)
    except (git.GitError, OSError) as error:
        raise RevisionError(f"{folder} is in no Git repository") from error


def _below(repo: git.Repo, folder: Path) -> str:
    """The folder's path from the top of the work tree, with a slash at its end unless empty."""
    if repo.working_tree_dir is None:
        raise RevisionError(f"{repo.git_dir} is a bare repository, without files")
    path = folder.resolve().relative_to(Path(repo.working_tree_dir).resolve()).as_posix()
    return "" if path == "." else f"{path}/"


def _commit(repo: git.Repo, revision: str) -> git.Commit:
    import git

    try:
        # Git itself reads the name: it knows every way to name a commit, and takes none for an
        # option.
        sha = repo.git.rev_parse(
            "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
        )
        return repo.commit(sha)
    except (git.GitError, ValueError) as error:
        raise RevisionError(f"{revision!r} names no commit of {repo.working_tree_dir}") from error


def _blobs(tree: git.Tree, prefix: str) -> Iterator[git.Blob]:
    """The regular files below a folder of a tree; links lead who knows where, so none of them."""
    import git

    if prefix:
        try:
            below = tree / prefix.rstrip("/")
        except KeyError:
            return
        if not isinstance(below, git.Tree):
            return
        tree = below
    for name in ("specs", "ddd-project.json"):
        try:
            item = tree / name
        except KeyError:
            continue
        for blob in item.traverse() if isinstance(item, git.Tree) else [item]:
            if isinstance(blob, git.Blob) and stat.S_ISREG(blob.mode):
                yield blob
