"""An older version of a file, to be what the file says now."""

from __future__ import annotations

from pathlib import Path

from ddd_lab.files.disk import locks, recovery, storage
from ddd_lab.files.documents.document import Document, Version
from ddd_lab.git.discarding import PATIENCE, Discarded, digest, keep
from ddd_lab.git.history import version_of
from ddd_lab.git.spec_paths import require_specs
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.spec.models.flow import FlowData


def version_to_restore(root: Path, path: str, revision: str) -> Document:
    """A file as it was at a revision; one that has another name since keeps the new one.

    Raises:
        RevisionError: there was no such file then.
        EditError: it cannot be read.
    """
    was, raw = version_of(root, path, revision)
    document = Document(path)
    document.load(raw)
    if document.version is None:
        raise EditError(f"{was} at {revision} cannot be read: {document.broken}")
    model = document.version.model
    if isinstance(model, FlowData) and was != path:
        domain, _, id = document.key.partition("/")
        document.version = Version(model.model_copy(update={"id": id, "domain": domain}))
    return document


def restore_file(root: Path, path: str, revision: str) -> Discarded:
    """Write an older version over a file where no open design is at hand.

    Returns:
        What the file said, for `put_back`.
    """
    require_specs([path])
    content = version_to_restore(root, path, revision).encoded()
    with locks.locked(root, recovery.LOCK, timeout=PATIENCE):
        hash = keep(root, path)
        storage.write(root, path, content)
        return Discarded(path, hash, digest(root, path))
