"""The files of a design as models: open to unknown keys, read without ever raising.

``X.read(data)`` takes a file's data in any of the shapes that occur (root key or bare, maps or
lists, the guide's keys or the later format's) and gives the model with what did not fit.
"""

from __future__ import annotations

from ddd_lab.spec.models._read import Misread
from ddd_lab.spec.models.architecture import ArchitectureModel
from ddd_lab.spec.models.config import ConfigModel
from ddd_lab.spec.models.domain import DomainFlow, DomainModel, EventWiring
from ddd_lab.spec.models.errors import ErrorRegistry
from ddd_lab.spec.models.schema import SchemaModel
from ddd_lab.spec.models.system import ProjectFile, SystemLayout, SystemModel

__all__ = [
    "ArchitectureModel",
    "ConfigModel",
    "DomainFlow",
    "DomainModel",
    "ErrorRegistry",
    "EventWiring",
    "Misread",
    "ProjectFile",
    "SchemaModel",
    "SystemLayout",
    "SystemModel",
]
