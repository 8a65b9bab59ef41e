"""Writing the changed documents of a workspace: each whole or not at all, and never blindly.

Programs that have the same project open take turns, under a lock that all of them heed. What is on
disk is compared once more directly before each file is replaced, for the sake of those that do not.
"""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Callable, Collection, Iterator
from pathlib import PurePosixPath
from typing import Final

from ddd_lab.files.disk import journal, locks, recovery, storage
from ddd_lab.files.disk.storage import ChangedOnDiskError, UnsafePathError
from ddd_lab.files.documents.document import Document, Version, same_model
from ddd_lab.files.documents.file_changes import Write, carry_out
from ddd_lab.files.workspace.open_files import OpenFiles
from ddd_lab.files.workspace.outside_changes import take_from_disk
from ddd_lab.lossless_yaml import PatchError
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.spec.models.base import Data
from ddd_lab.spec.plain_data import plain_data
from ddd_lab.visible import VisibleError

_PATIENCE: Final = 10.0
"""Seconds that a save waits for another program's."""
_TRIES: Final = 20
"""How often a file is compared and written, while other programs write it without a pause."""
_ADVICE = {
    errno.ENOSPC: "the disk is full; free some space and save again",
    errno.EDQUOT: "the disk quota is used up; free some space and save again",
    errno.EROFS: "the file system is read-only; copy the project to a place you can write to",
    errno.EACCES: "writing is not allowed there; check the permissions and save again",
    errno.EPERM: "writing is not allowed there; check the permissions and save again",
    errno.EAGAIN: "other programs keep changing it; save again when they are done",
}


class SaveError(VisibleError, OSError):
    """Some files could not be written. What was edited is still there, unsaved.

    Attributes:
        failed: the reason for every path that was not written.
        written: the paths that were.
    """

    def __init__(self, failed: dict[str, str], written: list[str]) -> None:
        super().__init__("; ".join(f"{path}: {reason}" for path, reason in failed.items()))
        self.failed = failed
        self.written = written


class Conflicted(Exception):  # noqa: N818 - a reason inside this module, shown through SaveError
    """The file was changed on disk in the same place."""


@contextlib.contextmanager
def exclusive(workspace: OpenFiles) -> Iterator[None]:
    """Keep all other programs and threads from writing the design meanwhile.

    The lock between programs is always taken first, so that two threads never wait for each other.
    """
    with locks.locked(workspace.root, recovery.LOCK, timeout=_PATIENCE), workspace.lock:
        yield


def save_documents(workspace: OpenFiles, paths: Collection[str]) -> list[str]:
    """Write the documents at some paths."""
    if not paths:
        return []
    written: list[str] = []
    failed: dict[str, str] = {}
    taken_over: set[str] = set()
    try:
        with exclusive(workspace):
            clear_leftovers(workspace, paths)
            taken_over = _finish_first(workspace)
            taken_over |= _save_all(workspace, paths, written, failed)
    except OSError as error:
        failed |= dict.fromkeys(set(paths) - set(written) - failed.keys(), _reason(error))
    workspace.tell_of_disk(taken_over)
    if failed:
        raise SaveError(failed, written)
    return written


def _save_all(
    workspace: OpenFiles, paths: Collection[str], written: list[str], failed: dict[str, str]
) -> set[str]:
    """Compare and write until nobody comes between; returns the paths that others had changed."""
    taken_over: set[str] = set()
    left, all_of_it, id = set(paths), dict[str, Write](), ""
    for _ in range(_TRIES):
        taken_over |= take_from_disk(workspace, sorted(left))
        writes = _prepared(workspace, left, failed)
        all_of_it |= {write.path: write for write in writes}
        if len([write for write in all_of_it.values() if write.changes]) > 1:
            id = journal.begin(workspace.root, id, list(all_of_it.values()))
        left = _write_all(workspace, writes, written, failed)
        if not left:
            break
    failed |= dict.fromkeys(left, _reason(ChangedOnDiskError("")))
    if id:
        journal.end(workspace.root, id)
    return taken_over


def clear_leftovers(workspace: OpenFiles, paths: Collection[str]) -> None:
    """Remove what saves of programs that were killed left behind; everywhere at the first save."""
    folders = {PurePosixPath(path).parent.as_posix() for path in paths}
    if not workspace.is_clean:
        folders |= {PurePosixPath(path).parent.as_posix() for path in workspace.documents}
        workspace.is_clean = True
    for folder in folders:
        with contextlib.suppress(OSError):
            locks.clear_leftovers(workspace.root, "" if folder == "." else folder)


def rewrite(workspace: OpenFiles, path: str, change: Callable[[Data], Data]) -> None:
    """Change a file on disk at once; see :meth:`Workspace.rewrite`."""
    path = workspace.file_of(path)
    with exclusive(workspace):
        for left in reversed(range(_TRIES)):
            try:
                _rewrite(workspace, path, change)
                break
            except ChangedOnDiskError:
                if not left:
                    raise
        taken_over = take_from_disk(workspace, [path])
    workspace.tell_of_disk(taken_over)


