"""The part of a project that leads from design to code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ddd_lab.capabilities import require
from ddd_lab.spec.no_such import no_such
from ddd_lab.spec.paths import MAPPING_FILE
from ddd_lab.workbench import Workbench

if TYPE_CHECKING:
    from ddd_lab.implementation.config import AssistMode
    from ddd_lab.implementation.events import Events
    from ddd_lab.implementation.prompts.prompt import Kind, Prompt
    from ddd_lab.implementation.status_table import StaleTable
    from ddd_lab.implementation.testing import TestRun
    from ddd_lab.implementation.trust import TrustedFolder
    from ddd_lab.lab.queue_handle import LiveQueue
    from ddd_lab.lab.run_handle import LiveRun


class Implementation:
    """From design to code: trust, prompts, runs, tests, and which side has moved."""

    workbench: Workbench

    @property
    def is_trusted(self) -> bool:
        """Whether you trust the programs that the project's files name; others are not run.

        Example:
            >>> project.is_trusted
            False
        """
        from ddd_lab.implementation.trust import is_trusted

        return is_trusted(self.workbench.root)

    @property
    def mode(self) -> AssistMode:
        """How far helpers may go: ``explore`` (show only), ``ask`` (on your word) or ``auto``.

        ``assist.mode`` in ``.ddd/config.yaml`` sets it. Your own edits are never hindered.

        Raises:
            ConfigError: the settings are broken.

        Example:
            >>> project.mode
            'ask'
        """
        return self.workbench.mode

    def trust(self) -> TrustedFolder:
        """Trust this project: the programs that its files name may be run, until these change.

        Without it a design can be read, drawn, edited, checked and exported, and nothing is run.

        Returns:
            What you allowed, word by word; ``ddd-lab trust --revoke`` revokes it.

        Raises:
            ConfigError: the settings are broken, so it is unknown what would be run.
            OSError: it cannot be stored in your Jupyter data folder.

        Example:
            >>> allowed = project.trust()
            >>> project.is_trusted
            True
        """
        from ddd_lab.implementation.trust import trust

        return trust(self.workbench.root)

    def stale(self) -> StaleTable:
        """Every flow and schema whose spec or code has changed since it was implemented.

        Files on disk are compared by their fingerprints: unsaved edits do not count yet.

        Returns:
            The table; a cell shows it.

        Example:
            >>> project.stale()
            Nothing is stale.
        """
        from ddd_lab.implementation.status_table import StaleTable

        self.workbench.take_outside_changes()
        self.workbench.reload([MAPPING_FILE])
        everything = [*self.workbench.sync.flows(), *self.workbench.sync.schemas()]
        return StaleTable(status for status in everything if status.stale)

    def prompt(self, *names: str, kind: Kind = "implement") -> Prompt:
        """The prompt for Claude Code.

        Args:
            names: ``domain/flow``, one or several; to migrate data, names of schemas.
            kind: ``implement`` (or bring code up to date), ``fix`` failing tests, or ``migrate``.

        Returns:
            The prompt; nothing is sent.

        Raises:
            KeyError: there is no such flow or schema, or its file cannot be read.
            ValueError: nothing is named, or there is nothing to fix or to migrate.
            ConfigError: ``.ddd/config.yaml`` is broken.

        Example:
            >>> project.prompt("lending/return-item").text.splitlines()[0]
            '# Implement lending/return-item'
        """
        return self.workbench.prompt(*names, kind=kind)

    def implement(
        self, *names: str, prompt: Prompt | None = None, kind: Kind = "implement"
    ) -> LiveRun:
        """Have Claude Code start on flows in a Jupyter terminal, where you can answer it.

        Args:
            names: ``domain/flow``, one or several; to migrate data, names of schemas.
            prompt: the prompt, if you have edited it; what :meth:`prompt` gives if left out.
            kind: ``implement`` (or bring code up to date), ``fix`` failing tests, or ``migrate``.

        Returns:
            The run, to wait for and to confirm; a cell shows its status.

        Raises:
            KeyError: there is no such flow or schema, or its file cannot be read.
            ValueError: nothing is named, or there is nothing to fix or to migrate.
            NotTrustedError: you have not trusted the project, see :meth:`trust`.
            RunError: a flow is not saved, a run of it is in progress, or no terminal opens.
            LackError: no program can be started here.
            ConfigError: ``.ddd/config.yaml`` is broken.

        Example:
            >>> run = project.implement("lending/return-item")  # doctest: +SKIP
            >>> run.wait()  # doctest: +SKIP
        """
        require("implementing")
        from ddd_lab.lab.run_handle import start

        return start(self.workbench.sync, prompt or self.prompt(*names, kind=kind))

    def queue(self, *flows: str) -> LiveQueue:
        """The queue of flows that are implemented one after another; starts one if flows are named.

        Args:
            flows: ``domain/flow`` each, in order; none to look at the queue, pause or resume it.

        Returns:
            The queue; a cell shows its status.

        Raises:
            KeyError: there is no such flow, or its file cannot be read.
            NotTrustedError: you have not trusted the project, see :meth:`trust`.
            RunError: another queue is in progress.
            ConfigError: ``.ddd/config.yaml`` is broken.

        Example:
            >>> project.queue()
            queue: empty
        """
        from ddd_lab.lab.queue_handle import LiveQueue

        queue = LiveQueue(self.workbench.sync)
        return queue.start([self.prompt(flow) for flow in flows]) if flows else queue

    @property
    def runs(self) -> list[LiveRun]:
        """The runs of Claude Code, the newest first.

        Example:
            >>> project.runs
            []
        """
        from ddd_lab.implementation.runs import runs
        from ddd_lab.lab.run_handle import LiveRun

        return [LiveRun(self.workbench.sync, run) for run in runs(self.workbench.root)]

    def run(self, id: str) -> LiveRun:
        """A run of Claude Code by its id.

        Args:
            id: of the run, as :attr:`runs` lists it.

        Returns:
            The run.

        Raises:
            RunError: there is none.

        Example:
            >>> run = project.run("20261130-101500-implement-1a2b")  # doctest: +SKIP
        """
        from ddd_lab.implementation.runs import find_run
        from ddd_lab.lab.run_handle import LiveRun

        return LiveRun(self.workbench.sync, find_run(self.workbench.root, id))

    @property
    def events(self) -> Events:
        """Who did what, when, to which version of a spec: ``.ddd/events.jsonl`` as a table.

        Example:
            >>> project.events
            Nothing has happened yet.
        """
        from ddd_lab.implementation.events import Events

        return Events(self.workbench.root)

    def test(self, flow: str = "") -> TestRun:
        """Run the tests of a flow's code (or all), as ``.ddd/config.yaml`` says.

        The result for a flow is stored in the mapping and with its last run.

        Args:
            flow: ``domain/flow``; all tests if left out.

        Returns:
            The result of the tests.

        Raises:
            KeyError: there is no such flow.
            NotTrustedError: you have not trusted the project, see :meth:`trust`.
            ConfigError: ``.ddd/config.yaml`` is broken.
            EditError: the mapping is broken.

        Example:
            >>> project.test("lending/return-item").passed  # doctest: +SKIP
            True
        """
        from ddd_lab.implementation.config import read_config
        from ddd_lab.implementation.runs.outcome import run_flow_tests
        from ddd_lab.implementation.testing import run_tests

        config = read_config(self.workbench.root)
        if not flow:
            return run_tests(self.workbench.root, config.testing)
        if flow not in self.workbench.design.flow_keys:
            raise no_such("flow", flow, self.workbench.design.flow_keys)
        return run_flow_tests(self.workbench.sync, flow, config)

    def accept_drift(self, key: str, reason: str) -> None:
        """Accept a flow and its code, or a schema, as in sync as they are now, and record why.

        Args:
            key: ``domain/flow``, or the name of a schema.
            reason: why they are in sync.

        Raises:
            KeyError: there is no such flow or schema.
            EditError: there is nothing to accept, or no reason is given.

        Example:
            >>> project.accept_drift("lending/return-item", "wording only")  # doctest: +SKIP
        """
        self.workbench.accept_drift(key, reason)
