"""``ddd-lab runs``: the runs of Claude Code, stopped and confirmed."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from ddd_lab.cli._confirm import finish
from ddd_lab.cli._errors import Commands, Status, add_project, command, open_project, refusals
from ddd_lab.cli._output import plain, print_out

if TYPE_CHECKING:
    from ddd_lab.implementation.runs import Run
    from ddd_lab.project import Project

_EXAMPLES = """\
  ddd-lab runs                             every run, the newest first
  ddd-lab runs --stop RUN                  end one, with everything that it started
  ddd-lab runs --confirm RUN               say which files belong to its flows
  ddd-lab runs --confirm RUN src/pay.py    these, without a question

RUN is what the list begins its lines with. ddd-lab implement --resume RUN goes on talking.

exit status: 0 fine, 1 nothing was recorded or tests fail, 2 the call could not be carried out
"""


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = command(
        commands,
        "runs",
        "list the runs of Claude Code, stop or confirm one",
        "List the runs of Claude Code; stop one, or confirm which files belong to its flows.",
        _EXAMPLES,
    )
    add_project(parser)
    deeds = parser.add_mutually_exclusive_group()
    deeds.add_argument(
        "--stop", metavar="RUN", default="", help="stop a run and everything that it started"
    )
    deeds.add_argument(
        "--confirm",
        metavar=("RUN", "FILE"),
        nargs="+",
        default=[],
        help="record which files belong to its flows; asks if none are named",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> Status:
    """Carry it out."""
    from ddd_lab.implementation.runs import find_run, runs

    project = open_project(args.project)
    with refusals(project):
        if args.stop:
            return _stopped(project.root, args.stop)
        if args.confirm:
            id, *files = args.confirm
            named = [_in_project(project, path) for path in files]
            return finish(project, find_run(project.root, id), named=named)
        return _list(project.root, runs(project.root))


def _stopped(root: Path, id: str) -> Status:
    from ddd_lab.implementation.runs import find_run
    from ddd_lab.implementation.runs.stopping import lost_runs, stop, stop_lost

    was = stop_lost(root, id) if id in lost_runs(root) else stop(find_run(root, id))
    print_out(f"{plain(id)} {'was stopped' if was else 'was over already'}.\n")
    return Status.FINE


def _list(root: Path, listed: Iterable[Run]) -> Status:
    from ddd_lab.implementation.runs.stopping import lost_runs

    lines = [_line(one) for one in listed]
    lines += [
        f"{plain(id)}  its folder was removed, but its program still runs. "
        f"End it: ddd-lab runs --stop {plain(id)}\n"
        for id in lost_runs(root)
    ]
    print_out("".join(lines) or "There are no runs yet. Start one: ddd-lab implement FLOW\n")
    return Status.FINE


def _line(run_: Run) -> str:
    if not run_.about:
        return f"{run_.id}  its run.json cannot be read\n"
    state, why = run_.status
    stands = "confirmed" if run_.confirmed else state.replace("_", " ")
    about = ", ".join([*run_.flows, *run_.schemas])
    return f"{run_.id}  {run_.kind} {plain(about)}: {stands} ({plain(why)})\n"


def _in_project(project: Project, path: str) -> str:
    """A path as the mapping names it, whatever folder the person is in."""
    full = Path(path).expanduser().resolve()
    if full.exists() and full.is_relative_to(project.root.resolve()):
        return full.relative_to(project.root.resolve()).as_posix()
    return path
