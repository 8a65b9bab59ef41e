"""``ddd-lab memory``: what a project remembers."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from ddd_lab.cli._errors import Commands, Status, add_path, command, open_project, refusals
from ddd_lab.cli._output import hand_over_json, print_out

if TYPE_CHECKING:
    from ddd_lab.memory.memory import Memory

_LAYERS = ("summary", "spec-index", "decisions", "flow-map", "status")
_EXAMPLES = """\
  ddd-lab memory                         summary, status and decisions of the design here
  ddd-lab memory . --layer flow-map      one layer, as it stands in .ddd/memory
  ddd-lab memory . --refresh             write the files in .ddd/memory anew
  ddd-lab memory . --format json         all layers, for programs

Nothing is written without --refresh.

exit status: 0 fine, 2 the call could not be carried out
"""


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = command(
        commands,
        "memory",
        "show what the project remembers",
        "Show the summary, the spec index, the decisions, the flow map and the status.",
        _EXAMPLES,
    )
    add_path(parser)
    parser.add_argument("--layer", choices=_LAYERS, help="one of them (default: an overview)")
    parser.add_argument("--refresh", action="store_true", help="write the files in .ddd/memory")
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="text (default) or json"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> Status:
    """Carry it out."""
    project = open_project(args.path)
    memory = project.memory
    with refusals(project):
        if args.refresh:
            memory.refresh()
    if args.format == "json":
        layers = (args.layer,) if args.layer else _LAYERS
        hand_over_json({layer.replace("-", "_"): _data(memory, layer) for layer in layers})
    else:
        print_out(f"{memory.layer_text(args.layer) if args.layer else memory}".rstrip("\n") + "\n")
    return Status.FINE


def _data(memory: Memory, layer: str) -> Any:
    if layer == "summary":
        summary = memory.summary
        moved = [{**moved._asdict(), "text": str(moved)} for moved in summary.moved]
        return {**summary._asdict(), "stale": summary.stale, "moved": moved}
    if layer == "decisions":
        return [asdict(decision) for decision in memory.decisions]
    return getattr(memory, layer.replace("-", "_"))