def _rewrite(workspace: OpenFiles, path: str, change: Callable[[Data], Data]) -> None:
    fresh = Document(path)
    with contextlib.suppress(FileNotFoundError):
        fresh.load(storage.read(workspace.root, path))
    if fresh.broken is not None:
        raise EditError(f"{fresh.broken} Fix the file first; it is not written to.")
    if fresh.version is not None and fresh.version.markers:
        raise EditError(
            f"{path} has conflicts of a merge. Fix the file first; it is not written to."
        )
    before = fresh.version.model if fresh.version else {}
    changed = change(plain_data(before, path))
    after = plain_data(changed, path, finite=path.endswith(".json"))
    if not same_model(before, after):
        fresh.version = Version(after)
        storage.write(workspace.root, path, fresh.encoded(), expected=fresh.raw)


def with_partners(workspace: OpenFiles, paths: set[str]) -> set[str]:
    """Some unsaved paths, and those that one of them moves to or from: a move is saved whole."""
    together: set[str] = set()
    left = set(paths)
    while left:
        together |= left
        left = {other for path in left for other in _partners(workspace, path)} - together
    return together


def _partners(workspace: OpenFiles, path: str) -> set[str]:
    """Unsaved paths that a file with unsaved changes moved from or to."""
    own = _came_from(workspace.documents[path])
    return {
        other
        for other in workspace.dirty
        if other != path and (other in own or path in _came_from(workspace.documents[other]))
    }


def _came_from(document: Document) -> set[str]:
    versions = (document.version, document.saved)
    return {version.origin.path for version in versions if version and version.origin}


def _prepared(workspace: OpenFiles, paths: Collection[str], failed: dict[str, str]) -> list[Write]:
    """What is to be written, as the disk and the documents are now; notes what cannot be."""
    writes = []
    # What moves is written in its new place first: a kill in between leaves both files, never none.
    for path in sorted(paths, key=lambda path: (workspace.documents[path].version is None, path)):
        document = workspace.documents[path]
        try:
            if (write := _prepare(document)) is not None:
                writes.append(write)
        except (PatchError, Conflicted) as error:
            failed[path] = str(error)
    return writes


def _prepare(document: Document) -> Write | None:
    if document.conflict is not None:
        places = "; ".join(document.conflict.places)
        raise Conflicted(
            f"was changed on disk too ({places}); keep your version or take the one on disk, "
            f"then save again. In Python: project.resolve({document.path!r}, 'mine') or 'theirs'"
        )
    if not document.dirty:
        return None
    version = document.version
    if version is None:
        return Write(document.path, document.raw, None)
    like = version.origin.path if version.origin is not None else ""
    return Write(document.path, document.raw, document.encoded(), like)


def _write_all(
    workspace: OpenFiles, writes: list[Write], written: list[str], failed: dict[str, str]
) -> set[str]:
    """Carry the writes out; returns the paths that somebody else changed meanwhile."""
    changed: set[str] = set()
    for write in writes:
        if write.after is None and (changed or failed):
            partners = _partners(workspace, write.path)
            if partners & changed:
                changed.add(write.path)
                continue
            if stuck := sorted(partners & failed.keys()):
                failed[write.path] = f"is kept, since {stuck[0]} could not be written"
                continue
        try:
            _carry_out(workspace, write)
        except ChangedOnDiskError:
            changed.add(write.path)
        except OSError as error:
            failed[write.path] = _reason(error)
        else:
            written.append(write.path)
    return changed


def _carry_out(workspace: OpenFiles, write: Write) -> None:
    document = workspace.documents[write.path]
    carry_out(workspace.root, write)
    if write.after is None:
        document.raw = document.saved = None
    else:
        document.was_saved(write.after)


def _reason(error: OSError) -> str:
    if isinstance(error, UnsafePathError):
        return str(error)
    reason = _ADVICE.get(error.errno or 0, error.strerror or str(error))
    return f"could not be written: {reason}"


def _finish_first(workspace: OpenFiles) -> set[str]:
    """The same when a person saves, with the lock held; returns the paths that have changed."""
    root = workspace.root
    recovery.forget_finished(root)
    recovered = recovery.recover(root)
    if recovered or workspace.cut_off:
        workspace.cut_off = recovery.interrupted_saves(root)
    return take_from_disk(workspace) if recovered else set()


def settle_cut_off_saves(workspace: OpenFiles, *, finish: bool) -> list[str]:
    """Finish or drop every save that was cut off, because a person says so."""
    root, written = workspace.root, []
    with exclusive(workspace):
        if finish:
            written = recovery.finish_all(root)
        else:
            recovery.drop_all(root)
        workspace.cut_off = recovery.interrupted_saves(root)
        taken_over = take_from_disk(workspace)
    workspace.tell_of_disk(taken_over)
    return written
