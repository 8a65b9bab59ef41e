"""The part of a project that shows the design: parts, problems, maps, pictures."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ddd_lab.project.parts import Domains, Flows
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.spec.problem import Problem
from ddd_lab.workbench import Workbench

if TYPE_CHECKING:
    from ddd_lab.canvas.widget import Canvas
    from ddd_lab.checks.fixes import Fix
    from ddd_lab.files.workspace.design_view import DesignView
    from ddd_lab.git.open_design import DesignGit
    from ddd_lab.maps.data import DomainMap, Sheet, SystemMap
    from ddd_lab.memory.memory import Memory
    from ddd_lab.project.design_diff import DesignDiff
    from ddd_lab.project.flow_map import ProjectFlowMap, Trace
    from ddd_lab.project.lists import Problems


class Views:
    """What a project shows of its design: domains, flows, problems, maps and pictures."""

    workbench: Workbench

    @property
    def root(self) -> Path:
        """The project's folder, without links.

        Example:
            >>> project.root.name
            'fernhill'
        """
        return self.workbench.root

    @property
    def name(self) -> str:
        """The system's name, or the folder's.

        Example:
            >>> project.name
            'fernhill'
        """
        return self.workbench.name

    @property
    def design(self) -> DesignView:
        """The design as frozen models, always as it is now.

        Example:
            >>> project.design.domains["lending"].name
            'lending'
        """
        return self.workbench.design

    @property
    def memory(self) -> Memory:
        """What the project remembers: summary, spec index, decisions, flow map and status.

        Returns:
            The memory; a cell shows it.

        Example:
            >>> project.memory.status["overview"]["total_flows"]
            20
        """
        from ddd_lab.memory.keeper import memory_of

        return memory_of(self.workbench)

    @cached_property
    def git(self) -> DesignGit:
        """The project's Git repository in the words of the design: status, commits, history.

        Example:
            >>> project.git.status().branch
            'main'
        """
        from ddd_lab.git.open_design import DesignGit

        return DesignGit(self.workbench)

    @property
    def domains(self) -> Domains:
        """The domains, by id, in the order that the system lists them.

        Example:
            >>> list(project.domains)[:3]
            ['members', 'catalogue', 'lending']
        """
        self.workbench.take_outside_changes()
        return Domains(self.workbench)

    @property
    def flows(self) -> Flows:
        """The flows that can be read, by ``domain/flow``.

        Example:
            >>> project.flows["lending/return-item"]
            Flow('lending/return-item', 10 nodes)
        """
        self.workbench.take_outside_changes()
        return Flows(self.workbench)

    @property
    def problems(self) -> Problems:
        """Everything that is wrong with the design and its files, by file and line.

        A list, which a shell or a cell shows as a table.

        Example:
            >>> flow.disconnect("find_loan", "failure")
            >>> project.problems[0].rule
            'wiring.unhandled'
        """
        from ddd_lab.project.lists import Problems

        return Problems(self.workbench.problems)

    def fixes(self, problem: Problem) -> list[Fix]:
        """The quick fixes of a problem: changes that need no decision by a person.

        Args:
            problem: one of :attr:`problems`.

        Returns:
            The fixes; none where a person has to decide.

        Example:
            >>> flow.set(("type",), "Traditional")
            >>> problem = project.problems[0]
            >>> [fix.title for fix in project.fixes(problem)]
            ["Set the flow's type to “traditional”"]
        """
        return self.workbench.fixes(problem)

    def fix(self, problem: Problem) -> str:
        """Apply the first fix of a problem, as one step.

        Args:
            problem: one of :attr:`problems`.

        Returns:
            What was done.

        Raises:
            EditError: there is no fix, or it would bring new problems.

        Example:
            >>> flow.set(("type",), "Traditional")
            >>> problem = project.problems[0]
            >>> project.fix(problem)
            "Set the flow's type to “traditional”"
        """
        fixes = self.fixes(problem)
        if not fixes:
            raise EditError(f"{problem.rule} at {problem.where} has no quick fix: fix it by hand")
        self.workbench.apply_fix(fixes[0])
        return fixes[0].title

    def fix_all(self) -> list[Fix]:
        """Apply every quick fix, as one step.

        Returns:
            The fixes that were applied.

        Example:
            >>> flow.set(("type",), "Traditional")
            >>> problem = project.problems[0]
            >>> [fix.title for fix in project.fix_all()]
            ["Set the flow's type to “traditional”"]
        """
        return self.workbench.fix_all()

    def system_map(self) -> SystemMap:
        """Level 1 as plain data: domains and the events between them.

        Returns:
            ``domains``, ``event_arrows``, ``name`` and ``description``.

        Example:
            >>> [domain["id"] for domain in project.system_map()["domains"]][:2]
            ['members', 'catalogue']
        """
        from ddd_lab.maps import system_map

        self.workbench.take_outside_changes()
        return system_map(self.workbench.design)

    def domain_map(self, domain: str) -> DomainMap:
        """Level 2 as plain data: a domain's flows, its portals and the events on them.

        Args:
            domain: id of the domain.

        Returns:
            ``flows``, ``portals``, ``event_arrows``, ``links`` and more.

        Raises:
            KeyError: there is no such domain.

        Example:
            >>> [flow["id"] for flow in project.domain_map("lending")["flows"]]
            ['borrow-item', 'return-item', 'remind-overdue']
        """
        from ddd_lab.maps import domain_map

        self.workbench.take_outside_changes()
        return domain_map(self.workbench.design, domain)

    def flow_map(self) -> ProjectFlowMap:
        """Every link between flows, of the whole system, as plain data to look at.

        Returns:
            ``flows``, ``links`` and ``schemas``. A cell shows a picture of it; ``.widget()`` is
            the map to explore.

        Example:
            >>> sorted(project.flow_map())
            ['flows', 'links', 'schemas']
        """
        from ddd_lab.maps import flow_map
        from ddd_lab.project.flow_map import ProjectFlowMap

        self.workbench.take_outside_changes()
        return ProjectFlowMap(flow_map(self.workbench.design), self.workbench)

    def trace(self, key: str, depth: int | None = None) -> Trace:
        """Where a flow leads: its events, calls and agents followed to their ends.

        Args:
            key: ``domain/flow``.
            depth: links to follow at most; all if left out.

        Returns:
            ``flow``, ``flows`` (how many links each is away) and ``steps``, each with its
            ``end``: a cycle, a missing flow, an event that nobody awaits. A cell shows it as a
            tree and as a picture.

        Raises:
            KeyError: there is no such flow.

        Example:
            >>> project.trace("lending/return-item")["flows"]["notices/send-notice"]
            3
        """
        from ddd_lab.maps import trace
        from ddd_lab.project.flow_map import Trace

        self.workbench.take_outside_changes()
        return Trace(trace(self.workbench.design, key, depth), self.workbench)

    def sheet(self, key: str) -> Sheet:
        """Level 3 as plain data: the nodes and edges of one flow.

        Args:
            key: ``domain/flow``.

        Returns:
            ``nodes``, ``edges``, ``containers``, ``groups``, ``notes`` and more.

        Raises:
            KeyError: there is no such flow, or its file cannot be read.

        Example:
            >>> project.sheet("lending/return-item")["nodes"][0]["id"]
            'trigger'
        """
        from ddd_lab.maps import sheet

        return sheet(self.workbench.flow_data(key), key)

    def diff(self, old: str | Path = "HEAD", new: str | Path = "", *, at: str = "") -> DesignDiff:
        """What differs between two versions of the design, as a picture and in words.

        Args:
            old: a Git revision (``":0"`` is what is staged), or the folder of another design as a
                ``Path``.
            new: likewise; nothing for the open design with what is not saved.
            at: nothing for the System Map, ``domain``, ``domain/flow``, or ``@flows``.

        Returns:
            The differences; a cell shows them.

        Raises:
            RevisionError: there is no such revision, or no Git; says what to do.
            ProjectError: there is no such folder.
            KeyError: there is no such place in either version.

        Example:
            >>> flow.remove_node("was_not_on_loan")
            >>> project.diff(at="lending/return-item").words
            '1 card removed; 1 edge removed'
        """
        from ddd_lab.files.workspace.versions import named_version, open_version
        from ddd_lab.project.design_diff import DesignDiff

        self.workbench.take_outside_changes()
        before = named_version(self.root, old) if old != "" else open_version(self.workbench)
        after = (
            named_version(self.root, new, before)
            if new != ""
            else open_version(self.workbench, before)
        )
        return DesignDiff(before, after, at)

    def canvas(self, at: str = "", *, height: int | None = None, compare: str = "") -> Canvas:
        """The design on a canvas, to look at and to edit.

        Args:
            at: where to start: nothing for the System Map, ``domain`` or ``domain/flow``.
            height: of the widget, in pixels; without it, three quarters of the window. People
                can change it by the lower edge.
            compare: a Git revision such as ``"HEAD"``: what differs from it is marked on every
                board, while one edits, too. The Design menu of the canvas can do the same.

        Returns:
            The widget, for the last line of a cell.

        Raises:
            KeyError: there is no such place.
            RevisionError: there is no such revision to compare with, or no Git.

        Example:
            >>> project.canvas("lending")
            Canvas(at='lending')
        """
        from ddd_lab.canvas.widget import Canvas

        return Canvas(self.workbench, at=at, height=height, compare=compare)

    def mermaid(self, at: str = "") -> str:
        """A map or sheet as Mermaid text.

        Args:
            at: nothing for the System Map, ``domain``, ``domain/flow``, or ``@flows`` for all
                flows and their links.

        Returns:
            The text.

        Raises:
            KeyError: there is no such place.

        Example:
            >>> project.mermaid("lending/return-item").splitlines()[0]
            'flowchart LR'
        """
        return self.workbench.mermaid(at)

    def svg(self, at: str = "", *, theme: str = "light") -> str:
        """A map or sheet as a picture.

        Args:
            at: nothing for the System Map, ``domain``, ``domain/flow``, or ``@flows`` for all
                flows and their links.
            theme: ``light`` or ``dark``.

        Returns:
            SVG text.

        Raises:
            KeyError: there is no such place.

        Example:
            >>> project.svg("lending", theme="dark")[:4]
            '<svg'
        """
        return self.workbench.svg(at, theme=theme)

    def html(self, at: str = "") -> str:
        """The whole design as one HTML page, for whoever has nothing installed.

        The page opens from disk and needs no network: maps and sheets to walk through, specs,
        schemas, events, problems and a search.

        Args:
            at: where it opens: nothing for the System Map, ``domain`` or ``domain/flow``.

        Returns:
            HTML text, for a file that ends in ``.html``.

        Raises:
            KeyError: there is no such place.

        Example:
            >>> project.html()[:15]
            '<!doctype html>'
        """
        return self.workbench.html(at)
