"""What saving would change, as people read it in Git."""

from __future__ import annotations

from ddd_lab.files.documents.document import Document
from ddd_lab.lossless_yaml import PatchError, YamlError, decode
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.text_diff import unified_diff
from ddd_lab.workbench import Workbench


def preview(workbench: Workbench, path: str | None = None) -> str:
    """A unified diff of what is on disk and what saving would write.

    Raises:
        EditError: there is no such file, or it cannot be written as it stands.
    """
    if path is None:
        return "".join(_diff(workbench.documents[changed]) for changed in sorted(workbench.dirty))
    document = workbench.document(path)
    if document is None:
        raise EditError(f"there is no file {path}")
    return _diff(document)


def clashes(workbench: Workbench, path: str | None) -> list[str]:
    """The places of a file that were changed both here and on disk, and are not decided."""
    document = workbench.documents.get(path or "")
    conflict = document.conflict if document is not None else None
    return list(conflict.places) if conflict is not None else []


def _diff(document: Document) -> str:
    path = document.path
    raw = document.apart.raw if document.apart is not None else document.raw
    before = _text(raw)
    try:
        after = document.text()
    except (PatchError, YamlError) as error:
        raise EditError(f"{path} cannot be written as it stands: {error}") from error
    return unified_diff(
        before,
        after,
        "/dev/null" if raw is None else f"a/{path}",
        "/dev/null" if document.version is None else f"b/{path}",
    )


def _text(raw: bytes | None) -> str:
    if raw is None:
        return ""
    try:
        return decode(raw)
    except YamlError:
        return raw.decode("utf-8", "replace")
