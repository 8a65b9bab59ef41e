"""``ddd-lab log``: the history of one flow, in people's words."""

from __future__ import annotations

import argparse
from dataclasses import asdict

from ddd_lab.cli._errors import (
    CallError,
    Commands,
    Status,
    add_format,
    add_path,
    at_least_one,
    command,
    open_project,
)
from ddd_lab.cli._output import hand_over_json, print_out

_EXAMPLES = """\
  ddd-lab log lending/borrow-item        what each commit changed in a flow, newest first
  ddd-lab log ~/design lending -n 5      the same of a domain, the last five commits
  ddd-lab log . specs/system.yaml        of any file; one that is gone has its history, too

A flow is followed through renames.
"""


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = command(
        commands,
        "log",
        "tell the history of a flow",
        "Tell what each commit changed in a flow, in words.",
        _EXAMPLES,
    )
    add_path(parser)
    parser.add_argument("name", metavar="FLOW", help="domain/flow, a domain, or a file")
    parser.add_argument(
        "-n",
        "--limit",
        type=at_least_one,
        default=50,
        metavar="N",
        help="commits at most (default: 50)",
    )
    add_format(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> Status:
    """Carry it out."""
    from ddd_lab.files.disk.git import GitError

    project = open_project(args.path)
    try:
        history = project.git.history(args.name, args.limit)
    except GitError as error:
        raise CallError(str(error)) from error
    except KeyError as error:
        raise CallError(str(error.args[0])) from error
    if args.format == "json":
        hand_over_json([asdict(version) for version in history])
    else:
        print_out(f"{history}\n")
    return Status.FINE
