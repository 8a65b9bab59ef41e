"""Taking over what other programs wrote to the files of an open project, and settling clashes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ddd_lab.files.disk.listing import listed
from ddd_lab.files.disk.paths import is_kept_file
from ddd_lab.files.disk.storage import read, status
from ddd_lab.files.documents.document import Document, Origin, Version
from ddd_lab.files.workspace.conflicts import (
    carried,
    changed_on_disk,
    gone_from_disk,
    read_anew,
    resolve_conflict,
)
from ddd_lab.files.workspace.open_files import OpenFiles
from ddd_lab.spec.edit.history import Step
from ddd_lab.spec.edit.nodes import EditError


def take_from_disk(workspace: OpenFiles, paths: Iterable[str] | None = None) -> set[str]:
    """Take over what changed on disk, all by default; ``workspace.tell_of_disk`` is to follow."""
    with workspace.lock:
        before = workspace.listing.refused
        if paths is None:
            workspace.listing = listed(workspace.root)
            files = set(workspace.listing.files)
            unread = workspace.unread & files
            for path in unread:
                workspace.documents[path].epoch += 1
            paths = sorted({*workspace.documents, *files} - unread)
        changed = {path for path in paths if is_kept_file(path) and take_over(workspace, path)}
        return changed | (before.keys() ^ workspace.listing.refused.keys())


def take_over(workspace: OpenFiles, path: str) -> bool:
    """Look at a file on disk and take over what changed there; whether that is news."""
    document = workspace.documents.get(path)
    if document is not None and path in workspace.unread and status(workspace.root, path):
        document.epoch += 1
        return False
    try:
        raw: bytes | None = read(workspace.root, path)
    except (FileNotFoundError, NotADirectoryError):
        raw = None
    except OSError as error:
        return _failed(workspace, path, error)
    if document is None:
        if raw is None:
            return False
        document = workspace.documents[path] = Document(path)
        document.load(raw)
        workspace.structure += 1
        return True
    never_read = path in workspace.unread
    workspace.unread.discard(path)
    seen_before = document.apart.raw if document.apart is not None else document.raw
    recovered = document.unreadable
    document.unreadable = None
    if raw == seen_before and not never_read and (raw is not None or document.broken is None):
        return recovered is not None
    workspace.structure += 1
    if raw is None:
        gone_from_disk(document)
        if document.version is None:
            workspace.history.forget(path)
        return True
    if _moved_away(workspace, document, raw):
        return True
    base = document.saved
    changed_on_disk(document, raw)
    if document.apart is None:
        _rebase(workspace, document, base)
    return True


def _failed(workspace: OpenFiles, path: str, error: OSError) -> bool:
    """Note that a file cannot be looked at any more; whether that is news."""
    document = workspace.documents.get(path)
    if document is None:
        document = workspace.documents[path] = Document(path)
        workspace.structure += 1
    workspace.unread.discard(path)
    before = document.broken, document.unreadable
    document.mark_unreadable(error)
    return before != (document.broken, document.unreadable)


def _moved_away(workspace: OpenFiles, document: Document, raw: bytes) -> bool:
    """Let what others wrote into a file that moves go along with it; whether that was so."""
    base = document.saved
    if document.version is not None or base is None:
        return False
    moved = [
        other
        for other in workspace.documents.values()
        if other.version is not None
        and other.version.origin is not None
        and other.version.origin.path == document.path
        and other.dirty
    ]
    theirs = read_anew(document, raw)
    if not moved or theirs.saved is None:
        return False
    origin = Origin(document.path, theirs.text(), raw)

    def along(version: Version | None) -> Version | None:
        if version is None or version.origin is None or version.origin.path != origin.path:
            return version
        return replace(carried(document, version, base, theirs), origin=origin)

    document.take_over(theirs, None)
    _rebase(workspace, document, base)
    for other in moved:
        other.version = along(other.version)
        workspace.history.rewrite(other.path, along)
    return True


def _rebase(workspace: OpenFiles, document: Document, base: Version | None) -> None:
    """Give the versions that undo would go back to what others wrote, so it is not undone."""
    theirs = document.saved
    if base is None or theirs is None:
        workspace.history.forget(document.path)
        return

    def along(version: Version | None) -> Version | None:
        if version is None or version is document.version:
            return version
        return carried(document, version, base, document)

    workspace.history.rewrite(document.path, along)


def resolve(workspace: OpenFiles, path: str, keep: str) -> None:
    """End a conflict, as one undoable step; see :meth:`Workspace.resolve`."""
    with workspace.lock:
        document = workspace.documents.get(path)
        if document is None or document.conflict is None:
            raise EditError(f"{path} has no conflict to resolve")
        base, apart = document.saved, document.apart
        former = resolve_conflict(document, keep)
        if document.broken is not None:
            workspace.history.forget(path)
        else:
            if apart is not None and apart.raw is not None:
                _rebase(workspace, document, base)
            label = f"keep {'what is here' if keep == 'mine' else 'what is on disk'} in {path}"
            workspace.history.record(Step(label, {path: former}, {path: document.version}))
        workspace.structure += 1
