"""Versions of a design to compare: the open one, the files, a Git revision, another folder."""

from __future__ import annotations

from dataclasses import InitVar, dataclass, field
from pathlib import Path

from ddd_lab.files.disk.folder import project_folder
from ddd_lab.files.disk.paths import is_design_file
from ddd_lab.files.documents.document import Document
from ddd_lab.files.workspace.design_view import DesignView
from ddd_lab.files.workspace.document_reader import DocumentReader
from ddd_lab.files.workspace.open_files import OpenFiles
from ddd_lab.files.workspace.snapshot import Snapshot, folder_snapshot, revision_snapshot
from ddd_lab.spec.models.design import Design

THE_FILES = "the files"
THE_OPEN_DESIGN = "the open design"


@dataclass(frozen=True, eq=False)
class DesignVersion:
    """A whole design at one moment.

    Attributes:
        name: what people call it: a revision, a folder, "the files".
        snapshot: the bytes of its files.
        like: another version; what both say alike is read once.
        files: these files, each read when it is first asked for.
        design: what they say.
    """

    name: str
    snapshot: Snapshot = field(repr=False)
    like: InitVar[DesignVersion | None] = None
    files: DocumentReader = field(init=False, repr=False)
    design: Design = field(init=False, repr=False)

    def __post_init__(self, like: DesignVersion | None) -> None:
        files = _SnapshotFiles(self.snapshot, like)
        object.__setattr__(self, "files", files)
        object.__setattr__(self, "design", DesignView(files))


class _SnapshotFiles(DocumentReader):
    """The files of a snapshot."""

    def __init__(self, snapshot: Snapshot, like: DesignVersion | None) -> None:
        super().__init__()
        self._snapshot = snapshot
        for path, raw in snapshot.items():
            shared = like is not None and like.snapshot.get(path) == raw
            document = like.files.documents[path] if like and shared else Document(path)
            self.documents[path] = document
        self.unread = set(self.documents)

    def _load(self, path: str, document: Document) -> None:
        if document.raw is None:  # else the other version has read it
            super()._load(path, document)
        self.unread.discard(path)

    def _bytes(self, path: str) -> bytes | None:
        return self._snapshot.get(path)


def folder_version(
    root: Path, name: str = THE_FILES, like: DesignVersion | None = None
) -> DesignVersion:
    """The files of a project as they are on disk."""
    return DesignVersion(name, folder_snapshot(root), like)


def revision_version(root: Path, revision: str, like: DesignVersion | None = None) -> DesignVersion:
    """The files of a project as they were at a Git revision.

    Raises:
        RevisionError: there is no such revision, or no Git.
    """
    return DesignVersion(revision, revision_snapshot(root, revision), like)


def named_version(root: Path, name: str | Path, like: DesignVersion | None = None) -> DesignVersion:
    """A version by what people call it: a Git revision, or another folder as a ``Path``.

    Raises:
        RevisionError: there is no such revision, or no Git.
        ProjectError: there is no such folder.
    """
    if isinstance(name, str):
        return revision_version(root, name, like)
    return folder_version(project_folder(name), name.name, like)


def open_version(open_files: OpenFiles, like: DesignVersion | None = None) -> DesignVersion:
    """An open design as it is now, with what nobody has saved."""
    with open_files.lock:
        paths = filter(is_design_file, open_files.documents)
        contents = {path: open_files.content(path) for path in paths}
    present = {path: content for path, content in contents.items() if content is not None}
    return DesignVersion(THE_OPEN_DESIGN, present, like)
