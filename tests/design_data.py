"""A design held in memory, all of it, for checks and maps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ddd_lab.spec.models import (
    ArchitectureModel,
    ConfigModel,
    DomainModel,
    ErrorRegistry,
    ProjectFile,
    SchemaModel,
    SystemLayout,
    SystemModel,
)
from ddd_lab.spec.models.base import Data
from ddd_lab.spec.models.flow import FlowData


@dataclass(frozen=True)
class DesignData:
    """A design that a test makes up."""

    system: SystemModel
    layout: SystemLayout
    errors: ErrorRegistry
    architecture: ArchitectureModel
    config: ConfigModel
    domains: Mapping[str, DomainModel] = field(default_factory=dict)
    flows: Mapping[str, FlowData] = field(default_factory=dict)
    schemas: Mapping[str, SchemaModel] = field(default_factory=dict)
    paths: frozenset[str] = frozenset()
    project_file: ProjectFile = field(default_factory=ProjectFile)
    plain: Mapping[str, Data] = field(default_factory=dict)
    unreadable: frozenset[str] = frozenset()

    def data(self, path: str) -> Data:
        """Plain data of a file that no model reads; None if it is missing, broken or a flow."""
        return self.plain.get(path)

    @property
    def flow_keys(self) -> Sequence[str]:
        """Keys of all flows, in the mapping's order."""
        return tuple(self.flows)
