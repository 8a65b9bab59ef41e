"""``ddd-lab accept``: take a flow and its code for being in sync as they are."""

from __future__ import annotations

import argparse

from ddd_lab.cli._errors import Commands, Status, add_project, command, open_project, refusals
from ddd_lab.cli._output import plain, print_out

_EXAMPLES = """\
  ddd-lab accept orders/place-order --reason "only the wording has changed"
  ddd-lab accept Member --reason "nothing is stored yet"

The reason is kept in .ddd/mapping.yaml. The drift does not come back until something moves again.

exit status: 0 it is accepted, 2 there is nothing to accept, or the call could not be carried out
"""


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = command(
        commands,
        "accept",
        "take a flow and its code for being in sync as they are",
        "Take a flow and its code, or a schema, for being in sync as they are; say why.",
        _EXAMPLES,
    )
    parser.add_argument("name", metavar="FLOW", help="domain/flow; or a schema")
    parser.add_argument("--reason", metavar="TEXT", required=True, help="why that is right")
    add_project(parser)
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> Status:
    """Carry it out."""
    project = open_project(given.project)
    with refusals(project):
        project.accept_drift(given.name, given.reason)
    print_out(f"{plain(given.name)} is in sync.\n")
    return Status.FINE
