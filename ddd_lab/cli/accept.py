"""``ddd-lab accept``: accept a flow and its code as in sync."""

from __future__ import annotations

import argparse

from ddd_lab.cli._errors import Commands, Status, add_project, command, open_project, refusals
from ddd_lab.cli._output import plain, print_out

_EXAMPLES = """\
  ddd-lab accept orders/place-order --reason "only the wording has changed"
  ddd-lab accept Member --reason "nothing is stored yet"

The reason is kept in .ddd/mapping.yaml. The drift comes back only when something changes again.

exit status: 0 it is accepted, 2 there is nothing to accept, or the call could not be carried out
"""


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = command(
        commands,
        "accept",
        "accept a flow and its code as in sync",
        "Accept a flow and its code, or a schema, as in sync, and say why.",
        _EXAMPLES,
    )
    parser.add_argument("name", metavar="FLOW", help="domain/flow; or a schema")
    parser.add_argument("--reason", metavar="TEXT", required=True, help="why they match")
    add_project(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> Status:
    """Carry it out."""
    project = open_project(args.project)
    with refusals(project):
        project.accept_drift(args.name, args.reason)
    print_out(f"{plain(args.name)} is in sync.\n")
    return Status.FINE
