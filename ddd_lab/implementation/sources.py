"""Where it is read from which flows a project has, and what its mapping says of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ddd_lab.files.disk.paths import schema_of
from ddd_lab.spec.paths import MAPPING_FILE, schema_file

if TYPE_CHECKING:
    from ddd_lab.files.workspace.workspace import Workspace
    from ddd_lab.lossless_yaml import Tree
    from ddd_lab.spec.models.base import Data
    from ddd_lab.spec.models.base import Path as DataPath


class Source(Protocol):
    """Which flows there are, and what was recorded of them; files are read from the disk."""

    @property
    def root(self) -> Path:
        """The project's folder."""

    @property
    def flow_keys(self) -> Sequence[str]:
        """``domain/flow`` of every flow file."""

    def mapping(self) -> tuple[object, Data]:
        """What ``.ddd/mapping.yaml`` says, with something that is another when that changes."""

    def written(self, at: DataPath) -> str:
        """How a value of the mapping is written in its file; empty where that is not known."""

    def flow_path(self, key: str) -> str:
        """The path of a flow's file."""

    def schema_path(self, name: str) -> str:
        """The path of a schema's file by its name."""


class LoadedProject:
    """The source of statuses of a project that is open."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.root = workspace.root

    @property
    def flow_keys(self) -> Sequence[str]:
        """``domain/flow`` of every flow file, in the design's order."""
        return self.workspace.design.flow_keys

    def mapping(self) -> tuple[object, Data]:
        """What the mapping says; nothing where it is missing or broken."""
        document = self.workspace.document(MAPPING_FILE)
        saved = document.saved if document is not None else None
        return saved, saved.model if saved else {}

    def written(self, at: DataPath) -> str:
        """How a value of the mapping is written in its file."""
        from ddd_lab.files.documents.document import parsed

        document = self.workspace.document(MAPPING_FILE)
        saved = document.saved if document is not None else None
        return as_written(parsed(saved.text), at) if saved is not None and saved.text else ""

    def flow_path(self, key: str) -> str:
        """The path of a flow's file."""
        return self.workspace.flow_path(key)

    def schema_path(self, name: str) -> str:
        """The path of a schema's file by its name; where it would lie, if there is none."""
        stem = schema_stem(self.workspace, name)
        candidates = (path for path in self.workspace.documents if schema_of(path) == stem)
        return next(candidates) if stem else schema_file(name.lower())


def as_written(tree: Tree | None, at: DataPath) -> str:
    """How a single value is written in a file; empty where there is none."""
    node = tree.find(at) if tree is not None else None
    return str(getattr(node, "value", "")).strip()


def schema_stem(workspace: Workspace, name: str) -> str:
    """The file stem of a schema by its name or by the stem itself; empty if there is none."""
    schemas = workspace.design.schemas
    named = (stem for stem, model in schemas.items() if model.name == name)
    return next(named, name if name in schemas else "")
