"""What an operation would do to the files, found by doing it and taking it back unseen."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Literal

from ddd_lab.files.workspace.workspace import Workspace
from ddd_lab.lossless_yaml import PatchError, YamlError
from ddd_lab.spec.models.base import Frozen
from ddd_lab.text_diff import unified_diff

Kind = Literal["new", "changed", "moved", "gone"]


class FileChange(Frozen):
    """What would happen to one file."""

    path: str  # of the file, afterwards
    change: Kind  # whether it would be new, changed, moved (and perhaps changed) or gone
    former: str = ""  # where a moved file is now
    # The lines that would change, as people read them in Git; empty where they were not compared.
    diff: str = ""


def dry_run(
    workspace: Workspace, act: Callable[[], object], *, diffs: int | None = None
) -> list[FileChange]:
    """Every file that an operation would change, moved ones first; afterwards all is as it was.

    Comparing lines takes time: only those of the first ``diffs`` files are compared (None: all).
    """
    workspace.take_outside_changes()
    with workspace.trial() as before:
        act()
        origins = dict(_origins(workspace, before))
        left = set(origins.values())
        present = {path for path in before if workspace.exists(path)}
        shown = [path for path in before if path in present or path not in left]
        shown.sort(key=lambda path: (path not in origins, path))
        after = [_text(workspace, path) for path in shown[:diffs]]
    changes = []
    for index, path in enumerate(shown):
        former = origins.get(path, "")
        change: Kind = "changed"
        if path not in present:
            change = "gone"
        elif former:
            change = "moved"
        elif not workspace.exists(path):
            change = "new"
        diff = ""
        if index < len(after):
            old = former or path
            diff = unified_diff(_text(workspace, old), after[index], old, path, context=1)
        changes.append(FileChange(path=path, change=change, former=former, diff=diff))
    return changes


def _origins(workspace: Workspace, paths: Collection[str]) -> Iterator[tuple[str, str]]:
    """New and former path of the files that have moved."""
    for path in paths:
        version = workspace.documents[path].version
        origin = version.origin.path if version is not None and version.origin else ""
        if origin and origin != path and origin in paths and not workspace.exists(origin):
            yield path, origin


def _text(workspace: Workspace, path: str) -> str:
    document = workspace.document(path)
    if document is None or document.version is None:
        return ""
    try:
        return document.text()
    except (PatchError, YamlError):
        return ""
