"""``ddd-lab tests``: run the tests of flows, and keep what they say."""

from __future__ import annotations

import argparse

from ddd_lab.cli._errors import Commands, Status, add_project, command, open_project, refusals
from ddd_lab.cli._output import plain, print_out
from ddd_lab.cli._trust import ask_for_trust

_EXAMPLES = """\
  ddd-lab tests orders/place-order       the tests of one flow
  ddd-lab tests                          all tests, as .ddd/config.yaml says

What the tests of a flow say is kept with it: badges show it, and implement --fix repeats it.

exit status: 0 they pass, 1 some fail, 2 the call could not be carried out
"""


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = command(
        commands,
        "tests",
        "run the tests of flows",
        "Run the tests of flows, or all tests.",
        _EXAMPLES,
    )
    parser.add_argument("flows", metavar="FLOW", nargs="*", help="domain/flow (default: all tests)")
    add_project(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> Status:
    """Carry it out."""
    project = open_project(args.project)
    passed = True
    with refusals(project):
        ask_for_trust(project.root)
        for flow in dict.fromkeys(args.flows) or ("",):
            result = project.test(flow)
            lines = str(result).split("\n")
            print_out("".join(f"{'  ' * line.startswith('  ')}{plain(line)}\n" for line in lines))
            passed = passed and result.passed
    return Status.FINE if passed else Status.ERRORS
