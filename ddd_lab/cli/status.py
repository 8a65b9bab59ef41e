"""``ddd-lab status``: which code is behind its spec, and the other way round."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from ._call import CallError, Commands, Status, add_path, command, open_project
from ._output import hand_over_json, plain, say

if TYPE_CHECKING:
    from ..build.staleness import Standing
    from ..project import Project

_EXAMPLES = """\
  ddd-lab status                         every flow of the design in this folder
  ddd-lab status ~/design --stale        only what somebody has to look at
  ddd-lab status . --format json         for programs

Compared are fingerprints of specs and code with those that .ddd/mapping.yaml recorded. Comments,
the order of keys, positions and line ends do not count.

exit status: 0 nothing is stale, 1 something is, 2 the call could not be carried out
"""


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = command(
        commands,
        "status",
        "say which code and spec have parted ways",
        "Say which flows are implemented, and where spec and code have moved since.",
        _EXAMPLES,
    )
    add_path(parser)
    parser.add_argument("--stale", action="store_true", help="show only what is stale")
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="text (default) or json"
    )
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> Status:
    """Carry it out.

    Raises:
        CallError: there is no design there, or its mapping is broken.
    """
    project = open_project(given.path)
    _refuse_broken(project)
    everything = [*project.sync.flows(), *project.sync.schemas()]
    shown = [standing for standing in everything if standing.stale or not given.stale]
    if given.format == "json":
        hand_over_json(_json(project, everything, shown))
    else:
        lines = _text(project, everything, shown)
        say("".join(f"{'  ' * line.startswith('  ')}{plain(line)}\n" for line in lines))
    stale = any(standing.stale for standing in everything)
    return Status.ERRORS if stale else Status.FINE


def _refuse_broken(project: Project) -> None:
    from ..spec.design import MAPPING_FILE

    document = project.document(MAPPING_FILE)
    if document is not None and document.broken is not None:
        raise CallError(str(document.broken))


def _text(project: Project, everything: list[Standing], shown: list[Standing]) -> list[str]:
    from ..build.table import StaleTable, counted

    lines = str(StaleTable(shown)).split("\n") if shown else []
    lines += [
        f"{name}: .ddd/mapping.yaml names it, but there is no such flow"
        for name in project.sync.code_map.lost
    ]
    return [*lines, f"{counted(everything) or 'no flows'} in {project.name}."]


def _json(project: Project, everything: list[Standing], shown: list[Standing]) -> dict[str, Any]:
    return {
        "project": project.name,
        "root": str(project.root),
        "stale": any(standing.stale for standing in everything),
        "lost": list(project.sync.code_map.lost),
        "entries": [
            {
                "key": standing.key,
                "kind": standing.kind,
                "state": standing.state,
                "implemented_at": standing.mapped.implemented_at if standing.mapped else "",
                "changes": [change.model_dump() for change in standing.changes],
                "changed_files": list(standing.changed_files),
                "missing_files": list(standing.missing_files),
                "unknown": standing.unknown,
            }
            for standing in shown
        ],
    }
