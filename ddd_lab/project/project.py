"""A project as people hold it in a notebook: one object for the design and all done to it."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, NoReturn, Self

from ddd_lab.project.parts import DesignFlow, Domains, Flows
from ddd_lab.spec.paths import MAPPING_FILE
from ddd_lab.spec.problem import Problem
from ddd_lab.workbench import Workbench

if TYPE_CHECKING:
    from ddd_lab.canvas.widget import Canvas
    from ddd_lab.checks.fixes import Fix
    from ddd_lab.files.documents.document import Document
    from ddd_lab.files.edit.replace import Match, Replacement, Scope
    from ddd_lab.files.edit.search import SearchMatch
    from ddd_lab.files.workspace.design_view import DesignView
    from ddd_lab.implementation.events import Events
    from ddd_lab.implementation.prompts.prompt import Kind, Prompt
    from ddd_lab.implementation.status_table import StaleTable
    from ddd_lab.implementation.testing import TestRun
    from ddd_lab.implementation.trust import TrustedFolder
    from ddd_lab.lab.queue_handle import LiveQueue
    from ddd_lab.lab.run_handle import LiveRun

_MOVED = {
    **dict.fromkeys(
        ("align", "distribute", "snap", "tidy"), "project.flows[KEY].{name}(...) arranges its sheet"
    ),
    "rename_flow": "project.flows[KEY].rename(NAME) renames it",
    "move_flow": "project.flows[KEY].move_to(DOMAIN) moves it",
    "duplicate_flow": "project.flows[KEY].duplicate_as(NAME) copies it",
    "delete_flow": "project.flows[KEY].delete() deletes it",
    "rename_domain": "project.domains[ID].rename(NAME) renames it",
    "delete_domain": "project.domains[ID].delete() deletes it",
    "copy_nodes": "project.flows[KEY].copy_nodes(*IDS) gives the text",
    "cut_nodes": "project.flows[KEY].cut_nodes(*IDS) gives the text",
    "paste_nodes": "project.flows[KEY].paste(TEXT) adds the nodes",
}
"""Calls that were here before, and what to call instead."""


class Project:
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
        self.workbench = Workbench(root, watch=watch)
        self.workbench.start_run = lambda prompt: self.implement(prompt=prompt).id

    @property
    def root(self) -> Path:
        """The project's folder, without links."""
        return self.workbench.root

    @property
    def name(self) -> str:
        """The system's name, or the folder's."""
        return self.workbench.name

    @property
    def design(self) -> DesignView:
        """The design as frozen models, always as it is now."""
        return self.workbench.design

    @property
    def domains(self) -> Domains:
        """The domains, by id, in the order that the system lists them."""
        self.workbench.take_outside_changes()
        return Domains(self.workbench)

    @property
    def flows(self) -> Flows:
        """The flows that can be read, by ``domain/flow``."""
        self.workbench.take_outside_changes()
        return Flows(self.workbench)

    @property
    def problems(self) -> list[Problem]:
        """Everything that is wrong with the design and its files, by file and line."""
        return self.workbench.problems

    def fixes(self, problem: Problem) -> list[Fix]:
        """What can be done about a problem without asking anybody what was meant."""
        return self.workbench.fixes(problem)

    def fix(self, problem: Problem) -> str:
        """Apply the first fix of a problem, as one step; returns what was done.

        Raises:
            EditError: there is no fix, or it would bring new problems.
        """
        return self.workbench.fix(problem)

    def fix_all(self) -> list[Fix]:
        """Apply every fix that nobody needs to be asked about, as one step; returns them."""
        return self.workbench.fix_all()

    # --- what it looks like ---

    def system_map(self) -> dict[str, Any]:
        """Level 1 as plain data: domains and the events between them."""
        from ddd_lab.maps import system_map

        self.workbench.take_outside_changes()
        return system_map(self.workbench.design)

    def domain_map(self, domain: str) -> dict[str, Any]:
        """Level 2 as plain data: a domain's flows, its portals and the events on them.

        Raises:
            KeyError: there is no such domain.
        """
        from ddd_lab.maps import domain_map

        self.workbench.take_outside_changes()
        return domain_map(self.workbench.design, domain)

    def flow_map(self) -> dict[str, Any]:
        """Every link between flows, of the whole system, as plain data."""
        from ddd_lab.maps import flow_map

        self.workbench.take_outside_changes()
        return flow_map(self.workbench.design)

    def sheet(self, key: str) -> dict[str, Any]:
        """Level 3 as plain data: the nodes and edges of one flow.

        Raises:
            KeyError: there is no such flow, or its file cannot be read.
        """
        from ddd_lab.maps import sheet

        return sheet(self.workbench.flow_data(key), key)

    def canvas(self, at: str = "", *, height: int = 640) -> Canvas:
        """The design on a canvas, to look at and to edit.

        Args:
            at: where to start: nothing for the System Map, ``domain`` or ``domain/flow``.
            height: of the widget, in pixels.

        Raises:
            KeyError: there is no such place.
        """
        from ddd_lab.canvas.widget import Canvas

        return Canvas(self.workbench, at=at, height=height)

    def mermaid(self, at: str = "") -> str:
        """The map or sheet at a place as Mermaid text (``@flows``: every flow and its links)."""
        return self.workbench.mermaid(at)

    def svg(self, at: str = "", *, theme: str = "light") -> str:
        """The map or sheet at a place as a picture, SVG text; ``theme`` is light or dark."""
        return self.workbench.svg(at, theme=theme)

    # --- edits of the whole ---

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
        return DesignFlow(
            self.workbench,
            self.workbench.new_flow(name, domain, type, template=template, **parameters),
        )

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
        keys = self.workbench.new_flows(template, domain, name, **parameters)
        return [DesignFlow(self.workbench, key) for key in keys]

    def add_domain(self, name: str, description: str = "") -> str:
        """Add a domain; returns its id."""
        return self.workbench.add_domain(name, description)

    def wire_event(
        self,
        event: str,
        source: str,
        target: str,
        *,
        description: str = "",
        add_nodes: bool = False,
    ) -> None:
        """Let ``source`` publish an event and ``target`` consume it; a domain or a flow each.

        With ``add_nodes`` the flows emit it and wait for it too.
        """
        self.workbench.wire_event(
            event, source, target, description=description, add_nodes=add_nodes
        )

    def unwire_event(self, event: str, source: str, target: str) -> None:
        """Take an event's way from ``source`` to ``target`` out of both domains' files."""
        self.workbench.unwire_event(event, source, target)

    def search(self, text: str, limit: int = 50) -> list[SearchMatch]:
        """The best matches for some words in all of the design: names first, then settings.

        Args:
            text: words that must all occur in one text, in any case.
            limit: how many hits at most.
        """
        return self.workbench.search(text, limit)

    def find(
        self,
        pattern: str,
        *,
        regex: bool = False,
        case: bool = False,
        in_: Scope = None,
    ) -> list[Match]:
        """Every text of the design that a pattern is found in.

        Args:
            pattern: the text, or with ``regex`` a regular expression.
            regex: whether it is one.
            case: whether capitals and small letters differ.
            in_: where to look: a domain, ``domain/flow``, ``domain/flow#node``, a file's path, or
                several; everywhere if left out.

        Raises:
            EditError: the pattern is empty or malformed, or there is no such place.
        """
        return self.workbench.find(pattern, regex=regex, case=case, in_=in_)

    def replace(
        self,
        pattern: str,
        replacement: str,
        *,
        regex: bool = False,
        case: bool = False,
        in_: Scope = None,
        ids: bool = False,
    ) -> Replacement:
        r"""What replacing a pattern would change, to look at; ``.apply()`` does it as one step.

        Args:
            pattern: as for :meth:`find`.
            replacement: what to put there; with ``regex``, ``\1`` stands for the first group.
            regex: whether the pattern is a regular expression.
            case: whether capitals and small letters differ.
            in_: where to look; everywhere if left out.
            ids: whether ids of nodes are renamed too; references to flows never change here.

        Raises:
            EditError: the pattern or replacement is malformed, or there is no such place.
        """
        return self.workbench.replace(
            pattern, replacement, regex=regex, case=case, in_=in_, ids=ids
        )

    # --- steps and files ---

    def step(self, label: str) -> AbstractContextManager[None]:
        """Everything changed inside is one undo step; an exception takes all of it back."""
        return self.workbench.step(label)

    def undo(self) -> str:
        """Take the last step back; returns what it was, or nothing if there was none."""
        return self.workbench.undo()

    def redo(self) -> str:
        """Do the last undone step again; returns what it was, or nothing."""
        return self.workbench.redo()

    def save(self, paths: Iterable[str] | None = None) -> list[str]:
        """Write every file with unsaved changes (or only some), each atomically.

        A design that is begun here, in a folder that held nothing, is trusted from the start.

        Returns:
            The paths written, in order.

        Raises:
            SaveError: some could not be written (full disk, read-only folder, conflict with a
                change on disk, ...); all others were, and nothing of what failed is lost.
        """
        return self.workbench.save(paths)

    @property
    def dirty(self) -> set[str]:
        """Paths of the files with unsaved changes."""
        return self.workbench.dirty

    @property
    def conflicts(self) -> dict[str, Document]:
        """Documents that were changed here and on disk in the same place."""
        return self.workbench.conflicts

    def resolve(self, path: str, keep: str) -> None:
        """End a conflict, as one undoable step; undo brings the choice back.

        Args:
            path: the file.
            keep: ``mine`` (what is here) or ``theirs`` (what is on disk), at the places that both
                sides changed; all other changes of both stay.

        Raises:
            EditError: there is no conflict, or ``keep`` is neither.
        """
        self.workbench.resolve(path, keep)

    def finish_saves(self) -> list[str]:
        """Finish saves of several files that were cut off, whoever's they were.

        Files that were changed since are left as they are.

        Returns:
            The paths that were written or removed.

        Raises:
            JournalError: what would be written cannot be read.
            OSError: something cannot be read or written.
        """
        return self.workbench.finish_saves()

    def drop_saves(self) -> None:
        """Forget saves of several files that were cut off; the files stay as they are.

        Raises:
            OSError: what is kept of them cannot be removed.
        """
        self.workbench.drop_saves()

    def refresh(self) -> set[str]:
        """Look at every file on disk now; returns the paths that had changed."""
        return self.workbench.reload()

    def close(self) -> None:
        """Stop watching the files. The project can still be used."""
        self.workbench.close()

    # --- from design to code ---

    @property
    def is_trusted(self) -> bool:
        """Whether you trust what the project's files name now: only then it is run."""
        from ddd_lab.implementation.trust import is_trusted

        return is_trusted(self.workbench.root)

    def trust(self) -> TrustedFolder:
        """Trust this project: what its files name may be run, until that changes.

        Without it a design can be read, drawn, edited, checked and exported, and nothing is run.

        Returns:
            What you allowed, word by word; ``ddd-lab trust --revoke`` takes it back.

        Raises:
            ConfigError: it cannot be said what would be run: the settings are broken.
            OSError: it cannot be kept in your Jupyter data folder.
        """
        from ddd_lab.implementation.trust import trust

        return trust(self.workbench.root)

    def stale(self) -> StaleTable:
        """Every flow and schema whose spec or code has moved since it was implemented.

        Worked out from fingerprints of what is on disk: unsaved edits do not count yet.
        """
        from ddd_lab.implementation.status_table import StaleTable

        self.workbench.take_outside_changes()
        self.workbench.reload([MAPPING_FILE])
        everything = [*self.workbench.sync.flows(), *self.workbench.sync.schemas()]
        return StaleTable(standing for standing in everything if standing.stale)

    def prompt(self, *names: str, kind: Kind = "implement") -> Prompt:
        """What Claude Code is to be told.

        Args:
            names: ``domain/flow``, one or several; to migrate data, names of schemas.
            kind: ``implement`` (or bring code up to date), ``fix`` failing tests, or ``migrate``.

        Raises:
            KeyError: there is no such flow or schema, or its file cannot be read.
            ValueError: nothing is named, or there is nothing to fix or to migrate.
            ConfigError: ``.ddd/config.yaml`` is broken.
        """
        return self.workbench.prompt(*names, kind=kind)

    def implement(
        self, *names: str, prompt: Prompt | None = None, kind: Kind = "implement"
    ) -> LiveRun:
        """Have Claude Code start on flows in a Jupyter terminal, where you can answer it.

        Args:
            names: ``domain/flow``, one or several; to migrate data, names of schemas.
            prompt: what it is told, where you have changed that; what :meth:`prompt` says if left
                out.
            kind: ``implement`` (or bring code up to date), ``fix`` failing tests, or ``migrate``.

        Returns:
            The run, to wait for and to confirm; a cell shows how it stands.

        Raises:
            KeyError: there is no such flow or schema, or its file cannot be read.
            ValueError: nothing is named, or there is nothing to fix or to migrate.
            NotTrustedError: you have not trusted the project, see :meth:`trust`.
            RunError: a flow is not saved, a run of it is not over yet, or no terminal opens.
            ConfigError: ``.ddd/config.yaml`` is broken.
        """
        from ddd_lab.lab.run_handle import start

        return start(self.workbench.sync, prompt or self.prompt(*names, kind=kind))

    def queue(self, *flows: str) -> LiveQueue:
        """The flows that are implemented one after another; more are begun if some are named.

        Args:
            flows: ``domain/flow`` each, in order; none to look at the queue, pause it or go on.

        Raises:
            KeyError: there is no such flow, or its file cannot be read.
            NotTrustedError: you have not trusted the project, see :meth:`trust`.
            RunError: a queue is not over yet.
            ConfigError: ``.ddd/config.yaml`` is broken.
        """
        from ddd_lab.lab.queue_handle import LiveQueue

        queue = LiveQueue(self.workbench.sync)
        return queue.start([self.prompt(flow) for flow in flows]) if flows else queue

    @property
    def runs(self) -> list[LiveRun]:
        """The runs of Claude Code, the newest first."""
        from ddd_lab.implementation.runs import runs
        from ddd_lab.lab.run_handle import LiveRun

        return [LiveRun(self.workbench.sync, run) for run in runs(self.workbench.root)]

    def run(self, id: str) -> LiveRun:
        """A run of Claude Code by its id.

        Raises:
            RunError: there is none.
        """
        from ddd_lab.implementation.runs import find_run
        from ddd_lab.lab.run_handle import LiveRun

        return LiveRun(self.workbench.sync, find_run(self.workbench.root, id))

    @property
    def events(self) -> Events:
        """Who did what, when, to which version of a spec: ``.ddd/events.jsonl`` as a table."""
        from ddd_lab.implementation.events import Events

        return Events(self.workbench.root)

    def test(self, flow: str = "") -> TestRun:
        """Run the tests of a flow's code (or all), as ``.ddd/config.yaml`` says.

        What those of a flow say is kept in the mapping and with its last run.

        Raises:
            KeyError: there is no such flow.
            NotTrustedError: you have not trusted the project, see :meth:`trust`.
            ConfigError: ``.ddd/config.yaml`` is broken.
            EditError: the mapping is broken.
        """
        from ddd_lab.implementation.config import read_config
        from ddd_lab.implementation.runs.outcome import run_flow_tests
        from ddd_lab.implementation.testing import run_tests

        config = read_config(self.workbench.root)
        if not flow:
            return run_tests(self.workbench.root, config.testing)
        if flow not in self.workbench.design.flow_keys:
            raise KeyError(f"there is no flow {flow!r}")
        return run_flow_tests(self.workbench.sync, flow, config)

    def accept_drift(self, key: str, reason: str) -> None:
        """Take a flow and its code, or a schema, as they are now for being in sync; record why.

        Raises:
            KeyError: there is no such flow or schema.
            EditError: there is nothing to accept, or no reason is given.
        """
        self.workbench.accept_drift(key, reason)

    if not TYPE_CHECKING:  # else mypy would believe in any name

        def __getattr__(self, name: str) -> NoReturn:
            hint = _MOVED.get(name, "").format(name=name)
            raise AttributeError(
                f"a project has no {name!r}" + (f": {hint}" if hint else ""), name=name, obj=self
            )

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
