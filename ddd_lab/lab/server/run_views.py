"""A run as the panel shows it, whole."""

from __future__ import annotations

from ddd_lab.implementation.notes import Notes
from ddd_lab.implementation.runs import Run
from ddd_lab.implementation.runs.file_attribution import Proposal, proposed
from ddd_lab.implementation.runs.outcome import kept_tests, outcome
from ddd_lab.implementation.testing import TestRun
from ddd_lab.lab.protocol.panel import RunNamed, RunView, TestReport
from ddd_lab.lab.server.project_cache import OpenProject


def run(project: OpenProject, named: RunNamed) -> RunView:
    """Everything about the run of an id."""
    return run_view(project, project.run(named.id))


def run_view(project: OpenProject, run: Run) -> RunView:
    """Everything about one run."""
    brief = project.briefs.of(run)
    notes, files, moved = Notes(), list[Proposal](), list[str]()
    if brief.state != "prompt_ready":
        with project.fresh() as sync:
            came_of = outcome(sync, run)
            files = list(proposed(sync, run, came_of.files))
        notes = came_of.notes
        moved = list(run.confirmation.moved if brief.confirmed else came_of.moved)
    return RunView(
        brief=brief,
        prompt=run.prompt,
        message=run.last_message,
        notes=notes,
        files=files,
        moved=moved,
        notices=list(run.confirmation.notices),
        tests=[test_report(result) for result in kept_tests(run).values()],
    )


def test_report(result: TestRun) -> TestReport:
    """What came of running tests."""
    return TestReport(
        flow=result.flow,
        command=list(result.command),
        passed=result.passed,
        problem=result.problem,
        duration_ms=result.duration_ms,
        tests=result.tests,
    )
