"""The system: its own file, its layout on the map, and the later format's project file."""

from __future__ import annotations

from typing import ClassVar, Self

from pydantic import Field

from ddd_lab.spec.models._read import (
    FileModel,
    Map,
    Misread,
    NamedEntry,
    Text,
    located,
    named_entries,
    positions,
)
from ddd_lab.spec.models.base import Data, Position


class DomainEntry(NamedEntry):
    """A domain as the system (the guide) or the project file (later format) lists it.

    Attributes:
        id: name of its folder: what the entry says, or its name in lower case with dashes.
        name: what people call it.
        role: entity, process, interface or orchestration, if stated.
    """

    MISSING = "A domain needs a name: add “name”."

    description: Text = ""
    role: Text = ""


class _Listing(FileModel):
    """A file that lists the domains.

    Attributes:
        tech_stack: language, framework, database and so on, keys and values as written.
        domains: as listed.
    """

    name: Text = ""
    version: Text = ""
    description: Text = ""
    tech_stack: Map = Field(default_factory=dict)
    domains: tuple[DomainEntry, ...] = ()

    @classmethod
    def read(cls, data: Data) -> tuple[Self, list[Misread]]:
        """Read the file's data, with or without the root key ``system``."""
        read, inner, at, issues = cls.read_root(data, *cls._roots, apart={"domains"})
        domains = named_entries(DomainEntry, inner, at, "domains", issues)
        return read.model_copy(update={"domains": domains}), located(issues, data)

    _roots: ClassVar[tuple[str, ...]] = ()


class SystemModel(_Listing):
    """What ``specs/system.yaml`` says (the guide's system config)."""

    _roots = ("system",)


class ProjectFile(_Listing):
    """What ``ddd-project.json`` says (the later format's list of domains)."""

    tech_stack: Map = Field(default_factory=dict, alias="techStack")


class SystemLayout(FileModel):
    """Where the domains lie on the system map (``specs/system-layout.yaml``)."""

    domains: dict[str, Position] = Field(default_factory=dict)

    @classmethod
    def read(cls, data: Data) -> tuple[Self, list[Misread]]:
        """Read the file's data, with or without the root key ``system_layout``."""
        read, inner, at, issues = cls.read_root(data, "system_layout", apart={"domains"})
        placed = positions(inner, at, "domains", issues)
        return read.model_copy(update={"domains": placed}), located(issues, data)
