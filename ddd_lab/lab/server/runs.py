"""Starting, stopping, resuming and confirming runs, and running tests, for the panel."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from ddd_lab.implementation.runs import Run, RunError
from ddd_lab.implementation.runs.confirming import confirm, test_confirmed
from ddd_lab.implementation.runs.outcome import keep_tests
from ddd_lab.implementation.runs.starting import prepared
from ddd_lab.implementation.runs.stopping import stop
from ddd_lab.implementation.testing import TestRun, run_tests
from ddd_lab.lab.protocol.panel import (
    Confirmed,
    RunNamed,
    RunView,
    RunWanted,
    TestReport,
    TestsWanted,
)
from ddd_lab.lab.server.errors import BadCallError
from ddd_lab.lab.server.project_cache import OpenProject
from ddd_lab.lab.server.queries import known_flows, prompt_as_left
from ddd_lab.lab.server.run_views import run_view, test_report
from ddd_lab.lab.terminal_commands import TerminalError, require_resumable, wait_until_begun


def start_run(project: OpenProject, request: RunWanted) -> RunView:
    """Start a run in a terminal of its own."""
    with project.fresh() as sync:
        prompt = prompt_as_left(sync, request)
        _refuse_beside_one_that_begins(project, prompt.flows)
        run = prepared(sync, prompt)
        project.terminals.open(run)
    return run_view(project, run)


def _refuse_beside_one_that_begins(project: OpenProject, flows: Sequence[str]) -> None:
    """A terminal takes a moment to start its program; nobody may slip in between."""
    for brief in project.briefs.newest():
        both = set(brief.flows).intersection(flows)
        if brief.state == "prompt_ready" and brief.terminal and both:
            raise RunError(f"a run of {min(both)} is starting ({brief.id}): continue there")


def stop_run(project: OpenProject, named: RunNamed) -> RunView:
    """End a run with everything that it started."""
    run = project.run(named.id)
    stop(run)
    return run_view(project, run)


def resume_run(project: OpenProject, named: RunNamed) -> RunView:
    """Go on with the session of a run whose program is gone; one that never began begins."""
    run = project.run(named.id)
    require_resumable(run)
    _refuse_beside_one_that_begins(project, run.flows)
    project.terminals.open(run, resume=True)
    wait_until_begun(run)
    return run_view(project, run)


def confirm_run(project: OpenProject, confirmed: Confirmed) -> RunView:
    """Store which files implement which flow, then run the tests if that is wanted."""
    run, config = project.run(confirmed.id), project.config
    with project.fresh() as sync:
        confirm(sync, run, confirmed.files, config)
    notices: list[str] = []
    try:
        list(test_confirmed(run, config, partial(_tested, project, run=run)))
    except TerminalError as error:
        notices = [str(error)]
    view = run_view(project, run)
    return view.model_copy(update={"notices": [*view.notices, *notices]})


def run_tests_of(project: OpenProject, request: TestsWanted) -> TestReport:
    """Run the tests of a flow, or all of them."""
    run = project.run(request.run) if request.run else None
    if run is not None and request.flow not in run.flows:
        raise BadCallError(f"flow: {request.flow!r} is not a flow of the run {run.id}")
    if request.flow:
        with project.fresh() as sync:
            known_flows(sync, [request.flow])
    return test_report(_tested(project, request.flow, run))


def _tested(project: OpenProject, key: str, run: Run | None = None) -> TestRun:
    """Nothing else waits while tests run: the project is asked about meanwhile as ever."""
    project.terminals.require()
    result = run_tests(project.root, project.config.testing, key)
    if key:
        with project.fresh() as sync:
            keep_tests(sync, result, run)
    return result
