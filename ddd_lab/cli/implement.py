"""``ddd-lab implement``: have Claude Code implement flows, in the shell it is called from."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from ._call import CallError, Commands, Status, command, open_project
from ._output import plain, say

if TYPE_CHECKING:
    from ..build.prompts import Prompt
    from ..build.runs import Run
    from ..project import Project

_EXAMPLES = """\
  ddd-lab implement orders/place-order            one flow
  ddd-lab implement orders/place-order --prompt   only show the prompt
  ddd-lab implement --queue                       all that is pending or stale, one after another

Claude Code runs here, asks you for permissions, and goes on talking until you leave it. Then you
confirm which files belong to the flow. Nothing is committed.

exit status: 0 done and confirmed, 1 it failed, was stopped or not confirmed, or tests fail, 2 the
call could not be carried out
"""


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = command(
        commands,
        "implement",
        "have Claude Code implement flows",
        "Start Claude Code with the prompt of a flow, in this terminal.",
        _EXAMPLES,
    )
    parser.add_argument("flows", metavar="FLOW", nargs="*", help="domain/flow")
    parser.add_argument(
        "--project", metavar="PATH", default=".", help="the folder that holds specs/ (default: .)"
    )
    parser.add_argument(
        "--queue",
        action="store_true",
        help="every flow that is pending or stale, one after another",
    )
    parser.add_argument("--prompt", action="store_true", help="show the prompt; start nothing")
    parser.add_argument("--more", metavar="TEXT", default="", help="instructions of your own")
    parser.add_argument(
        "--yes", action="store_true", help="confirm the files that changed without asking"
    )
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> Status:
    """Carry it out.

    Raises:
        CallError: there is no such design or flow, or its settings or mapping are broken.
    """
    project = open_project(given.project)
    keys = _wanted(project, given)
    for number, key in enumerate(keys, 1):
        prompt = _prompt(project, key).with_instructions(given.more)
        if given.prompt:
            say(f"{prompt.text}\n" if number < len(keys) else prompt.text)
            continue
        if len(keys) > 1:
            say(f"--- {number} of {len(keys)}: {plain(key)}\n")
        status = _implement(project, prompt, yes=given.yes)
        if status is not Status.FINE:
            left = len(keys) - number
            if left:
                say(f"The queue pauses: {left} left. Go on with ddd-lab implement --queue\n")
            return status
    return Status.FINE


def _wanted(project: Project, given: argparse.Namespace) -> list[str]:
    if bool(given.flows) == given.queue:
        raise CallError("name the flows to implement, or say --queue for all that wait")
    if given.queue:
        waiting = [
            standing.key
            for standing in project.sync.flows()
            if standing.state == "pending" or standing.stale
        ]
        if not waiting:
            say("Nothing is pending or stale.\n")
        return waiting
    unknown = [key for key in given.flows if key not in project.design.flow_keys]
    if unknown:
        raise CallError(f"there is no flow {unknown[0]!r}")
    return list(dict.fromkeys(given.flows))


def _prompt(project: Project, key: str) -> Prompt:
    from ..build.config import ConfigError

    try:
        return project.prompt(key)
    except (KeyError, ConfigError) as error:
        raise CallError(str(error.args[0])) from error


def _implement(project: Project, prompt: Prompt, *, yes: bool) -> Status:
    from ..build.runs import RunError
    from ..build.runs.launch import launch
    from ..build.runs.starting import prepared
    from ..spec.edits import EditError

    try:
        started = prepared(project.sync, prompt)
        launch(started)
        state, why = started.standing
        if state != "done":
            say(f"{plain(why[:1].upper() + why[1:])}.\n")
            return Status.ERRORS
        return _finish(project, started, yes=yes)
    except (RunError, EditError) as error:
        raise CallError(str(error)) from error
    except OSError as error:
        raise CallError(f"{error.filename or project.root}: {error.strerror or error}") from error


def _finish(project: Project, done: Run, *, yes: bool) -> Status:
    from ..build.config import read_config
    from ..build.runs.outcome import confirm, outcome, run_flow_tests, wants_tests

    config = read_config(project.root)
    (key,) = done.flows
    found = outcome(project.sync, done)
    mapped = project.sync.flow(key).mapped
    known = [path for path in (mapped.files if mapped else ()) if project.sync.files.digests(path)]
    files = list(dict.fromkeys([*known, *found.files]))
    say("Files of this flow:\n" + "".join(f"  {plain(path)}\n" for path in files))
    if not files:
        say("  none: nothing was changed, so nothing is recorded\n")
        return Status.ERRORS
    for path in found.notes.deviations + found.notes.additions:
        say(f"  noted: {plain(path)}\n")
    if not yes and not _agreed():
        say("Nothing was recorded.\n")
        return Status.ERRORS
    confirm(project.sync, done, {key: files}, config)
    say(f"Recorded in .ddd/mapping.yaml: {plain(key)}\n")
    if not wants_tests(config):
        return Status.FINE
    result = run_flow_tests(project.sync, key, config, done)
    say(f"{plain(str(result))}\n")
    return Status.FINE if result.passed else Status.ERRORS


def _agreed() -> bool:
    say("Record these files as the flow's code? [y/N] ")
    return sys.stdin.readline().strip().lower() in ("y", "yes")
