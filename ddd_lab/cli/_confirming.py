"""After a run: the person says which files belong to its flows, and the tests run."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ._call import Status
from ._output import plain, say

if TYPE_CHECKING:
    from ..build.runs import Run
    from ..project import Project


def finish(project: Project, done: Run, *, yes: bool) -> Status:
    """Have the person confirm the files of a run, and run the tests.

    Raises:
        EditError: the mapping is broken.
        ConfigError: the settings are broken.
        OSError: something cannot be written.
    """
    from ..build.config import read_config
    from ..build.runs.outcome import confirm, outcome, run_flow_tests, wants_tests
    from ..build.runs.proposing import proposed_by_flow

    config = read_config(project.root)
    project.refresh()
    found = outcome(project.sync, done)
    files = proposed_by_flow(project.sync, done, found.files)
    for key, paths in files.items():
        _list(f"Files of {key}", paths)
    if not files:
        _list("Changed files", found.files)
    if not (any(files.values()) or found.files):
        say("  none: nothing was changed, so nothing is recorded\n")
        return Status.ERRORS
    if found.notes.drifted:
        say("To reconcile, since the spec does not say it:\n")
        say("".join(f"  {plain(note)}\n" for note in found.notes.to_reconcile))
    what = "these files as the flow's code" if files else "the migration"
    if not yes and not _agreed(f"Record {what}? [y/N] "):
        say("Nothing was recorded.\n")
        return Status.ERRORS
    kept = confirm(project.sync, done, files, config)
    recorded = kept["files"]
    say(f"Recorded in .ddd/mapping.yaml: {plain(', '.join([*recorded, *done.schemas]))}\n")
    say("".join(f"{plain(notice)}\n" for notice in kept.get("notices", ())))
    if not wants_tests(config):
        return Status.FINE
    passed = True
    for key in recorded:
        result = run_flow_tests(project.sync, key, config, done)
        say(f"{plain(str(result))}\n")
        passed = passed and result.passed
    return Status.FINE if passed else Status.ERRORS


def _list(title: str, paths: Iterable[str]) -> None:
    say(f"{plain(title)}:\n" + "".join(f"  {plain(path)}\n" for path in paths))


def _agreed(question: str) -> bool:
    say(question)
    return sys.stdin.readline().strip().lower() in ("y", "yes")
