"""After a run: the person says which files belong to its flows, and the tests run."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ddd_lab.cli._errors import Status
from ddd_lab.cli._output import answer, plain, print_out
from ddd_lab.cli._trust import ask_for_trust
from ddd_lab.files.disk.storage import is_file

if TYPE_CHECKING:
    from ddd_lab.implementation.runs import Run
    from ddd_lab.project import Project


def finish(project: Project, done: Run, *, yes: bool = False, named: Sequence[str] = ()) -> Status:
    """Have the person confirm the files of a run, and run the tests.

    Args:
        done: the run, whose turn has ended.
        yes: confirm what is proposed without asking.
        named: paths that the person has named already; then nothing is asked.
    """
    from ddd_lab.implementation.config import read_config
    from ddd_lab.implementation.runs.confirming import confirm
    from ddd_lab.implementation.runs.file_attribution import assigned, proposed_by_flow
    from ddd_lab.implementation.runs.outcome import outcome

    config = read_config(project.root)
    project.refresh()
    result = outcome(project.workbench.sync, done)
    if named:
        files = assigned(project.workbench.sync, done, named)
    else:
        files = proposed_by_flow(project.workbench.sync, done, result.files)
    _show(files, result.files)
    if not (any(files.values()) or result.files):
        print_out(f"Nothing was changed, so nothing is recorded. {_later(done)}\n")
        return Status.ERRORS
    if result.notes.drifted:
        print_out("Notes to reconcile with the spec:\n")
        print_out("".join(f"  {plain(note)}\n" for note in result.notes.to_reconcile))
    if not (yes or named) and not _agreed(project.root, done, files):
        print_out(f"Nothing was recorded. {_later(done)}\n")
        return Status.ERRORS
    recorded = confirm(project.workbench.sync, done, files, config).files
    print_out(f"Recorded in .ddd/mapping.yaml: {plain(', '.join([*recorded, *done.schemas]))}\n")
    if config.wants_tests:
        ask_for_trust(project.root)
    return test(project, done)


def test(project: Project, done: Run) -> Status:
    """Run the tests of what was confirmed of a run, if the settings want it."""
    from ddd_lab.implementation.config import read_config
    from ddd_lab.implementation.runs.confirming import test_confirmed
    from ddd_lab.implementation.runs.outcome import run_flow_tests

    config, passed = read_config(project.root), True
    tests = partial(run_flow_tests, project.workbench.sync, config=config, run=done)
    for result in test_confirmed(done, config, tests):
        print_out(f"{plain(str(result))}\n")
        passed = passed and result.passed
    return Status.FINE if passed else Status.ERRORS


def _later(done: Run) -> str:
    return (
        f"Confirm with ddd-lab runs --confirm {done.id} [FILE...], or go on talking with "
        f"ddd-lab implement --resume {done.id}"
    )


def _show(files: Mapping[str, Sequence[str]], changed: Sequence[str]) -> None:
    for key, paths in files.items():
        _list(f"Files of {key}", paths)
    if not files:
        _list("Changed files", changed)


def _list(title: str, paths: Iterable[str]) -> None:
    print_out(f"{plain(title)}:\n" + "".join(f"  {plain(path)}\n" for path in paths))


# --- what the person answers ----------------------------------------------------------------------


def _agreed(root: Path, done: Run, files: dict[str, list[str]]) -> bool:
    """Whether the files are to be recorded, as the person has corrected them."""
    question = "Record these files as the flow's code? [y/N/e: edit] "
    try:
        while True:
            reply = answer(question if files else "Record the migration? [y/N] ").lower()
            if not files or reply not in ("e", "edit"):
                return reply in ("y", "yes")
            files.update({key: _edited(root, key, paths) for key, paths in files.items()})
            _show(files, ())
    except KeyboardInterrupt:
        print_out(f"\nNothing was recorded. {_later(done)}\n")
        raise


def _edited(root: Path, key: str, paths: Sequence[str]) -> list[str]:
    """The files of a flow with some left out and some added."""
    while True:
        try:
            words = shlex.split(answer(f"{plain(key)}: FILE to add, -FILE to leave out: "))
        except ValueError as error:
            print_out(f"  {error}\n")
            continue
        out = [word[1:] for word in words if word.startswith("-")]
        more = [word for word in words if not word.startswith("-")]
        strange = [f"there is no file {path}" for path in more if not is_file(root, path)]
        strange += [
            f"{rule} is not one of these files" for rule in out if not _matching(paths, rule)
        ]
        if not strange:
            left = [path for path in paths if not any(_matching([path], rule) for rule in out)]
            return list(dict.fromkeys([*left, *more]))
        print_out("".join(f"  {plain(line)}\n" for line in strange))


def _matching(paths: Iterable[str], rule: str) -> list[str]:
    return [path for path in paths if path == rule or fnmatchcase(path, rule)]
