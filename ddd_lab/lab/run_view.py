"""What a notebook shows of a run: as values for the widget, and as text without one."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ddd_lab.files.workspace.workspace import Workspace
from ddd_lab.implementation.notes import read_notes
from ddd_lab.implementation.queue import QueueItem, read_queue
from ddd_lab.implementation.runs import Run, RunError, find_run
from ddd_lab.implementation.runs.file_attribution import proposed
from ddd_lab.implementation.runs.outcome import kept_tests, outcome
from ddd_lab.implementation.runs.record import number
from ddd_lab.implementation.staleness import Sync
from ddd_lab.implementation.testing import TestRun
from ddd_lab.lab.terminals import link_of
from ddd_lab.visible import visible

GOING_ON = ("prompt_ready", "running", "waiting")
"""States of a run that is not over."""
TITLES = {
    "prompt_ready": "Starting",
    "running": "At work",
    "waiting": "Waits for you",
    "done": "Done",
    "failed": "Failed",
    "stopped": "Stopped",
}


def view_of(run: Run) -> dict[str, Any]:
    """A run as the widget shows it; values that JSON has."""
    state, why = run.status
    link = link_of(run)
    ended = state not in GOING_ON
    open_now = state == "prompt_ready" or run.alive
    return {
        "id": run.id,
        # For its terminal to be opened; a page cannot ask for it while a cell waits for the run.
        "root": str(run.root),
        "title": visible(str(run.about.get("title", run.id))),
        "state": state,
        "status": TITLES[state],
        "why": visible(why),
        "began": run.created_at.timestamp(),
        "ended": _ended_at(run) if ended else None,
        "terminal": link.model_dump() if link and open_now else None,
        "files": [visible(path) for path in _files(run)] if ended else [],
        "confirmed": run.confirmed,
        "notes": [visible(note) for note in _notes(run)],
        "tests": [_tests(result) for result in kept_tests(run).values()],
    }


def queue_view(root: Path) -> dict[str, Any]:
    """The queue of a project as the widget shows it; values that JSON has."""
    queue = read_queue(root)
    items = [
        {
            "flow": visible(item.flow),
            "state": visible(item_text(item)),
            "id": item.run,
            "terminal": _open_terminal(root, item.run) if item.state == "running" else None,
        }
        for item in queue.items
    ]
    return {
        "root": str(root),
        "state": queue.state,
        "status": queue.state.capitalize(),
        "why": visible(queue.why),
        "items": items,
    }


def item_text(item: QueueItem) -> str:
    """How a flow of the queue stands, in words."""
    return f"{item.state} ({item.why})" if item.why else item.state


def _open_terminal(root: Path, id: str) -> dict[str, Any] | None:
    with contextlib.suppress(RunError):
        link = link_of(find_run(root, id))
        return link.model_dump() if link else None
    return None


def _ended_at(run: Run) -> float | None:
    """When the last turn, or all of it, ended."""
    moments = [
        entry.get("at") for entry in run.hook_events if entry.get("hook_event_name") == "Stop"
    ]
    return number(moments[-1] if moments else run.read("exit.json").get("at"))


def _files(run: Run) -> list[str]:
    if run.confirmed:
        confirmed = run.confirmation.files.values()
        return list(dict.fromkeys(path for paths in confirmed for path in paths))
    # A project of its own: the person's may be worked with in another thread.
    sync = Sync(Workspace(run.root))
    return [file.path for file in proposed(sync, run, outcome(sync, run).files)]


def _notes(run: Run) -> Iterator[str]:
    notes = read_notes(run.last_message)
    for title, lines in (
        ("Deviation", notes.deviations),
        ("Addition", notes.additions),
        ("Ambiguity", notes.ambiguities),
        ("Schema change", notes.schema_changes),
    ):
        yield from (f"{title}: {line}" for line in lines)
    yield from run.confirmation.notices


def _tests(result: TestRun) -> dict[str, Any]:
    return {
        "title": str(result).split("\n")[0],
        "passed": result.passed,
        "failures": [
            visible(f"{test.name}: {test.message or test.status}", lines=True)
            for test in result.failures
        ],
    }


def as_text(run: Run) -> str:
    """A run as lines of text."""
    return visible("\n".join(_lines(view_of(run))), lines=True)


def _lines(view: dict[str, Any]) -> Iterator[str]:
    yield f"{view['title']}: {view['status'].lower()} ({view['why']})"
    if view["terminal"]:
        yield f"  terminal: {view['terminal']['url']}"
    if view["files"]:
        label = "files of this flow" if view["confirmed"] else "files to confirm with .confirm()"
        yield f"  {label}: {', '.join(view['files'])}"
    yield from (f"  {line}" for line in view["notes"])
    for tests in view["tests"]:
        yield f"  {tests['title']}"
        yield from (f"    {line}" for line in tests["failures"])
