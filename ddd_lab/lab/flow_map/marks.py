"""How flows stand, for their colours on the map of all flows: staleness, tests, problems."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Literal

from ddd_lab.canvas.boards.sync_status import MARKS
from ddd_lab.implementation.drift import TestCounts, recorded_tests
from ddd_lab.implementation.staleness import Sync, SyncStatus
from ddd_lab.lab.protocol.flow_map import FlowMarks, Mark, MarkedBy
from ddd_lab.plurals import plural
from ddd_lab.problems import place_of
from ddd_lab.spec.problem import Problem


def flow_marks(by: MarkedBy, sync: Sync, problems: Callable[[], Iterable[Problem]]) -> FlowMarks:
    """The marks of the flows of a project.

    Args:
        by: what they say.
        sync: of the project with its code.
        problems: finds all that is wrong; asked only where it is wanted.
    """
    if by == "problems":
        marks = _by_problems(problems(), sync.workspace.design.flow_keys)
    else:
        marks = (_by_staleness if by == "staleness" else _by_tests)(sync.flows())
    return FlowMarks(by=by, marks=marks)


def _by_staleness(statuses: Iterable[SyncStatus]) -> dict[str, Mark]:
    """Flows that have code: whether it is of this spec."""
    return {
        status.key: Mark(tone="warn", text=MARKS[status.state])
        if status.stale
        else Mark(tone="good", text="✓ in sync")
        for status in statuses
        if status.mapped is not None
    }


def _by_tests(statuses: Iterable[SyncStatus]) -> dict[str, Mark]:
    """Flows whose tests have run: how they went."""
    counts = ((status.key, recorded_tests(status.mapped)) for status in statuses)
    return {key: _of_tests(tests) for key, tests in counts if tests is not None}


def _of_tests(tests: TestCounts) -> Mark:
    if tests.failed:
        return Mark(tone="bad", text=f"✗ {tests.failed} of {tests.total}")
    if tests.problem:
        return Mark(tone="bad", text="✗ no result")
    tone: Literal["good", "warn"] = "good" if tests.passed else "warn"
    return Mark(tone=tone, text=f"✓ {tests.passed}" if tests.passed else "– 0 tests")


def _by_problems(problems: Iterable[Problem], flows: Iterable[str]) -> dict[str, Mark]:
    """Flows with problems; hints do not count."""
    keys = frozenset(flows)
    counts = Counter((place_of(problem, keys)[0], problem.severity) for problem in problems)
    return {
        key: Mark(tone="bad", text=f"✗ {plural(errors, 'error')}")
        if (errors := counts[key, "error"])
        else Mark(tone="warn", text=f"⚠ {plural(counts[key, 'warning'], 'warning')}")
        for key in keys
        if counts[key, "error"] or counts[key, "warning"]
    }
