"""``ddd-lab decide``: write a decision down."""

from __future__ import annotations

import argparse

from ddd_lab.cli._errors import Commands, Status, command, open_project, refusals
from ddd_lab.cli._output import plain, print_out

_EXAMPLES = """\
  ddd-lab decide . "Loans end at midnight" --rationale "The vans leave at six."
  ddd-lab decide . "Members log in by mail" --affects members members/sign-in

Decisions stand in .ddd/memory/decisions.md, which is committed. Domains, flows and nodes
(domain/flow#node) that they are about follow when they are renamed.

exit status: 0 it is written down, 2 the call could not be carried out
"""


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = command(
        commands,
        "decide",
        "write a decision about the design down",
        "Write down what was decided about the design, and why.",
        _EXAMPLES,
    )
    parser.add_argument("path", metavar="PATH", help="the folder that holds specs/")
    parser.add_argument("title", metavar="TITLE", help="what was decided, in a line")
    parser.add_argument("--rationale", metavar="TEXT", default="", help="why")
    parser.add_argument(
        "--affects",
        metavar="PLACE",
        nargs="+",
        default=(),
        help="domain, domain/flow, domain/flow#node, a schema, an event, or any words",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> Status:
    """Carry it out."""
    project = open_project(args.path)
    with refusals(project):
        decision = project.memory.decisions.add(args.title, args.rationale, affected=args.affects)
    print_out(f"{plain(decision.title)} is written down ({decision.id}).\n")
    return Status.FINE
