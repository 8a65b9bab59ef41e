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
    """What would happen to one file.

    Attributes:
        path: of the file, afterwards.
        change: whether it would be new, changed, moved (and perhaps changed) or gone.
        former: where a moved file is now.
        diff: the lines that would change, as people read them in Git; empty where they were not
            compared.
    """

    path: str
    change: Kind
    former: str = ""
    diff: str = ""


def dry_run(
    workspace: Workspace, act: Callable[[], object], *, diffs: int | None = None
) -> list[FileChange]:
    """What an operation would do to the files; afterwards all is as it was.

    Args:
        workspace: the project.
        act: carries the operation out.
        diffs: of how many files the lines are compared, which takes time; of all if left out.

    Returns:
        Every file that would change: those that move first, then by path.

    Raises:
        EditError: the operation would be refused, and why.
    """
    workspace.take_outside_changes()
    with workspace.rehearsal() as before:
        act()
        origins = dict(_origins(workspace, before))
        left = set(origins.values())
        there = {path for path in before if workspace.exists(path)}
        shown = [path for path in before if path in there or path not in left]
        shown.sort(key=lambda path: (path not in origins, path))
        after = [_text(workspace, path) for path in shown[:diffs]]
    found = []
    for index, path in enumerate(shown):
        former = origins.get(path, "")
        change: Kind = "changed"
        if path not in there:
            change = "gone"
        elif former:
            change = "moved"
        elif not workspace.exists(path):
            change = "new"
        diff = ""
        if index < len(after):
            old = former or path
            diff = unified_diff(_text(workspace, old), after[index], old, path, context=1)
        found.append(FileChange(path=path, change=change, former=former, diff=diff))
    return found


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
