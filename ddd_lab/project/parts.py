"""The parts of a project that people work with: its domains and flows, live."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ddd_lab.spec.catalogue import summary
from ddd_lab.spec.live.flow import Flow
from ddd_lab.spec.live.read_only import Strict
from ddd_lab.spec.models import DomainModel, EventWiring
from ddd_lab.spec.no_such import no_such
from ddd_lab.tables import Tabular
from ddd_lab.workbench import Workbench

if TYPE_CHECKING:
    from ddd_lab.implementation.staleness import SyncStatus
    from ddd_lab.project._assist import FlowAssist
    from ddd_lab.spec.edit.arrange import Side, Way
    from ddd_lab.spec.edit.sheet_style import ChosenStyle


class DesignFlow(Flow):
    """One flow of an open project, always in its present version; every change is one step to undo.

    Args:
        workbench: of the project.
        key: ``domain/flow``.

    Example:
        >>> project.flows["lending/return-item"]
        Flow('lending/return-item', 10 nodes)
    """

    def __init__(self, workbench: Workbench, key: str) -> None:
        super().__init__(workbench, key)
        self._workbench = workbench

    def _repr_html_(self) -> str:
        from ddd_lab.project.displays import flow_html

        return flow_html(self._workbench, self.key)

    def _node_html(self, id: str) -> str:
        from ddd_lab.project.displays import node_html

        return node_html(self._workbench, self.key, id)

    @property
    def sync_status(self) -> SyncStatus:
        """Whether the flow or its code has changed since the flow was implemented.

        Example:
            >>> flow.sync_status.state
            'pending'
        """
        return self._workbench.sync.flow(self.key)

    @property
    def assist(self) -> FlowAssist:
        """Ask a language model about the flow: ``suggest``, ``review``, ``explain``, ``generate``.

        Example:
            >>> answer = flow.assist.review()  # doctest: +SKIP
        """
        from ddd_lab.project._assist import FlowAssist

        return FlowAssist(self._workbench, self.key)

    def rename(self, name: str) -> str:
        """Rename the flow: its name, the id made from it, and every reference to it.

        Args:
            name: the new name.

        Returns:
            Its new key.

        Raises:
            EditError: the name is taken or unusable, or a file that names the flow is broken.

        Example:
            >>> flow.rename("Take a copy back")
            'lending/take-a-copy-back'
        """
        self.key = self._workbench.rename_flow(self.key, name)
        return self.key

    def move_to(self, domain: str) -> str:
        """Move the flow to another domain, with its events and every reference to it.

        Args:
            domain: id of the domain.

        Returns:
            Its new key.

        Raises:
            EditError: no such domain, its id is taken there, or a file that names it is broken.

        Example:
            >>> flow.move_to("catalogue")
            'catalogue/return-item'
        """
        self.key = self._workbench.move_flow(self.key, domain)
        return self.key

    def duplicate_as(self, name: str = "") -> DesignFlow:
        """Add a copy of the flow to its domain, and return it.

        Args:
            name: what the copy is called; made from the flow's own name if left out.

        Raises:
            EditError: the name is taken or unusable.

        Example:
            >>> flow.duplicate_as("Return by post")
            Flow('lending/return-by-post', 10 nodes)
        """
        return DesignFlow(self._workbench, self._workbench.duplicate_flow(self.key, name))

    def delete(self) -> None:
        """Delete the flow; flows that call it keep the call, for you to decide.

        Raises:
            EditError: a file that names the flow is broken.

        Example:
            >>> flow.delete()
            >>> "lending/return-item" in project.flows
            False
        """
        self._workbench.delete_flow(self.key)

    def align(self, ids: Collection[str], side: Side) -> None:
        """Align cards of the sheet, as one step.

        Args:
            ids: of at least two nodes.
            side: ``left``, ``center``, ``right``, ``top``, ``middle`` or ``bottom``.

        Raises:
            EditError: a node does not exist, too few are given, or no such side.

        Example:
            >>> flow.align(["find_loan", "close_loan"], "left")
            >>> project.undo()
            'align 2 cards'
        """
        self._workbench.align(self.key, ids, side)

    def distribute(self, ids: Collection[str], way: Way) -> None:
        """Distribute cards of the sheet with equal gaps, as one step.

        Args:
            ids: of at least three nodes.
            way: ``horizontally`` or ``vertically``.

        Raises:
            EditError: a node does not exist, too few are given, or no such way.

        Example:
            >>> flow.distribute(list(flow.nodes)[::3], "horizontally")
            >>> project.undo()
            'distribute 4 cards'
        """
        self._workbench.distribute(self.key, ids, way)

    def snap(self, ids: Collection[str] | None = None, grid: float = 20) -> None:
        """Put cards of the sheet on a grid, as one step.

        Args:
            ids: of the nodes; all if left out.
            grid: pixels between its lines.

        Raises:
            EditError: a node does not exist, or the grid is not above 0.

        Example:
            >>> flow.snap(["find_loan"], grid=50)
            >>> flow.nodes["find_loan"].position.x % 50
            0
        """
        self._workbench.snap(self.key, ids, grid)

    def tidy(self, ids: Collection[str] | None = None, style: ChosenStyle | None = None) -> None:
        """Lay out the whole sheet, or some of its nodes, as one step; notes go with their cards.

        Args:
            ids: of at least two nodes; the whole sheet if left out.
            style: how the whole sheet is to lie from now on: ``right``, ``down``, ``wrapped`` (in
                rows, like text) or ``automatic`` (what shows most); as it was if left out.

        Raises:
            EditError: a node does not exist, or only one is given.

        Example:
            >>> flow.tidy()
            >>> project.undo()
            'tidy the sheet'
        """
        self._workbench.tidy(self.key, ids, style=style)


class Flows(Tabular, Mapping[str, DesignFlow]):
    """The flows of a project, live, by ``domain/flow`` (or by id, inside one domain).

    A shell or a cell shows them as a table.

    Example:
        >>> len(project.flows)
        20
    """

    def __init__(self, project: Workbench, domain: str = "") -> None:
        self._workbench = project
        self._domain = domain

    def __getitem__(self, key: str) -> DesignFlow:
        full = f"{self._domain}/{key}" if self._domain and "/" not in key else key
        self._workbench.flow_data(full)
        return DesignFlow(self._workbench, full)

    def __iter__(self) -> Iterator[str]:
        for key in self._workbench.design.flows:
            domain, _, flow = key.partition("/")
            if not self._domain:
                yield key
            elif domain == self._domain:
                yield flow

    def __len__(self) -> int:
        return sum(1 for _ in self)

    _head = ("flow", "name", "type", "nodes", "starts")
    _empty = "No flows yet."

    def _rows(self) -> Iterator[Sequence[str]]:
        for key in self:
            flow = self[key].data
            start = summary(flow.trigger, flow) if flow.trigger else ""
            yield key, flow.name, flow.type, str(len(flow.nodes)), start


class Domains(Tabular, Mapping[str, "Domain"]):
    """The domains of a project, by id; a shell or a cell shows them as a table.

    Example:
        >>> list(project.domains)[:3]
        ['members', 'catalogue', 'lending']
    """

    def __init__(self, project: Workbench) -> None:
        self._workbench = project

    def __getitem__(self, id: str) -> Domain:
        if id not in self._workbench.design.domains:
            raise no_such("domain", id, self._workbench.design.domains)
        return Domain(self._workbench, id)

    def __iter__(self) -> Iterator[str]:
        return iter(list(self._workbench.design.domains))

    def __len__(self) -> int:
        return len(self._workbench.design.domains)

    _head = ("domain", "name", "flows", "what it is for")
    _empty = "No domains yet."

    def _rows(self) -> Iterator[Sequence[str]]:
        for id, domain in self.items():
            yield id, domain.name, str(len(domain.flows)), domain.description


class Domain(Strict):
    """One domain of an open project.

    Attributes:
        id: the name of its folder, which names it everywhere.

    Example:
        >>> project.domains["lending"]
        Domain('lending')
    """

    _plain = ("id",)

    def __init__(self, project: Workbench, id: str) -> None:
        self._workbench = project
        self.id = id

    @property
    def data(self) -> DomainModel:
        """What its file says now, as a frozen value.

        Example:
            >>> domain.data.name
            'lending'
        """
        return self._workbench.design.domains[self.id]

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
        return Flows(self._workbench, self.id)

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

    def rename(self, name: str) -> str:
        """Rename the domain: its name, the id made from it, and every reference to it.

        Args:
            name: the new name.

        Returns:
            Its new id.

        Raises:
            EditError: the name is taken or unusable, or a file that names the domain is broken.

        Example:
            >>> domain.rename("Loans")
            'loans'
        """
        self.id = self._workbench.rename_domain(self.id, name)
        return self.id

    def delete(self, *, with_flows: bool = False) -> None:
        """Delete the domain, as one step.

        Args:
            with_flows: delete its flows as well; without it a domain that has flows is not deleted.

        Raises:
            EditError: it still has flows, or a file that names it is broken.

        Example:
            >>> domain.delete(with_flows=True)
            >>> "lending" in project.domains
            False
        """
        self._workbench.delete_domain(self.id, with_flows=with_flows)

    def _repr_html_(self) -> str:
        from ddd_lab.project.displays import domain_html

        return domain_html(self._workbench, self.id)

    def __repr__(self) -> str:
        return f"Domain({self.id!r})"
