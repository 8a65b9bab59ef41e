"""A whole design as the other rooms see it: domains, flows, schemas and the rest, by id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
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


class Design(Protocol):
    """What checks and maps read. Mappings are lazy: a flow is read when it is asked for.

    Attributes:
        domains: every domain in the order people see: as the system lists them, then folders that
            it does not list. A domain without a file of its own is there with what is known of it.
        flow_keys: ``domain/flow`` of every flow file, grouped by domain in that order; a flow
            whose file is broken is among them but not in ``flows``.
        flows: every flow that can be read, by key.
        schemas: by file stem (``contract`` for ``specs/schemas/contract.yaml``).
        paths: every file of the design that exists, relative paths.
    """

    @property
    def system(self) -> SystemModel:
        """What specs/system.yaml says."""

    @property
    def project_file(self) -> ProjectFile:
        """What ddd-project.json says (the later format's list of domains)."""

    @property
    def layout(self) -> SystemLayout:
        """Where the domains lie on the System Map."""

    @property
    def domains(self) -> Mapping[str, DomainModel]:
        """Every domain, by id."""

    @property
    def flow_keys(self) -> Sequence[str]:
        """Key of every flow file."""

    @property
    def flows(self) -> Mapping[str, FlowData]:
        """Every readable flow, by key."""

    @property
    def schemas(self) -> Mapping[str, SchemaModel]:
        """Every schema, by file stem."""

    @property
    def errors(self) -> ErrorRegistry:
        """Every error code of the project."""

    @property
    def architecture(self) -> ArchitectureModel:
        """What specs/architecture.yaml says."""

    @property
    def config(self) -> ConfigModel:
        """What specs/config.yaml says."""

    @property
    def paths(self) -> frozenset[str]:
        """Every file of the design that exists."""

    @property
    def unreadable(self) -> frozenset[str]:
        """Those files of domains and schemas that are there but broken."""

    def data(self, path: str) -> Data:
        """Plain data of a file that no model reads; None if it is missing, broken or a flow."""


def flow_keys_of(design: Design, domain: str) -> list[str]:
    """Keys of the flow files of one domain."""
    return [key for key in design.flow_keys if key.partition("/")[0] == domain]
