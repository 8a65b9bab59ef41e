"""How one flow of the queue stands, from what became of its run."""

from __future__ import annotations

from pathlib import Path

from ddd_lab.implementation.config import BuildConfig
from ddd_lab.implementation.queue_file import ItemState, QueueItem
from ddd_lab.implementation.runs.outcome import kept_tests
from ddd_lab.implementation.runs.record import Run, RunError, find_run, runs


def verdict(root: Path, item: QueueItem, config: BuildConfig) -> tuple[ItemState, str]:
    """How a flow stands that was begun, and why, in words."""
    try:
        run = find_run(root, item.run)
    except RunError as error:
        return "failed", str(error)
    if run.confirmed:
        return _tested(run, item.flow, config)
    state, why = run.status
    if state in ("failed", "stopped"):
        return "failed", why
    if state == "prompt_ready":
        return "running", "its terminal opens"
    if state == "done":
        return "running", "its turn has ended: confirm which files belong to it"
    return "running", why


def _tested(run: Run, flow: str, config: BuildConfig) -> tuple[ItemState, str]:
    if _left_out(run, flow):
        return "failed", "its run was confirmed without a file for this flow"
    if not config.wants_tests:
        return "done", "its files are confirmed"
    result = kept_tests(run).get(flow)
    if result is None:
        return "running", "its files are confirmed; its tests have not run yet"
    if result.passed:
        return "done", f"{result.count('passed')} tests passed"
    summary = result.problem or f"{len(result.failures)} of {len(result.tests)} tests fail"
    return "failed", summary.split("\n")[0]


def _left_out(run: Run, flow: str) -> bool:
    """Whether the person has confirmed a run, but no file for a flow that it was to implement."""
    return run.kind == "implement" and run.confirmed and not run.confirmation.files.get(flow)


def tried_again(root: Path, item: QueueItem) -> QueueItem:
    """How a flow stands that failed, now that the queue goes on."""
    if _mended(root, item):
        return item.model_copy(update={"state": "done", "why": "its tests pass now"})
    if _goes_on(root, item):
        return item.model_copy(update={"state": "running", "why": "its run goes on"})
    return QueueItem(flow=item.flow, kind="fix" if _tests_failed(root, item) else item.kind)


def _tests_failed(root: Path, item: QueueItem) -> bool:
    """Whether a flow failed as its tests did: these are to be fixed then."""
    try:
        result = kept_tests(find_run(root, item.run)).get(item.flow)
    except RunError:
        return False
    return result is not None and not result.passed


def _goes_on(root: Path, item: QueueItem) -> bool:
    """Whether the run of a flow was resumed since it failed."""
    try:
        run = find_run(root, item.run)
    except RunError:
        return False
    began = run.state in ("running", "waiting", "done")
    return began and item.flow not in kept_tests(run) and not _left_out(run, item.flow)


def _mended(root: Path, item: QueueItem) -> bool:
    """Whether the tests of a flow that failed have passed since, after its run or a later one."""
    if not item.run:
        return False
    for run in runs(root):
        result = kept_tests(run).get(item.flow) if item.flow in run.flows else None
        if result is not None:
            return result.passed
        if run.id == item.run:
            break
    return False
