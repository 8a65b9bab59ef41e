"""A project as people hold it in a notebook: one object for the design and all done to it."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from ddd_lab.files.disk.watching import Watcher, WatchWarning
from ddd_lab.files.edit.finding import UnlocatedProblem
from ddd_lab.files.edit.refactor import DesignFlow, DesignWorkspace
from ddd_lab.problems import ProblemBook
from ddd_lab.project.arranging import Arranging
from ddd_lab.project.building import Building
from ddd_lab.project.parts import Domains, Flows
from ddd_lab.spec.problem import Problem

if TYPE_CHECKING:
    from ddd_lab.canvas.widget import Canvas
    from ddd_lab.checks.fixes import Fix


class Project(Building, Arranging, UnlocatedProblem, DesignWorkspace):
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
        from ddd_lab.implementation.config import config_problem

        self.take_outside_changes()
        settings = config_problem(self.root)
        return self._book.all([settings] if settings is not None else [])

    def flow_problems(self, key: str) -> list[Problem]:
        """What is wrong inside one flow, whatever the others say."""
        return self._book.of_flow(key)

    def fixes(self, problem: Problem) -> list[Fix]:
        """What can be done about a problem without asking anybody what was meant."""
        from ddd_lab.checks.fixes import fixes_for

        self.take_outside_changes()
        return fixes_for(self, problem)

    def fix_titles(self, problems: Iterable[Problem]) -> dict[Problem, list[str]]:
        """What can be done about those problems that something can be done about, in words."""
        from ddd_lab.checks.fixes import fix_titles

        return fix_titles(self, problems)

    def preview_fix(self, fix: Fix) -> dict[str, tuple[str, str]]:
        """The text of every file that a fix changes, before and after; nothing is changed.

        Raises:
            EditError: the design has changed so that the fix no longer fits.
        """
        from ddd_lab.checks.fixes import preview

        return preview(self, fix)

    def apply_fix(self, fix: Fix) -> None:
        """Carry a fix out, as one undoable step.

        Raises:
            EditError: it no longer fits, or it would bring new problems.
        """
        from ddd_lab.checks.fixes import apply_fix

        apply_fix(self, fix)

    def fix_all(self) -> list[Fix]:
        """Apply every fix that nobody needs to be asked about, as one step; returns them."""
        from ddd_lab.checks.fixes import fix_all

        return fix_all(self)

    def fix(self, problem: Problem) -> str:
        """Apply the first fix of a problem, as one step; returns what was done.

        Raises:
            EditError: there is no fix, or it would bring new problems.
        """
        from ddd_lab.checks.fixes import apply_fix
        from ddd_lab.spec.edit.nodes import EditError

        fixes = self.fixes(problem)
        if not fixes:
            raise EditError(f"{problem.rule} at {problem.where} has no quick fix: mend it by hand")
        apply_fix(self, fixes[0])
        return fixes[0].title

    def system_map(self) -> dict[str, Any]:
        """Level 1 as plain data: domains and the events between them."""
        from ddd_lab.maps import system_map

        self.take_outside_changes()
        return system_map(self.design)

    def domain_map(self, domain: str) -> dict[str, Any]:
        """Level 2 as plain data: a domain's flows, its portals and the events on them.

        Raises:
            KeyError: there is no such domain.
        """
        from ddd_lab.maps import domain_map

        self.take_outside_changes()
        return domain_map(self.design, domain)

    def flow_map(self) -> dict[str, Any]:
        """Every link between flows, of the whole system, as plain data."""
        from ddd_lab.maps import flow_map

        self.take_outside_changes()
        return flow_map(self.design)

    def sheet(self, key: str) -> dict[str, Any]:
        """Level 3 as plain data: the nodes and edges of one flow.

        Raises:
            KeyError: there is no such flow, or its file cannot be read.
        """
        from ddd_lab.maps import sheet

        return sheet(self.flow_data(key), key)

    def canvas(self, at: str = "", *, height: int = 640) -> Canvas:
        """The design on a canvas, to look at and to edit.

        Args:
            at: where to start: nothing for the System Map, ``domain`` or ``domain/flow``.
            height: of the widget, in pixels.

        Raises:
            KeyError: there is no such place.
        """
        from ddd_lab.canvas.widget import Canvas

        return Canvas(self, at=at, height=height)

    def mermaid(self, at: str = "") -> str:
        """The map or sheet at a place as Mermaid text (``@flows``: every flow and its links)."""
        from ddd_lab.maps import mermaid

        return mermaid(self.design, at)

    def svg(self, at: str = "", *, theme: str = "light") -> str:
        """The map or sheet at a place as a picture, SVG text; ``theme`` is light or dark."""
        from ddd_lab.maps import svg

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
        from ddd_lab.files.edit.new_flow import new_flow

        return DesignFlow(self, new_flow(self, name, domain, type))

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
        from ddd_lab.files.edit.from_template import new_flows

        keys = new_flows(self, template, domain, name, parameters)
        return [DesignFlow(self, key) for key in keys]

    def take_outside_changes(self) -> set[str]:
        """Take over what other programs wrote; warns once where that is noticed otherwise."""
        if self.watcher is not None and (words := self.watcher.news()):
            warnings.warn(words, WatchWarning, stacklevel=3)
        return super().take_outside_changes()

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
