"""A design's files at one moment, from a folder or from a Git revision, and what differs.

Nothing is checked out and nothing opened for editing: a snapshot is the bytes by path, and only
files whose bytes differ are read at all.
"""

from __future__ import annotations

import contextlib
import errno
import itertools
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, TypeAlias

from ddd_lab.files.disk.git import Git, GitError
from ddd_lab.files.disk.listing import listed
from ddd_lab.files.disk.paths import domain_of, flow_key, is_design_file, schema_of
from ddd_lab.files.disk.storage import UnsafePathError, is_folder, read
from ddd_lab.files.documents.dialect.common_nodes import without_common_nodes
from ddd_lab.files.documents.dialect.read import read_flow
from ddd_lab.files.documents.document import Document, Model
from ddd_lab.lossless_yaml import Data, YamlError, decode, parse, usual_data
from ddd_lab.spec.diff.flow import Change, diff_data, diff_flows
from ddd_lab.spec.models.flow import FlowData
from ddd_lab.spec.no_such import meant
from ddd_lab.spec.paths import PROJECT_FILE
from ddd_lab.visible import VisibleError

Snapshot: TypeAlias = Mapping[str, bytes]
"""Bytes of every design file, by path relative to the project."""

STAGED: Final = ":0"
"""The revision of what is staged, as Git's own ``:0:path`` names it."""
NOTHING: Final = "4b825dc642cb6eb9a060e54bf8d69288fbee4904"
"""The revision before the first commit: Git's name of a tree without files."""
_AT_ONCE = 20
"""Versions of a file that Git is asked for at once."""
State = Literal["added", "removed", "changed", "renamed", "unreadable"]


class RevisionError(VisibleError, ValueError):
    """A Git revision, or a file in it, cannot be had; the message says why."""


@dataclass(frozen=True, slots=True)
class FileDifference:
    """What differs in one file."""

    path: str  # relative to the project, forward slashes
    flow: str  # ``domain/flow`` for a flow file; empty for any other
    state: State  # ``unreadable`` where one version is broken, so that nothing else can be said
    changes: tuple[Change, ...] = ()  # in people's words; empty for a file that came or went
    reason: str = ""  # for ``unreadable``, which version it is and what is wrong with it
    was: str = ""  # for ``renamed``, the earlier path


def folder_snapshot(root: Path) -> Snapshot:
    """The files of a project as they are on disk."""
    contents: dict[str, bytes] = {}
    listing = listed(root)
    for path, reason in listing.refused.items():
        if is_folder(root, path):  # what it holds would look as if it were removed
            raise OSError(errno.EACCES, reason, path)
    for path in filter(is_design_file, listing.files):
        try:
            contents[path] = read(root, path)
        except (FileNotFoundError, UnsafePathError):
            continue
    return contents


def revision_snapshot(root: Path, revision: str) -> Snapshot:
    """The files of a project as they were at a Git revision; it need not have existed then.

    `STAGED` and `NOTHING` are revisions too.
    """
    if revision == NOTHING:
        return {}
    with _asked(root) as git:
        prefix = _prefix(git, root)
        names = ("specs", PROJECT_FILE)
        files = (
            git.staged(*names)
            if revision == STAGED
            else git.tree(_commit(git, root, revision), *(f"{prefix}{name}" for name in names))
        )
        hashes = {
            path.removeprefix(prefix): hash
            for path, hash in files
            if is_design_file(path.removeprefix(prefix))
        }
        contents = git.contents(hashes.values())
        return {path: _content(contents, hash, path) for path, hash in hashes.items()}


def file_at_revision(folder: Path, revision: str, path: str) -> bytes:
    """One file as it was at a Git revision.

    ``path`` is from the top of the work tree; from ``folder`` where it begins with ``./``.
    """
    with _asked(folder) as git:
        full = _prefix(git, folder) + path[2:] if path.startswith("./") else path
        commit = _commit(git, folder, revision)
        files = dict(git.tree(commit, full))
        if full in files:
            return _content(git.contents([files[full]]), files[full], full)
        if files:
            raise RevisionError(f"{full!r} is a folder at {revision!r}; name a file")
        raise RevisionError(f"there is no file {full!r} at {revision!r}")


class EarlierVersions:
    """What Git has of a project's design files: asked once, read where somebody wants it.

    Without Git or a repository there is nothing, and that is no error.
    """

    def __init__(self, root: Path) -> None:
        self._git = Git(root)
        self._blobs: dict[str, list[str]] | None = None

    def of(self, path: str) -> Iterator[bytes]:
        """The versions of a file that were ever committed on the way to now, newest first."""
        if self._blobs is None:
            self._blobs = self._listed()
        hashes = self._blobs.get(path, [])
        for begin in range(0, len(hashes), _AT_ONCE):
            some = hashes[begin : begin + _AT_ONCE]
            try:
                contents = self._git.contents(some)
            except GitError:
                return
            yield from (contents[hash] for hash in some if hash in contents)

    def _listed(self) -> dict[str, list[str]]:
        hashes: dict[str, list[str]] = {}
        try:
            prefix = self._git.prefix()
            log = self._git.text(
                *("log", "--format=", "--raw", "--no-abbrev", "--no-renames", "--no-ext-diff"),
                *("--no-textconv", "--no-show-signature", "-z", "--", "specs"),
            )
        except GitError:
            return hashes
        parts = log.split("\0")
        for change, path in itertools.pairwise(parts):
            words = change.rpartition(":")[2].split()
            if len(words) == 5 and set(words[3]) != {"0"}:
                paths = hashes.setdefault(path.removeprefix(prefix), [])
                if words[3] not in paths:
                    paths.append(words[3])
        return hashes


