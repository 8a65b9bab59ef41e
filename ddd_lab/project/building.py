"""From design to code: what is stale, prompts, runs of Claude Code, tests, the queue."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ddd_lab.files.edit.refactor import DesignWorkspace
from ddd_lab.spec.paths import MAPPING_FILE

if TYPE_CHECKING:
    from ddd_lab.implementation.events import Events
    from ddd_lab.implementation.prompts.prompt import Kind, Prompt
    from ddd_lab.implementation.staleness import Sync
    from ddd_lab.implementation.status_table import StaleTable
    from ddd_lab.implementation.testing import TestRun
    from ddd_lab.implementation.trust import TrustedFolder
    from ddd_lab.lab.queue_handle import LiveQueue
    from ddd_lab.lab.run_handle import LiveRun


class Building(DesignWorkspace):
    """A project whose flows become code."""

    def __init__(self, root: str | Path) -> None:
        from ddd_lab.implementation.trust_new_design import is_blank

        super().__init__(root)
        self._is_blank = not self.documents and is_blank(self.root)

    def save(self, paths: Iterable[str] | None = None) -> list[str]:
        """Write every file with unsaved changes (or only some), each atomically.

        A design that is begun here, in a folder that held nothing, is trusted from the start.

        Returns:
            The paths written, in order.

        Raises:
            SaveError: some could not be written (full disk, read-only folder, conflict with a
                change on disk, ...); all others were, and nothing of what failed is lost.
        """
        written = super().save(paths)
        if written and self._is_blank:
            from ddd_lab.implementation.trust_new_design import trust_what_was_begun

            self._is_blank = False
            trust_what_was_begun(self.root)
        return written

    @cached_property
    def sync(self) -> Sync:
        """How the design and its code stand to each other."""
        from ddd_lab.implementation.staleness import Sync

        return Sync(self)

    @property
    def is_trusted(self) -> bool:
        """Whether you trust what the project's files name now: only then it is run."""
        from ddd_lab.implementation.trust import is_trusted

        return is_trusted(self.root)

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

        return trust(self.root)

    def stale(self) -> StaleTable:
        """Every flow and schema whose spec or code has moved since it was implemented.

        Worked out from fingerprints of what is on disk: unsaved edits do not count yet.
        """
        from ddd_lab.implementation.status_table import StaleTable

        self.take_outside_changes()
        self.reload([MAPPING_FILE])
        everything = [*self.sync.flows(), *self.sync.schemas()]
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
        from ddd_lab.implementation.config import read_config
        from ddd_lab.implementation.prompts.by_kind import prompt_for

        self.take_outside_changes()
        self.reload([MAPPING_FILE, *map(self.flow_path, names)])
        return prompt_for(self.sync, read_config(self.root), names, kind)

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

        return start(self.sync, prompt or self.prompt(*names, kind=kind))

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

        queue = LiveQueue(self.sync)
        return queue.start([self.prompt(flow) for flow in flows]) if flows else queue

    @property
    def runs(self) -> list[LiveRun]:
        """The runs of Claude Code, the newest first."""
        from ddd_lab.implementation.runs import runs
        from ddd_lab.lab.run_handle import LiveRun

        return [LiveRun(self.sync, run) for run in runs(self.root)]

    def run(self, id: str) -> LiveRun:
        """A run of Claude Code by its id.

        Raises:
            RunError: there is none.
        """
        from ddd_lab.implementation.runs import find_run
        from ddd_lab.lab.run_handle import LiveRun

        return LiveRun(self.sync, find_run(self.root, id))

    @property
    def events(self) -> Events:
        """Who did what, when, to which version of a spec: ``.ddd/events.jsonl`` as a table."""
        from ddd_lab.implementation.events import Events

        return Events(self.root)

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

        config = read_config(self.root)
        if not flow:
            return run_tests(self.root, config.testing)
        if flow not in self.design.flow_keys:
            raise KeyError(f"there is no flow {flow!r}")
        return run_flow_tests(self.sync, flow, config)

    def accept_drift(self, key: str, reason: str) -> None:
        """Take a flow and its code, or a schema, as they are now for being in sync; record why.

        Raises:
            KeyError: there is no such flow or schema.
            EditError: there is nothing to accept, or no reason is given.
        """
        from ddd_lab.implementation.mapping_writer import accept_drift

        self.reload([MAPPING_FILE])
        accept_drift(self.sync, key, reason)
