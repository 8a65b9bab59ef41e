"""What a project consists of, as people hold it: its domains and flows, live."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from ddd_lab.files.edit.refactor import DesignFlow
from ddd_lab.spec.live.read_only import Strict
from ddd_lab.spec.models import DomainModel, EventWiring

if TYPE_CHECKING:
    from ddd_lab.project.project import Project


class Flows(Mapping[str, DesignFlow]):
    """The flows of a project, live, by ``domain/flow`` (or by id, inside one domain).

    Example:
        >>> len(project.flows)
        20
    """

    def __init__(self, project: Project, domain: str = "") -> None:
        self._project = project
        self._domain = domain

    def __getitem__(self, key: str) -> DesignFlow:
        full = f"{self._domain}/{key}" if self._domain and "/" not in key else key
        self._project.flow_data(full)
        return DesignFlow(self._project, full)

    def __iter__(self) -> Iterator[str]:
        for key in self._project.design.flows:
            domain, _, flow = key.partition("/")
            if not self._domain:
                yield key
            elif domain == self._domain:
                yield flow

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __repr__(self) -> str:
        return f"Flows({list(self)})"


class Domains(Mapping[str, "Domain"]):
    """The domains of a project, by id.

    Example:
        >>> list(project.domains)[:3]
        ['members', 'catalogue', 'lending']
    """

    def __init__(self, project: Project) -> None:
        self._project = project

    def __getitem__(self, id: str) -> Domain:
        if id not in self._project.design.domains:
            raise KeyError(id)
        return Domain(self._project, id)

    def __iter__(self) -> Iterator[str]:
        return iter(list(self._project.design.domains))

    def __len__(self) -> int:
        return len(self._project.design.domains)

    def __repr__(self) -> str:
        return f"Domains({list(self)})"


class Domain(Strict):
    """One domain of an open project.

    Attributes:
        id: the name of its folder, which names it everywhere.

    Example:
        >>> project.domains["lending"]
        Domain('lending')
    """

    _plain = ("id",)

    def __init__(self, project: Project, id: str) -> None:
        self._project = project
        self.id = id

    @property
    def data(self) -> DomainModel:
        """What its file says now, as a frozen value.

        Example:
            >>> domain.data.name
            'lending'
        """
        return self._project.design.domains[self.id]

    @property
    def name(self) -> str:
        """What people call it.

        Example:
            >>> domain.name
            'lending'
        """
        return self.data.name

    @property
    def description(self) -> str:
        """What it is for.

        Example:
            >>> domain.description
            'Borrowing and bringing back'
        """
        return self.data.description

    @property
    def flows(self) -> Flows:
        """Its flows, by id.

        Example:
            >>> list(domain.flows)
            ['borrow-item', 'return-item', 'remind-overdue']
        """
        return Flows(self._project, self.id)

    @property
    def publishes(self) -> tuple[EventWiring, ...]:
        """The events it publishes.

        Example:
            >>> [(wiring.event, wiring.flow) for wiring in domain.publishes]
            [('copy.available', 'return-item'), ('loan.long_overdue', 'remind-overdue')]
        """
        return self.data.publishes

    @property
    def consumes(self) -> tuple[EventWiring, ...]:
        """The events it consumes.

        Example:
            >>> [wiring.event for wiring in project.domains["members"].consumes]
            ['loan.long_overdue']
        """
        return self.data.consumes

    def rename(self, name: str) -> None:
        """Give the domain another name, and the id that is made from it, wherever it is named.

        Args:
            name: the new name.

        Raises:
            EditError: the name is taken or unusable, or a file that names the domain is broken.

        Example:
            >>> domain.rename("Loans")
            >>> domain.id
            'loans'
        """
        self.id = self._project.rename_domain(self.id, name)

    def delete(self, *, with_flows: bool = False) -> None:
        """Delete the domain, as one step.

        Args:
            with_flows: delete its flows as well; without it a domain that has flows stays.

        Raises:
            EditError: it still has flows, or a file that names it is broken.

        Example:
            >>> domain.delete(with_flows=True)
            >>> "lending" in project.domains
            False
        """
        self._project.delete_domain(self.id, with_flows=with_flows)

    def __repr__(self) -> str:
        return f"Domain({self.id!r})"
