"""What came of a run: the files that it changed, what was said, and the tests of the code."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from ddd_lab.implementation.config import BuildConfig
from ddd_lab.implementation.events import note_event
from ddd_lab.implementation.mapping_writer import record_tests
from ddd_lab.implementation.notes import Notes, read_notes
from ddd_lab.implementation.runs.changes import WorkTree
from ddd_lab.implementation.runs.record import Run, runs
from ddd_lab.implementation.staleness import says_otherwise
from ddd_lab.implementation.testing import TestRun, run_tests, tests_in_mapping
from ddd_lab.implementation.writers import may_write
from ddd_lab.spec.lenient import mapping
from ddd_lab.spec.models.base import Frozen

if TYPE_CHECKING:
    from ddd_lab.implementation.staleness import Sync


class Outcome(Frozen):
    """What came of a run so far.

    Attributes:
        files: paths of files that came or changed since it began, specs and the lab's own left out.
        notes: what was said at the end of the last turn.
        moved: flows whose spec says something else by now: their code is stale already.
    """

    files: tuple[str, ...] = ()
    notes: Notes = Notes()
    moved: tuple[str, ...] = ()


def outcome(sync: Sync, run: Run) -> Outcome:
    """What came of a run so far.

    Args:
        run: of which at least one turn has ended, or which has ended as a whole.
    """
    before: Mapping[str, str] = mapping(run.about.get("before"))
    moved = []
    for key in run.flows:
        began, path = run.spec(key), sync.workspace.flow_path(key)
        if began is not None and says_otherwise(path, began, sync.files.read(path)):
            moved.append(key)
    return Outcome(
        files=WorkTree(run.root).changed_since(before, str(run.about.get("commit", ""))),
        notes=read_notes(run.last_message),
        moved=tuple(moved),
    )


def run_flow_tests(sync: Sync, key: str, config: BuildConfig, run: Run | None = None) -> TestRun:
    """Run the tests of a flow, and keep what they said in the mapping and with a run.

    Args:
        run: whose code is tested; the last one of the flow that was confirmed if left out.
    """
    result = run_tests(sync.workspace.root, config.testing, key)
    keep_tests(sync, result, run)
    return result


def keep_tests(sync: Sync, result: TestRun, run: Run | None = None) -> None:
    """Keep what the tests of a flow said, in the mapping and with a run.

    Args:
        run: whose code was tested; the last one of the flow that was confirmed if left out.
    """
    key = result.flow
    if key in sync.code_map.flows and may_write(sync.workspace.root):
        record_tests(sync, key, result.summary())
    run = run or _last_confirmed(sync.workspace.root, key)
    if run is not None:
        run.write("tests.json", {**run.read("tests.json"), key: result.model_dump(mode="json")})
    note_event(
        sync.workspace.root,
        "tests_run",
        key,
        passed=result.passed,
        problem=result.problem[:200],
        **({"run": run.id} if run is not None else {}),
    )


def _last_confirmed(root: Path, key: str) -> Run | None:
    return next((run for run in runs(root) if key in run.flows and run.confirmed), None)


def kept_tests(run: Run) -> dict[str, TestRun]:
    """What the tests said that were run after a run, by ``domain/flow``."""
    results = {}
    for key, result in run.read("tests.json").items():
        with contextlib.suppress(ValidationError):
            results[key] = TestRun.model_validate(result)
    return results


def last_tests(sync: Sync, keys: Sequence[str]) -> dict[str, TestRun]:
    """What the tests of flows said when they ran last, as far as anybody recorded it."""
    results = {}
    for key in keys:
        of_flow = (run for run in runs(sync.workspace.root) if key in run.flows)
        recorded = (kept_tests(run).get(key) for run in of_flow)
        last = next((result for result in recorded if result is not None), None)
        mapped = sync.flow(key).mapped
        last = last or tests_in_mapping(key, mapped.extra if mapped else {})
        if last is not None:
            results[key] = last
    return results
