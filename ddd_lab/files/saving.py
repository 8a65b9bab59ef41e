"""Writing the changed documents of a workspace: each whole or not at all, and never blindly."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from .atomic import write_atomically
from .document import Document
from .paths import UnsafePathError, inside
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
    for path in paths:
        document = workspace.documents[path]
        try:
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


class Conflicted(Exception):  # noqa: N818 - a reason inside this module, shown through SaveError
    """The file was changed on disk in the same place."""


def _save(workspace: Workspace, document: Document) -> None:
    target = inside(workspace.root, document.path)
    present = target.read_bytes() if target.exists() else None
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
        return
    raw = document.encoded()
    if raw != document.raw:
        write_atomically(target, raw)
    document.was_saved(raw)
