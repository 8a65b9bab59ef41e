"""``ddd-lab show``: a map as text."""

from __future__ import annotations

import argparse

from ddd_lab.cli._errors import Commands, Status, add_path, command, open_project, place
from ddd_lab.cli._output import print_out

_EXAMPLES = """\
  ddd-lab show .                         the System Map
  ddd-lab show . lending                 the map of a domain
  ddd-lab show . lending/borrow-item     the sheet of a flow
  ddd-lab show . @flows                  all flows and the links between them
"""


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = command(
        commands,
        "show",
        "show a map or a flow as text",
        "Show the system, a domain or a flow as text.",
        _EXAMPLES,
    )
    add_path(parser)
    parser.add_argument(
        "at",
        metavar="AT",
        nargs="?",
        default="",
        help="domain, domain/flow or @flows (default: the System Map)",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> Status:
    """Carry it out."""
    from ddd_lab.maps import show_text

    project = open_project(args.path)
    print_out(show_text(project.design, place(project, args.at)))
    return Status.FINE
