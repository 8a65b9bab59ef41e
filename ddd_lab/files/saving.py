"""Writing the changed documents of a workspace: each whole or not at all, and never blindly."""

from __future__ import annotations

import errno
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from .atomic import write_atomically
from .document import Document
from .paths import inside, read_inside
from .storage import UnsafePathError
from .yaml import PatchError

if TYPE_CHECKING:
    from .workspace import Workspace

_ADVICE = {
    errno.ENOSPC: "the disk is full; free some space and save again",
    errno.EDQUOT: "the disk quota is used up; free some space and save again",
    errno.EROFS: "the file system is read-only; copy the project to a place you can write to",
    errno.EACCES: "writing is not allowed there; check the permissions and save again",
    errno.EPERM: "writing is not allowed there; check the permissions and save again",
}


class SaveError(OSError):
    """Some files could not be written. What was edited is still there, unsaved.

    Attributes:
        failed: the reason for every path that was not written.
        written: the paths that were.
    """

    def __init__(self, failed: dict[str, str], written: list[str]) -> None:
        super().__init__("; ".join(f"{path}: {reason}" for path, reason in failed.items()))
        self.failed = failed
        self.written = written


def save_documents(workspace: Workspace, paths: list[str]) -> list[str]:
    """Write the documents at some paths.

    Raises:
        SaveError: some failed; the others are written.
    """
    written: list[str] = []
    failed: dict[str, str] = {}
    # What moves is written in its new place first: a kill in between leaves both files, never none.
    for path in sorted(paths, key=lambda path: workspace.documents[path].version is None):
        document = workspace.documents[path]
        try:
            _refuse_half_a_move(workspace, path, failed)
            _save(workspace, document)
        except OSError as error:
            advice = _ADVICE.get(error.errno or 0, error.strerror or str(error))
            failed[path] = f"could not be written: {advice}"
        except (PatchError, UnsafePathError, Conflicted) as error:
            failed[path] = str(error)
        else:
            written.append(path)
    if failed:
        raise SaveError(failed, written)
    return written


def with_partners(workspace: Workspace, paths: set[str]) -> set[str]:
    """Some unsaved paths, and those that one of them moves to or from: a move is saved whole."""
    found: set[str] = set()
    left = set(paths)
    while left:
        found |= left
        left = {other for path in left for other in _partners(workspace, path)} - found
    return found


def _partners(workspace: Workspace, path: str) -> set[str]:
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


def _refuse_half_a_move(workspace: Workspace, path: str, failed: dict[str, str]) -> None:
    if failed and workspace.documents[path].version is None:
        for other in _partners(workspace, path) & failed.keys():
            raise Conflicted(f"is kept, since {other} could not be written")


class Conflicted(Exception):  # noqa: N818 - a reason inside this module, shown through SaveError
    """The file was changed on disk in the same place."""


def _save(workspace: Workspace, document: Document) -> None:
    target = inside(workspace.root, document.path)
    present = read_inside(workspace.root, document.path) if target.exists() else None
    if document.conflict is None and present != document.raw:
        workspace.reload([document.path])
    if document.conflict is not None:
        places = "; ".join(document.conflict.places)
        raise Conflicted(
            f"was changed on disk too ({places}); keep your version or take the one on disk, "
            "then save again"
        )
    if not document.dirty:
        return
    if document.version is None:
        target.unlink(missing_ok=True)
        document.raw = None
        document.saved = None
        _remove_empty_folders(workspace, document.path)
        return
    raw = document.encoded()
    if raw != document.raw:
        write_atomically(target, raw, like=_model_for(workspace, document))
    document.was_saved(raw)


def _model_for(workspace: Workspace, document: Document) -> Path | None:
    """The file whose permissions a moved file keeps."""
    origin = document.version.origin if document.version else None
    return inside(workspace.root, origin.path) if origin is not None else None


def _remove_empty_folders(workspace: Workspace, path: str) -> None:
    """Remove what a removed file leaves of its domain's folders: Git would not keep them either."""
    for parent in PurePosixPath(path).parents:
        if len(parent.parts) < 3 or parent.parts[:2] != ("specs", "domains"):
            return
        try:
            inside(workspace.root, parent.as_posix()).rmdir()
        except (OSError, UnsafePathError):
            return
