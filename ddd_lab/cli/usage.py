"""``ddd-lab usage``: what the answers of language models took."""

from __future__ import annotations

import argparse

from ddd_lab.cli._errors import Commands, Status, add_format, add_path, command, project_root
from ddd_lab.cli._output import hand_over_json, print_out

_EXAMPLES = """\
  ddd-lab usage                   tokens and cost of this period, by model and task
  ddd-lab usage . --format json   for programs

The record is .ddd/memory/usage.yaml. The period and the limit are set in .ddd/config.yaml below
llm.cost_tracking. An answer whose price is unknown is counted apart.

exit status: 0 done, 1 the limit is reached, 2 the call could not be carried out
"""


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = command(
        commands,
        "usage",
        "show what language models took: tokens and cost",
        "Show tokens and cost of this period by model and task, the limit, and earlier periods.",
        _EXAMPLES,
    )
    add_path(parser)
    add_format(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> Status:
    """Carry it out."""
    root = project_root(args.path)
    from ddd_lab.assist.tables import UsageTable

    table = UsageTable.of(root)
    if args.format == "json":
        hand_over_json(table.as_data())
    else:
        print_out(f"{table}\n")
    return Status.ERRORS if table.budget.state == "reached" else Status.FINE
