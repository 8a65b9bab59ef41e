"""After a run: the person says which files belong to its flows, and the tests run."""

from __future__ import annotations

import sys
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
    from ..lab.proposing import proposed

    config = read_config(project.root)
    project.refresh()
    found = outcome(project.sync, done)
    files: dict[str, list[str]] = {key: [] for key in done.flows}
    for file in proposed(project.sync, done, found.files):
        for key in file.flows:
            files[key].append(file.path)
    for key, paths in files.items():
        say(f"Files of {plain(key)}:\n" + "".join(f"  {plain(path)}\n" for path in paths))
    if not any(files.values()):
        say("  none: nothing was changed, so nothing is recorded\n")
        return Status.ERRORS
    if found.notes.drifted:
        say("To reconcile, since the spec does not say it:\n")
        say("".join(f"  {plain(note)}\n" for note in found.notes.to_reconcile))
    if not yes and not _agreed():
        say("Nothing was recorded.\n")
        return Status.ERRORS
    confirm(project.sync, done, files, config)
    say(f"Recorded in .ddd/mapping.yaml: {plain(', '.join(files))}\n")
    if not wants_tests(config):
        return Status.FINE
    passed = True
    for key in files:
        result = run_flow_tests(project.sync, key, config, done)
        say(f"{plain(str(result))}\n")
        passed = passed and result.passed
    return Status.FINE if passed else Status.ERRORS


def _agreed() -> bool:
    say("Record these files as the flow's code? [y/N] ")
    return sys.stdin.readline().strip().lower() in ("y", "yes")
