"""The files of a design as models: open to unknown keys, read without ever raising.

``X.read(data)`` takes a file's data in any of the shapes that occur (root key or bare, maps or
lists, the guide's keys or the later format's) and gives the model with what did not fit.
"""

from __future__ import annotations

from ddd_lab.spec.models._read import Entry, FileModel, Misread, read_model
from ddd_lab.spec.models.architecture import ArchitectureModel
from ddd_lab.spec.models.config import ConfigModel, ConfigVariable
from ddd_lab.spec.models.domain import (
    DomainFlow,
    DomainModel,
    EventGroup,
    EventWiring,
    FlowGroup,
    StoreEntry,
)
from ddd_lab.spec.models.errors import ErrorCode, ErrorRegistry
from ddd_lab.spec.models.schema import (
    Relationship,
    SchemaField,
    SchemaIndex,
    SchemaModel,
    Transitions,
)
from ddd_lab.spec.models.system import DomainEntry, ProjectFile, SystemLayout, SystemModel

__all__ = [
    "ArchitectureModel",
    "ConfigModel",
    "ConfigVariable",
    "DomainEntry",
    "DomainFlow",
    "DomainModel",
    "Entry",
    "ErrorCode",
    "ErrorRegistry",
    "EventGroup",
    "EventWiring",
    "FileModel",
    "FlowGroup",
    "Misread",
    "ProjectFile",
    "Relationship",
    "SchemaField",
    "SchemaIndex",
    "SchemaModel",
    "StoreEntry",
    "SystemLayout",
    "SystemModel",
    "Transitions",
    "read_model",
]
