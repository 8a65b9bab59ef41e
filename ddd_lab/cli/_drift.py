"""The two sides of a comparison: from what people type to the bytes that are compared."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ddd_lab.cli._errors import CallError
from ddd_lab.files.disk.paths import flow_key, is_design_file
from ddd_lab.files.workspace.snapshot import (
    FileDifference,
    RevisionError,
    Snapshot,
    compare_files,
    compare_snapshots,
    file_at_revision,
    folder_snapshot,
    revision_snapshot,
)
from ddd_lab.files.workspace.versions import THE_FILES, DesignVersion
from ddd_lab.lossless_yaml import YamlError, decode, parse
from ddd_lab.spec.paths import PROJECT_FILE


@dataclass(frozen=True)
class _Side:
    """What one argument names: a folder, a file, a revision, or a file in a revision.

    Attributes:
        base: for a file in a revision, the folder that ``./`` at the start of ``path`` means.
    """

    folder: Path | None = None
    file: Path | None = None
    revision: str = ""
    path: str = ""
    base: Path = Path()

    @property
    def is_file(self) -> bool:
        return bool(self.file or self.path)

    @property
    def name(self) -> str:
        """The path that tells what kind of file it is."""
        return self.path or (self.file.resolve().as_posix() if self.file else "")

    @property
    def words(self) -> str:
        """What people call it."""
        if self.revision:
            return f"{self.revision}:{self.path}" if self.path else self.revision
        if self.file:
            return self.file.name
        return THE_FILES if self.folder == Path() else str(self.folder)


def compared(old: str | None, new: str | None) -> list[FileDifference]:
    """What differs between two things that people name.

    Args:
        old: a folder, a file, a Git revision, ``REVISION:FILE``, or nothing for ``HEAD``.
        new: likewise; nothing for the folder at hand. A single path is compared with ``HEAD``.
    """
    before, after = _sides(old, new)
    with _refusals():
        if before.is_file or after.is_file:
            return _compared_files(before, after)
        folder = _folder(before, after)
        return compare_snapshots(_snapshot(before, folder), _snapshot(after, folder))


def compared_versions(old: str | None, new: str | None) -> tuple[DesignVersion, DesignVersion]:
    """Two designs that people name, as for :func:`compared`; two files are a design each."""
    before, after = _sides(old, new)
    with _refusals():
        if before.is_file or after.is_file:
            before, after = _both_files(before, after)
            contents = _bytes(before), _bytes(after)
            path = _kind(after.name, before.name, *contents)
            first = DesignVersion(before.words, {path: contents[0]})
            return first, DesignVersion(after.words, {path: contents[1]}, first)
        folder = _folder(before, after)
        first = DesignVersion(before.words, _snapshot(before, folder))
        return first, DesignVersion(after.words, _snapshot(after, folder), first)


def _sides(old: str | None, new: str | None) -> tuple[_Side, _Side]:
    if new is None and old is not None and not _side(old).revision:
        old, new = None, old
    return _side("HEAD" if old is None else old), _side("." if new is None else new)


def _folder(before: _Side, after: _Side) -> Path:
    """A bare revision is one of the project on the other side, else of the one at hand."""
    return after.folder or before.folder or Path()


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except RevisionError as error:
        raise CallError(str(error)) from error
    except OSError as error:
        raise CallError(f"{error.filename or ''}: {error.strerror or error}") from error


def _side(argument: str) -> _Side:
    """What an argument names; something that is on disk is never taken for a revision."""
    path = Path(argument).expanduser()
    try:
        if path.is_dir():
            inner = path.name == "specs" and not (path / "specs").is_dir()
            return _Side(folder=path.resolve().parent if inner else path)
        if path.exists():
            return _Side(file=path)
    except (OSError, ValueError) as error:
        raise CallError(f"{argument!r} is neither a path nor a revision: {error}") from error
    if not argument or path.is_absolute() or argument.startswith(("./", "../", "~")):
        raise CallError(f"there is no file or folder {argument!r}")
    revision, colon, inside = argument.partition(":")
    return _Side(revision=revision or "HEAD", path=inside) if colon else _Side(revision=argument)


def _snapshot(side: _Side, folder: Path) -> Snapshot:
    files = (
        revision_snapshot(folder, side.revision)
        if side.revision
        else folder_snapshot(side.folder or folder)
    )
    if not files:
        where = f"{folder.resolve()} at {side.revision}" if side.revision else str(side.folder)
        raise CallError(f"there is no design in {where}: no YAML file below specs/")
    return files


def _both_files(before: _Side, after: _Side) -> tuple[_Side, _Side]:
    file = after.file or before.file
    if file is not None:
        before, after = _same_file(before, file), _same_file(after, file)
    if not (before.is_file and after.is_file):
        raise CallError("a file can be compared with a file only; name two files or two folders")
    return before, after


def _compared_files(before: _Side, after: _Side) -> list[FileDifference]:
    before, after = _both_files(before, after)
    old, new = _bytes(before), _bytes(after)
    differences = compare_files(_kind(after.name, before.name, old, new), old, new)
    if differences is None:
        return []
    shown = after.path.removeprefix("./") if after.path else str(after.file)
    return [
        FileDifference(
            shown, differences.flow, differences.state, differences.changes, differences.reason
        )
    ]


def _same_file(side: _Side, file: Path) -> _Side:
    """A bare revision beside a file (``HEAD flow.yaml``) means that file, then."""
    if not side.revision or side.path:
        return side
    return _Side(revision=side.revision, path=f"./{file.name}", base=file.resolve().parent)


def _bytes(side: _Side) -> bytes:
    if side.file is not None:
        return side.file.read_bytes()
    return file_at_revision(side.base, side.revision, side.path)


def _kind(new_name: str, old_name: str, old: bytes, new: bytes) -> str:
    """A design path under which both versions are read.

    That of a file in a project; for one that lies elsewhere, a flow's if it looks like a flow.
    """
    for name in (new_name, old_name):
        _, specs, rest = name.rpartition("specs/")
        if specs and is_design_file(path := f"specs/{rest}"):
            return path
    if new_name.endswith(".json"):
        return PROJECT_FILE
    stem = Path(new_name).stem or "file"
    path = f"specs/domains/domain/flows/{stem}.yaml"
    looks = all(_looks_like_flow(raw) for raw in (old, new))
    return path if looks and flow_key(path) else "specs/file.yaml"


def _looks_like_flow(raw: bytes) -> bool:
    try:
        data: Any = parse(decode(raw)).data
    except YamlError:
        return True
    return isinstance(data, dict) and ("nodes" in data or isinstance(data.get("flow"), dict))
