"""A run as a notebook holds it: wait for it, confirm its files, run its tests, watch it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from ddd_lab.implementation.config import read_config
from ddd_lab.implementation.prompts.prompt import Prompt
from ddd_lab.implementation.runs import Run, RunError, State
from ddd_lab.implementation.runs.confirming import confirm, test_confirmed
from ddd_lab.implementation.runs.file_attribution import proposed_by_flow
from ddd_lab.implementation.runs.outcome import (
    Outcome,
    kept_tests,
    outcome,
    run_flow_tests,
)
from ddd_lab.implementation.runs.starting import prepared
from ddd_lab.implementation.runs.stopping import stop
from ddd_lab.implementation.staleness import Sync
from ddd_lab.implementation.testing import TestRun
from ddd_lab.lab.display import note_shown, show_later, show_now
from ddd_lab.lab.run_view import GOING_ON, as_text
from ddd_lab.lab.terminal_commands import require_resumable, wait_until_begun
from ddd_lab.lab.terminals import TerminalLink, link_of, open_terminal
from ddd_lab.visible import visible


class LiveRun:
    """A run of Claude Code; shown by a notebook cell, it stays up to date.

    Args:
        run: that was prepared.
    """

    def __init__(self, sync: Sync, run: Run) -> None:
        self._sync = sync
        self._run = run
        self._widget: Any = None

    @property
    def id(self) -> str:
        """Its id, by which the shell and the panel name it too."""
        return self._run.id

    @property
    def flows(self) -> tuple[str, ...]:
        """``domain/flow`` of what it is about."""
        return self._run.flows

    @property
    def prompt(self) -> str:
        """What Claude Code is told."""
        return self._run.prompt

    @property
    def state(self) -> State:
        """How it stands: ``prompt_ready``, ``running``, ``waiting`` (for you), ``done`` ..."""
        return self._run.state

    @property
    def why(self) -> str:
        """Why it stands so, in words."""
        return self._run.status[1]

    @property
    def message(self) -> str:
        """What Claude Code said at the end of its last turn."""
        return self._run.last_message

    @property
    def terminal(self) -> TerminalLink | None:
        """The terminal that it was given; None if it never had one."""
        return link_of(self._run)

    @property
    def outcome(self) -> Outcome:
        """What came of it so far: changed files, notes, specs that moved meanwhile."""
        return outcome(self._sync, self._run)

    @property
    def confirmed(self) -> bool:
        """Whether it was said which files belong to its flows."""
        return self._run.confirmed

    @property
    def tests(self) -> dict[str, TestRun]:
        """What the tests said that were run after it, by ``domain/flow``."""
        return kept_tests(self._run)

    def proposed(self) -> dict[str, list[str]]:
        """The files to confirm, by flow: those that belonged to it before, and what changed."""
        self._sync.workspace.reload()
        return proposed_by_flow(self._sync, self._run, self.outcome.files)

    # --- what can be done with it ------------------------------------------------------------

    def wait(self, timeout: float | None = None) -> State:
        """Wait until its turn has ended, or all of it; returns how it stands then.

        Where no cell shows it yet it is shown first, for its terminal to be seen and answered.

        Args:
            timeout: seconds after which to stop waiting; none if left out.

        Raises:
            TimeoutError: it goes on.
            RunError: its terminal was closed before Claude Code began.
        """
        if self._widget is None and self.terminal is not None and self.state in GOING_ON:
            show_now(self)
        state = self._run.wait(timeout)
        if not self._run.begun:
            raise RunError(f"{self.id} has not started: {self.why}")
        return state

    def confirm(self, files: Iterable[str] | Mapping[str, Iterable[str]] | None = None) -> None:
        """Record which files belong to its flows; then the tests run, if the settings want it.

        Args:
            files: paths; by flow where there are several flows. What is proposed, if left out.

        Raises:
            RunError: its turn has not ended, no file is named or proposed, or it is not said which
                flow the files are for.
            EditError: a file is not there, or the mapping is broken.
            OSError: it cannot be written.
        """
        chosen = self.proposed() if files is None else self._by_flow(files)
        config = read_config(self._run.root)
        confirm(self._sync, self._run, chosen, config)
        list(test_confirmed(self._run, config, self.test))
        self._show_what_came()

    def _by_flow(self, files: Iterable[str] | Mapping[str, Iterable[str]]) -> dict[str, list[str]]:
        if isinstance(files, Mapping):
            return {key: list(paths) for key, paths in files.items()}
        if len(self.flows) != 1:
            raise RunError("name the flow of the files: run.confirm({flow: [path, ...]})")
        return {self.flows[0]: [files] if isinstance(files, str) else list(files)}

    def test(self, flow: str = "") -> TestRun:
        """Run the tests of its code again, and keep what they say.

        Args:
            flow: which of its flows; needed only where there are several.

        Raises:
            RunError: it is none of its flows.
        """
        key = flow or (self.flows[0] if len(self.flows) == 1 else "")
        if key not in self.flows:
            raise RunError(f"name a flow: {', '.join(self.flows) or 'this run has none'}")
        result = run_flow_tests(self._sync, key, read_config(self._run.root), self._run)
        self._show_what_came()
        return result

    def stop(self) -> None:
        """End it, with everything that it started."""
        stop(self._run)
        self._show_what_came()

    def resume(self) -> LiveRun:
        """Go on with its session in a new terminal, where its program is gone.

        Raises:
            RunError: its program runs, another run of its flows does, Claude Code cannot be
                started, or no terminal can be opened.
            ConfigError: the settings are broken.
        """
        require_resumable(self._run)
        open_terminal(self._run, resume=True)
        wait_until_begun(self._run)
        self._show_what_came()
        self._widget = None
        show_later(self)
        return self

    def _show_what_came(self) -> None:
        """A cell that shows the run may have stopped following it, as it was over for long."""
        if self._widget is not None:
            self._widget.follow()

    # --- how it looks ------------------------------------------------------------------------

    def __str__(self) -> str:
        return as_text(self._run)

    def __repr__(self) -> str:
        state, why = self._run.status
        return visible(f"<{self.id}: {state} ({why})>")

    def _repr_mimebundle_(self, **_: object) -> Any:
        from ddd_lab.lab.run_widget import RunWidget

        if self._widget is None or self._widget.closed:
            self._widget = RunWidget(self._run)
        note_shown(self)
        return self._widget.bundle(str(self))


def start(sync: Sync, prompt: Prompt) -> LiveRun:
    """Have Claude Code start on a prompt, in a Jupyter terminal.

    In a notebook the run is shown at the end of the cell at the latest, its terminal beside it.

    Args:
        prompt: as the person wants it.

    Raises:
        RunError: a flow is not saved, a run of it is not over yet, or no terminal can be opened.
        OSError: it cannot be written.
    """
    run = prepared(sync, prompt)
    open_terminal(run)
    live = LiveRun(sync, run)
    show_later(live)
    return live
