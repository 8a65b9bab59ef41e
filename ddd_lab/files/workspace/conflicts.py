"""Changes on disk meet changes here: both are kept, and a clash is settled where it is.

What does not clash is merged at once. At a place that both sides changed, what is here stays until
a person decides; a version that waits for that says so (:attr:`Version.clash`), and is not saved.
Undo goes through such versions like through any other.
"""

from __future__ import annotations

from dataclasses import replace

from ddd_lab.files.documents.document import Conflict, Document, Model, Version
from ddd_lab.files.documents.merge import merge_flows, merge_lines
from ddd_lab.files.documents.merge_data import MergeConflictError, Side, merge_data
from ddd_lab.lossless_yaml import PatchError
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.spec.problem import Problem


def changed_on_disk(document: Document, raw: bytes) -> None:
    """Take over what somebody else wrote; merge it where there are unsaved changes."""
    if raw == document.raw:
        document.apart = None
        return
    if not document.dirty:
        document.epoch += 1
        document.apart = None
        document.load(raw)
        return
    theirs = read_anew(document, raw)
    if theirs.saved is None:
        reason = theirs.broken.message if theirs.broken else "it cannot be read"
        document.apart = Conflict((f"the file on disk: {reason}",), raw)
    elif document.version is None:
        places = ("the file was removed here and changed on disk",)
        document.apart = Conflict(places, raw, theirs.saved.model)
    else:
        document.take_over(theirs, carried(document, document.version, document.saved, theirs))


def gone_from_disk(document: Document) -> None:
    """Note that somebody deleted the file; unsaved changes make that a conflict."""
    if document.dirty and document.version is not None:
        document.apart = Conflict(("the file was deleted on disk",), None)
        return
    document.raw = document.saved = document.version = None
    document.broken = document.apart = None
    document.issues = ()


def read_anew(document: Document, raw: bytes) -> Document:
    """What other bytes of the same file say."""
    theirs = Document(document.path, epoch=document.epoch + 1)
    theirs.load(raw)
    if theirs.saved is not None and theirs.saved.markers:
        # What a merge has left is not merged once more.
        theirs.saved = theirs.version = None
        theirs.broken = Problem(
            path=document.path,
            line=0,
            column=0,
            severity="error",
            rule="file.conflict",
            message="a merge of Git has left conflict markers in it",
            where=document.key or document.path,
        )
    return theirs


def carried(
    document: Document, version: Version, former: Version | None, theirs: Document
) -> Version:
    """A version with what others changed on disk; where that clashes, what is here stays.

    ``former`` is what the disk said before these changes (None: no file), ``theirs`` the file now.
    """
    model = theirs.saved.model if theirs.saved is not None else None
    base = former.model if former is not None else None
    try:
        merged, before = _merged(document, base, version.model, model), model
    except MergeConflictError:
        merged = _merged(document, base, version.model, model, "mine")
        before = _merged(document, base, version.model, model, "before")
    if version.clash is not None and version.clash.before is not None:
        before = _merged(document, base, version.clash.before, before, "mine")
    version_now = Version(merged, origin=version.origin)
    if version.base is not None and former is not None and theirs.saved is not None:
        version_now.base = merge_lines(former.text or "", version.base, theirs.saved.text or "")
    if before is not model:
        version_now.clash = _clash(document, merged, Conflict((), theirs.raw, model, before))
    return version_now


def clash_left(document: Document, version: Version | None, model: Model) -> Conflict | None:
    """What of a version's clash is left when its file is to say something else."""
    clash = version.clash if version is not None else None
    if model is None or clash is None or clash.before is None:
        return clash
    return _clash(document, model, clash)


def resolve_conflict(document: Document, keep: str) -> Version | None:
    """End a conflict, keeping ``mine`` or ``theirs``; returns the version for undo to go back to.

    What does not clash stays as it is. Raises `PatchError` where the file on disk cannot be read.
    """
    if keep not in ("mine", "theirs"):
        raise EditError(f'keep must be "mine" or "theirs", not {keep!r}')
    if document.apart is not None:
        return _settle_apart(document, document.apart, keep)
    version = document.version
    if version is None or version.clash is None:
        raise EditError(f"{document.path} has no conflict to resolve")
    clash = version.clash
    if keep == "mine":
        document.version = replace(version, clash=None)
    elif clash.theirs is None:
        document.version = None
    else:
        model = _merged(document, clash.before, version.model, clash.theirs, "theirs")
        document.version = Version(model, origin=version.origin)
        if not document.dirty:
            document.version = document.saved
    return version


def _settle_apart(document: Document, apart: Conflict, keep: str) -> Version | None:
    mine = document.version
    if apart.raw is None:
        document.raw = document.saved = document.apart = None
        document.version = Version(mine.model) if mine is not None and keep == "mine" else None
        return Version(mine.model, clash=Conflict(apart.places, None)) if mine is not None else None
    theirs = read_anew(document, apart.raw)
    if theirs.saved is None and keep == "mine":
        raise PatchError(
            f"{document.path} on disk cannot be read, so nothing is written over it: fix or "
            f"remove the file, then save again"
        )
    if theirs.saved is None:
        document.apart = None
        document.epoch += 1
        document.load(apart.raw)
        return None
    document.take_over(theirs, None if keep == "mine" else theirs.saved)
    return theirs.saved if keep == "mine" else None


def _clash(document: Document, mine: Model, clash: Conflict) -> Conflict | None:
    try:
        _merged(document, clash.before, mine, clash.theirs)
    except MergeConflictError as error:
        return replace(clash, places=tuple(error.places))
    return None


def _merged(
    document: Document, base: Model, mine: Model, theirs: Model, keep: Side | None = None
) -> Model:
    merge = merge_flows if document.key else merge_data
    return merge(base, mine, theirs, keep)
