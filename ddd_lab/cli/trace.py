"""``ddd-lab trace``: where a flow leads."""

from __future__ import annotations

import argparse

from ddd_lab.cli._errors import (
    CallError,
    Commands,
    Status,
    add_format,
    add_path,
    at_least_one,
    command,
    open_project,
    place,
)
from ddd_lab.cli._output import hand_over_json, print_out

_EXAMPLES = """\
  ddd-lab trace . lending/return-item              its events, calls and agents to their ends
  ddd-lab trace . lending/return-item --depth 1    only what it leads to itself
  ddd-lab trace . lending/return-item --format json
"""


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = command(
        commands,
        "trace",
        "follow a flow's events and calls",
        "Say where a flow leads: events, calls, handoffs and agents, followed to their ends.",
        _EXAMPLES,
    )
    add_path(parser)
    parser.add_argument("flow", metavar="FLOW", help="domain/flow")
    parser.add_argument(
        "--depth", type=at_least_one, metavar="N", help="links to follow at most (default: all)"
    )
    add_format(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> Status:
    """Carry it out."""
    from ddd_lab.maps import trace, trace_text

    project = open_project(args.path)
    key = place(project, args.flow)
    if "/" not in key:
        raise CallError(f"{args.flow!r} is no flow: name one as domain/flow")
    found = trace(project.design, key, args.depth)
    if args.format == "json":
        hand_over_json(found)
    else:
        print_out(trace_text(found))
    return Status.FINE