def compare_snapshots(old: Snapshot, new: Snapshot) -> list[FileDifference]:
    """The files that say something else in two snapshots, by path."""
    renames = _renames(old, new)
    differences = []
    for path in sorted((old.keys() | new.keys()) - set(renames.values())):
        was = renames.get(path, path)
        difference = compare_files(path, old.get(was), new.get(path))
        if was != path and (difference is None or difference.state == "changed"):
            differences.append(_renamed(path, was, difference))
        elif difference is not None:
            differences.append(difference)
    return differences


def compare_renamed(path: str, was: str, old: bytes, new: bytes) -> FileDifference:
    """What differs between two versions of a file that got another path."""
    return _renamed(path, was, compare_files(path, old, new))


def _renames(old: Snapshot, new: Snapshot) -> dict[str, str]:
    """New path to old path of files of one kind that have most of their lines in common.

    A line that is in every file of the kind says little, but there are few of those.
    """
    removed = {path: Counter(old[path].split(b"\n")) for path in old.keys() - new.keys()}
    renames: dict[str, str] = {}
    for path in sorted(new.keys() - old.keys() if removed else ()):
        lines = Counter(new[path].split(b"\n"))
        alike = {
            was: 2 * (lines & others).total() / (lines.total() + others.total())
            for was, others in sorted(removed.items())
            if _kind(was) == _kind(path)
        }
        was = max(alike, key=lambda was: alike[was], default="")
        if was and alike[was] >= 0.6:
            renames[path] = was
            del removed[was]
    return renames


def _kind(path: str) -> str:
    """What kind of file a path is of; a file of no kind that has several is one by itself."""
    if flow_key(path):
        return "flow"
    return "domain" if domain_of(path) else "schema" if schema_of(path) else path


def _renamed(path: str, was: str, difference: FileDifference | None) -> FileDifference:
    """A file under another name: its own id and domain, which follow from that, are no changes."""
    changes = difference.changes if difference else ()
    left = [one for one in changes if one.kind != "header" or one.path not in _FROM_PATH]
    return FileDifference(path, flow_key(path), "renamed", tuple(left), was=was)


_FROM_PATH = (("id",), ("domain",))


def compare_files(path: str, old: bytes | None, new: bytes | None) -> FileDifference | None:
    """What differs between two versions of a file; None if they say the same."""
    if old == new:
        return None
    flow = flow_key(path)
    if flow and old is not None and new is not None:
        changes = _differing_nodes(path, old, new)
        if changes is not None:
            return FileDifference(path, flow, "changed", changes) if changes else None
    before = None if old is None else _read(path, old)
    after = None if new is None else _read(path, new)
    for document, which in ((before, "earlier"), (after, "later")):
        if document is not None and document.broken is not None:
            broken = document.broken
            place = f" (line {broken.line}, column {broken.column})" if broken.line else ""
            message = broken.message.partition(". Until it is fixed")[0]
            reason = f"the {which} version cannot be read: {message}{place}"
            return FileDifference(path, document.key, "unreadable", reason=reason)
    document = after or before
    key = document.key if document is not None else ""
    if before is None or after is None:
        return FileDifference(path, key, "added" if before is None else "removed")
    changes = tuple(_changes(before, after))
    return FileDifference(path, key, "changed", changes) if changes else None


def _differing_nodes(path: str, old: bytes, new: bytes) -> tuple[Change, ...] | None:
    """The changes of a flow, without reading the nodes that are the same in both versions.

    None where the whole versions have to be read.
    """
    try:
        pair = without_common_nodes(decode(old), decode(new))
        flows = [_flow(text, path) for text in (pair.old, pair.new)] if pair else []
    except YamlError:
        return None
    if pair is None or not pair.stands_for_whole(*flows):
        return None
    return tuple(diff_flows(flows[0], flows[1], pair.common))


def _flow(text: str, path: str) -> FlowData:
    data: Data = usual_data(text)
    if data is None:
        data = parse(text).data
    return read_flow(data if isinstance(data, dict) else {}, flow_key(path)).flow


def _read(path: str, raw: bytes) -> Document:
    document = Document(path)
    document.load(raw)
    return document


def _changes(before: Document, after: Document) -> list[Change]:
    one, other = _model(before), _model(after)
    if isinstance(one, FlowData) and isinstance(other, FlowData):
        return diff_flows(one, other)
    return diff_data(one, other)


def _model(document: Document) -> Model:
    return document.version.model if document.version else None


@contextlib.contextmanager
def _asked(folder: Path) -> Iterator[Git]:
    try:
        yield Git(folder)
    except GitError as error:
        raise RevisionError(str(error)) from error


def _prefix(git: Git, folder: Path) -> str:
    try:
        return git.prefix()
    except GitError as error:
        raise RevisionError(f"{folder} is in no Git repository with files ({error})") from error


def _commit(git: Git, folder: Path, revision: str) -> str:
    try:
        return git.commit(revision)
    except GitError as error:
        raise RevisionError(
            f"{revision!r} names no commit of {folder}{_instead(git, revision)}"
        ) from error


def _instead(git: Git, revision: str) -> str:
    """What to do where a revision names nothing."""
    names = git.text("for-each-ref", "--format=%(refname:short)").splitlines()
    if not names:
        return ": there are no commits yet. Commit first"
    return meant(revision, names)


def _content(contents: Mapping[str, bytes], hash: str, path: str) -> bytes:
    try:
        return contents[hash]
    except KeyError:
        raise RevisionError(
            f"{path} cannot be read as it was then: it is too large, or not fetched yet (git fetch)"
        ) from None
