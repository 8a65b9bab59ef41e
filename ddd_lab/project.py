"""A project as people hold it in a notebook: one object for the design and all done to it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from .files.finding import Finding
from .files.refactor import DesignFlow, DesignWorkspace
from .files.watching import Watcher
from .files.workspace import ProjectError
from .problems import ProblemBook
from .spec.models import DomainModel, EventWiring
from .spec.problem import Problem

if TYPE_CHECKING:
    from .build.prompts import Prompt
    from .build.staleness import Sync
    from .build.table import StaleTable
    from .build.testing import TestRun
    from .canvas.widget import Canvas
    from .checks.fixes import Fix
    from .spec.arrange import Side, Way

__all__ = ["Domain", "Domains", "Flows", "Project", "ProjectError"]


class Project(Finding, DesignWorkspace):
    """A design that is open: read it, edit it, undo, save, look at it.

    Opening never fails for what is inside a file: a file that cannot be read is listed in
    ``problems`` and left alone, and everything else works.

    Args:
        root: the folder that holds ``specs``.
        watch: notice within a second what other programs write to the files.

    Raises:
        ProjectError: there is no such folder.
    """

    def __init__(self, root: str | Path, *, watch: bool = True) -> None:
        super().__init__(root)
        self._book = ProblemBook(self)
        self.watcher = Watcher(self) if watch else None

    @property
    def name(self) -> str:
        """The system's name, or the folder's."""
        return self.design.system.name or self.design.project_file.name or self.root.name

    @property
    def domains(self) -> Domains:
        """The domains, by id, in the order that the system lists them."""
        self.take_outside_changes()
        return Domains(self)

    @property
    def flows(self) -> Flows:
        """The flows that can be read, by ``domain/flow``."""
        self.take_outside_changes()
        return Flows(self)

    @property
    def problems(self) -> list[Problem]:
        """Everything that is wrong with the design and its files, by file and line."""
        self.take_outside_changes()
        return self._book.all()

    def flow_problems(self, key: str) -> list[Problem]:
        """What is wrong inside one flow, whatever the others say."""
        return self._book.of_flow(key)

    @cached_property
    def sync(self) -> Sync:
        """How the design and its code stand to each other."""
        from .build.staleness import Sync

        return Sync(self)

    def stale(self) -> StaleTable:
        """Every flow and schema whose spec or code has moved since it was implemented.

        Worked out from fingerprints of what is on disk: unsaved edits do not count yet.
        """
        from .build.table import StaleTable

        self.take_outside_changes()
        everything = [*self.sync.flows(), *self.sync.schemas()]
        return StaleTable(standing for standing in everything if standing.stale)

    def prompt(self, *flows: str) -> Prompt:
        """What Claude Code is to be told for implementing flows, or for bringing code up to date.

        Args:
            flows: ``domain/flow``, one or several.

        Raises:
            KeyError: there is no such flow, or its file cannot be read.
            ConfigError: ``.ddd/config.yaml`` is broken.
        """
        from .build.config import read_config
        from .build.prompts import flows_prompt

        self.take_outside_changes()
        return flows_prompt(self.sync, flows, read_config(self.root))

    def test(self, flow: str = "") -> TestRun:
        """Run the tests of a flow's code (or all), as ``.ddd/config.yaml`` says.

        Raises:
            KeyError: there is no such flow.
            ConfigError: ``.ddd/config.yaml`` is broken.
        """
        from .build.config import read_config
        from .build.testing import run_tests

        if flow and flow not in self.design.flow_keys:
            raise KeyError(f"there is no flow {flow!r}")
        return run_tests(self.root, read_config(self.root).testing, flow)

    def accept_drift(self, flow: str, reason: str) -> None:
        """Take a flow and its code as they are now for being in sync, and record why.

        Raises:
            KeyError: there is no such flow.
            EditError: there is nothing to accept, or no reason is given.
        """
        from .build.recording import accept_drift

        accept_drift(self.sync, flow, reason)

    def fixes(self, problem: Problem) -> list[Fix]:
        """What can be done about a problem without asking anybody what was meant."""
        from .checks.fixes import fixes_for

        self.take_outside_changes()
        return fixes_for(self, problem)

    def fix_titles(self, problems: Iterable[Problem]) -> dict[Problem, list[str]]:
        """What can be done about those problems that something can be done about, in words."""
        from .checks.fixes import fix_titles

        return fix_titles(self, problems)

    def preview_fix(self, fix: Fix) -> dict[str, tuple[str, str]]:
        """The text of every file that a fix changes, before and after; nothing is changed.

        Raises:
            EditError: the design has changed so that the fix no longer fits.
        """
        from .checks.fixes import preview

        return preview(self, fix)

    def apply_fix(self, fix: Fix) -> None:
        """Carry a fix out, as one undoable step.

        Raises:
            EditError: it no longer fits, or it would bring new problems.
        """
        from .checks.fixes import apply_fix

        apply_fix(self, fix)

    def fix_all(self) -> list[Fix]:
        """Apply every fix that nobody needs to be asked about, as one step; returns them."""
        from .checks.fixes import fix_all

        return fix_all(self)

    def fix(self, problem: Problem) -> str:
        """Apply the first fix of a problem, as one step; returns what was done.

        Raises:
            EditError: there is no fix, or it would bring new problems.
        """
        from .checks.fixes import apply_fix
        from .spec.edits import EditError

        fixes = self.fixes(problem)
        if not fixes:
            raise EditError(f"{problem.rule} at {problem.where} has no quick fix: mend it by hand")
        apply_fix(self, fixes[0])
        return fixes[0].title

    def system_map(self) -> dict[str, Any]:
        """Level 1 as plain data: domains and the events between them."""
        from .maps import system_map

        self.take_outside_changes()
        return system_map(self.design)

    def domain_map(self, domain: str) -> dict[str, Any]:
        """Level 2 as plain data: a domain's flows, its portals and the events on them.

        Raises:
            KeyError: there is no such domain.
        """
        from .maps import domain_map

        self.take_outside_changes()
        return domain_map(self.design, domain)

    def flow_map(self) -> dict[str, Any]:
        """Every link between flows, of the whole system, as plain data."""
        from .maps import flow_map

        self.take_outside_changes()
        return flow_map(self.design)

    def sheet(self, key: str) -> dict[str, Any]:
        """Level 3 as plain data: the nodes and edges of one flow.

        Raises:
            KeyError: there is no such flow, or its file cannot be read.
        """
        from .maps import sheet

        return sheet(self.flow_data(key), key)

    def canvas(self, at: str = "", *, height: int = 640) -> Canvas:
        """The design on a canvas, to look at and to edit.

        Args:
            at: where to start: nothing for the System Map, ``domain`` or ``domain/flow``.
            height: of the widget, in pixels.

        Raises:
            KeyError: there is no such place.
        """
        from .canvas.widget import Canvas

        return Canvas(self, at=at, height=height)

    def mermaid(self, at: str = "") -> str:
        """The map or sheet at a place as Mermaid text (``@flows``: every flow and its links)."""
        from .maps import mermaid

        return mermaid(self.design, at)

    def svg(self, at: str = "", *, theme: str = "light") -> str:
        """The map or sheet at a place as a picture, SVG text; ``theme`` is light or dark."""
        from .maps import svg

        return svg(self.design, at, theme=theme)

    def new_flow(
        self,
        name: str,
        domain: str,
        type: str = "traditional",
        *,
        template: str = "",
        **parameters: str,
    ) -> DesignFlow:
        """Add a flow, listed in its domain, as one step; returns it.

        Args:
            name: what people call it; the id is made from it. With a template it may be empty.
            domain: id of the domain it belongs to.
            type: ``traditional`` or ``agent``; a template decides for itself.
            template: what to begin with, one of ``ddd_lab.spec.templates.templates()``; a trigger
                and a terminal when left out. A template of several flows gives the first of them.
            parameters: of the template: ``entity="Order"``, ``event="order.placed"``, ...

        Raises:
            EditError: the name is taken or unusable, there is no such domain, type or template.
        """
        if template or parameters:
            return self.new_flows(template, domain, name, **parameters)[0]
        from .files.creating import new_flow

        return DesignFlow(self, new_flow(self, name, domain, type))

    # --- arranging -------------------------------------------------------------------------

    def align(self, key: str, ids: Collection[str], side: Side) -> None:
        """Bring cards of a sheet into line, as one step.

        Args:
            key: ``domain/flow``.
            ids: of at least two nodes.
            side: ``left``, ``center``, ``right``, ``top``, ``middle`` or ``bottom``.

        Raises:
            KeyError: there is no such flow.
            EditError: a node does not exist, too few are given, or no such side.
        """
        from .maps.arranging import shown_areas
        from .spec.arrange import align

        self._move(key, align(shown_areas(self.sheet(key)["nodes"], ids), side), "align", ids)

    def distribute(self, key: str, ids: Collection[str], way: Way) -> None:
        """Give cards of a sheet equal gaps, as one step.

        Args:
            key: ``domain/flow``.
            ids: of at least three nodes.
            way: ``horizontally`` or ``vertically``.

        Raises:
            KeyError: there is no such flow.
            EditError: a node does not exist, too few are given, or no such way.
        """
        from .maps.arranging import shown_areas
        from .spec.arrange import distribute

        areas = shown_areas(self.sheet(key)["nodes"], ids)
        self._move(key, distribute(areas, way), "distribute", ids)

    def snap(self, key: str, ids: Collection[str] | None = None, grid: float = 20) -> None:
        """Put cards of a sheet on a grid, as one step.

        Args:
            key: ``domain/flow``.
            ids: of the nodes; all if left out.
            grid: pixels between its lines.

        Raises:
            KeyError: there is no such flow.
            EditError: a node does not exist, or the grid is none.
        """
        from .maps.arranging import shown_areas
        from .spec.arrange import snap

        cards = self.sheet(key)["nodes"]
        chosen = [card["id"] for card in cards] if ids is None else ids
        self._move(key, snap(shown_areas(cards, chosen), grid), "snap", chosen)

    def tidy(self, key: str, ids: Collection[str] | None = None) -> None:
        """Lay out a whole sheet, or some of its nodes, as one step; notes go with their cards.

        Args:
            key: ``domain/flow``.
            ids: of at least two nodes; the whole sheet if left out.

        Raises:
            KeyError: there is no such flow.
            EditError: a node does not exist, or only one is given.
        """
        from .maps.arranging import tidied

        what = "the sheet" if ids is None else f"{len(ids)} cards"
        self.edit_flow(key, lambda flow: tidied(flow, ids), f"tidy {what}")

    def _move(
        self, key: str, places: Mapping[str, tuple[float, float]], what: str, ids: Collection[str]
    ) -> None:
        from .spec.edits import move_nodes

        self.edit_flow(key, lambda flow: move_nodes(flow, places), f"{what} {len(ids)} cards")

    # --- the whole -------------------------------------------------------------------------

    def new_flows(
        self, template: str, domain: str, name: str = "", **parameters: str
    ) -> list[DesignFlow]:
        """Add all flows of a template, with the schema and events they need, as one step.

        Args:
            template: its id, with the first parameter in brackets or not: ``CRUD_API<Order>``.
            domain: id of the domain they belong to.
            name: what the (first) flow is called, instead of the template's own name.
            parameters: of the template: ``entity="Order"``, ``event="order.placed"``, ...

        Raises:
            EditError: a name is taken or unusable, there is no such domain or template.
        """
        from .files.from_template import new_flows

        keys = new_flows(self, template, domain, name, parameters)
        return [DesignFlow(self, key) for key in keys]

    def refresh(self) -> set[str]:
        """Look at every file on disk now; returns the paths that had changed."""
        return self.reload()

    def close(self) -> None:
        """Stop watching the files. The project can still be used."""
        if self.watcher is not None:
            self.watcher.stop()
            self.watcher = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return (
            f"Project({self.name!r}, {len(self.design.domains)} domains, "
            f"{len(self.design.flow_keys)} flows)"
        )


class Flows(Mapping[str, DesignFlow]):
    """The flows of a project, live, by ``domain/flow`` (or by id, inside one domain)."""

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
    """The domains of a project, by id."""

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


class Domain:
    """One domain of an open project.

    Attributes:
        id: the name of its folder, which names it everywhere.
    """

    def __init__(self, project: Project, id: str) -> None:
        self._project = project
        self.id = id

    @property
    def data(self) -> DomainModel:
        """What its file says now, as a frozen value."""
        return self._project.design.domains[self.id]

    @property
    def name(self) -> str:
        """What people call it."""
        return self.data.name

    @property
    def description(self) -> str:
        """What it is for."""
        return self.data.description

    @property
    def flows(self) -> Flows:
        """Its flows, by id."""
        return Flows(self._project, self.id)

    @property
    def publishes(self) -> tuple[EventWiring, ...]:
        """The events it publishes."""
        return self.data.publishes

    @property
    def consumes(self) -> tuple[EventWiring, ...]:
        """The events it consumes."""
        return self.data.consumes

    def rename(self, name: str) -> None:
        """Give the domain another name, and the id that is made from it, wherever it is named.

        Raises:
            EditError: the name is taken or unusable, or a file that names the domain is broken.
        """
        self.id = self._project.rename_domain(self.id, name)

    def delete(self, *, with_flows: bool = False) -> None:
        """Delete the domain, as one step; one that still has flows only ``with_flows=True``.

        Raises:
            EditError: it still has flows, or a file that names it is broken.
        """
        self._project.delete_domain(self.id, with_flows=with_flows)

    def __repr__(self) -> str:
        return f"Domain({self.id!r})"
