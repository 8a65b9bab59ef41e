"""What saving would change, as people read it in Git."""

from __future__ import annotations

from ddd_lab.files.disk.git import Git, GitError
from ddd_lab.files.documents.document import Document
from ddd_lab.files.workspace.snapshot import Snapshot, revision_snapshot
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


def since_commit(workbench: Workbench) -> tuple[str, str]:
    """How the design here differs from the last commit, what is not saved included.

    Returns:
        A unified diff, and what is to be said about it: why there is nothing to compare with.
    """
    git = Git(workbench.root)
    try:
        git.prefix()
    except GitError as error:
        if "not a git repository" not in str(error):
            return "", f"The last commit cannot be read. {error}."
        return "", (
            "This design lies in no Git repository, so there is no last commit. "
            "Run “git init” in its folder and commit it once."
        )
    try:
        git.commit("HEAD")
    except GitError:
        before: Snapshot = {}
        words = "Nothing has been committed yet, so everything is new."
    else:
        before, words = revision_snapshot(workbench.root, "HEAD"), ""
    after = {path: _here(document) for path, document in workbench.documents.items()}
    changed = [path for path in before.keys() | after.keys() if before.get(path) != after.get(path)]
    diffs = (_between(path, before.get(path), after.get(path)) for path in sorted(changed))
    return "".join(diffs), words


def _here(document: Document) -> bytes | None:
    """What a file says here, saved or not."""
    if document.version is None:
        return document.raw if document.broken is not None else None
    return document.raw if document.version is document.saved else _written(document).encode()


def _between(path: str, before: bytes | None, after: bytes | None) -> str:
    # Git may add carriage returns, or take them.
    old, new = (_text(raw).replace("\r\n", "\n") for raw in (before, after))
    return unified_diff(
        old,
        new,
        "/dev/null" if before is None else f"a/{path}",
        "/dev/null" if after is None else f"b/{path}",
    )


def clashes(workbench: Workbench, path: str | None) -> list[str]:
    """The places of a file that were changed both here and on disk, and are not decided."""
    document = workbench.documents.get(path or "")
    conflict = document.conflict if document is not None else None
    return list(conflict.places) if conflict is not None else []


def _diff(document: Document) -> str:
    path = document.path
    raw = document.apart.raw if document.apart is not None else document.raw
    before = _text(raw)
    return unified_diff(
        before,
        _written(document),
        "/dev/null" if raw is None else f"a/{path}",
        "/dev/null" if document.version is None else f"b/{path}",
    )


def _written(document: Document) -> str:
    try:
        return document.text()
    except (PatchError, YamlError) as error:
        raise EditError(f"{document.path} cannot be written as it stands: {error}") from error


def _text(raw: bytes | None) -> str:
    if raw is None:
        return ""
    try:
        return decode(raw)
    except YamlError:
        return raw.decode("utf-8", "replace")
