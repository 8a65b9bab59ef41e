"""The system: its own file, its layout on the map, and the later format's project file."""

from __future__ import annotations

from typing import Self

from pydantic import Field

from ddd_lab.spec.models._read import (
    Entry,
    FileModel,
    Map,
    Misread,
    Text,
    entry,
    located,
    positions,
    read_entries,
    read_model,
    slug,
    unwrap,
)
from ddd_lab.spec.models.base import Data, Path, Position
from ddd_lab.spec.paths import composed


class DomainEntry(Entry):
    """A domain as the system (the guide) or the project file (later format) lists it.

    Attributes:
        id: name of its folder: what the entry says, or its name in lower case with dashes.
        name: what people call it.
        role: entity, process, interface or orchestration, if stated.
    """

    id: Text = ""
    name: Text = ""
    description: Text = ""
    role: Text = ""


def _domains(data: Data, at: Path, issues: list[Misread]) -> tuple[DomainEntry, ...]:
    found = []
    for item, path in read_entries(data, at, "domains", issues):
        read = entry(DomainEntry, item, path, issues)
        if not read.id and not read.name:
            issues.append(Misread(path=path, message="A domain needs a name: add “name”."))
            continue
        ids = {"id": composed(read.id or slug(read.name)), "name": read.name or read.id}
        found.append(read.model_copy(update=ids))
    return tuple(found)


class SystemModel(FileModel):
    """What ``specs/system.yaml`` says (the guide's system config).

    Attributes:
        tech_stack: language, framework, database and so on, keys and values as written.
        domains: as listed; the later format lists them in the project file instead.
    """

    name: Text = ""
    version: Text = ""
    description: Text = ""
    tech_stack: Map = Field(default_factory=dict)
    domains: tuple[DomainEntry, ...] = ()

    @classmethod
    def read(cls, data: Data) -> tuple[Self, list[Misread]]:
        """Read the file's data, with or without the root key ``system``."""
        inner, at, issues = unwrap(data, "system")
        own = {key: value for key, value in inner.items() if key != "domains"}
        read, found = read_model(cls, own, at)
        issues += found
        return read.model_copy(update={"domains": _domains(inner, at, issues)}), located(
            issues, data
        )


class ProjectFile(FileModel):
    """What ``ddd-project.json`` says (the later format's list of domains)."""

    name: Text = ""
    version: Text = ""
    description: Text = ""
    tech_stack: Map = Field(default_factory=dict, alias="techStack")
    domains: tuple[DomainEntry, ...] = ()

    @classmethod
    def read(cls, data: Data) -> tuple[Self, list[Misread]]:
        """Read the file's data."""
        inner, at, issues = unwrap(data)
        own = {key: value for key, value in inner.items() if key != "domains"}
        read, found = read_model(cls, own, at)
        issues += found
        return read.model_copy(update={"domains": _domains(inner, at, issues)}), located(
            issues, data
        )


class SystemLayout(FileModel):
    """Where the domains lie on the system map (``specs/system-layout.yaml``)."""

    domains: dict[str, Position] = Field(default_factory=dict)

    @classmethod
    def read(cls, data: Data) -> tuple[Self, list[Misread]]:
        """Read the file's data, with or without the root key ``system_layout``."""
        inner, at, issues = unwrap(data, "system_layout")
        own = {key: value for key, value in inner.items() if key != "domains"}
        read = cls.model_validate(own)
        placed = positions(inner, at, "domains", issues)
        return read.model_copy(update={"domains": placed}), located(issues, data)
