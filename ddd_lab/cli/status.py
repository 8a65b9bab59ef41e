"""``ddd-lab status``: which code is behind its spec, and the other way round."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ddd_lab.cli._errors import (
    CallError,
    Commands,
    Status,
    add_format,
    add_path,
    command,
    no_design,
)
from ddd_lab.cli._output import hand_over_json, plain, print_out
from ddd_lab.gc_pause import gc_paused

if TYPE_CHECKING:
    from ddd_lab.implementation.quick_status import Unopened
    from ddd_lab.implementation.staleness import SyncStatus

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
        "list the flows whose spec or code has changed",
        "Say which flows are implemented, and where spec or code has changed since.",
        _EXAMPLES,
    )
    add_path(parser)
    parser.add_argument("--stale", action="store_true", help="show only what is stale")
    add_format(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> Status:
    """Carry it out."""
    with gc_paused():
        return _report(args)


def _report(args: argparse.Namespace) -> Status:
    from ddd_lab.implementation.staleness import SyncStatuses

    project = _look_at(args.path)
    statuses = SyncStatuses(project)
    everything = [*statuses.flows(), *statuses.schemas()]
    shown = [status for status in everything if status.stale or not args.stale]
    lost = statuses.code_map.lost
    if args.format == "json":
        hand_over_json(_json(project, lost, everything, shown))
    else:
        lines = _text(project, lost, everything, shown)
        print_out("".join(f"{'  ' * line.startswith('  ')}{plain(line)}\n" for line in lines))
    stale = any(status.stale for status in everything)
    return Status.ERRORS if stale else Status.FINE


def _look_at(path: str) -> Unopened:
    """The project in a folder; it is opened only where something has moved."""
    from ddd_lab.files.disk.folder import ProjectError, project_folder
    from ddd_lab.implementation.quick_status import Unopened

    try:
        project = Unopened(project_folder(path))
        broken = project.broken
    except ProjectError as error:
        raise CallError(str(error)) from error
    except (OSError, ValueError) as error:
        raise CallError(f"{path!r} cannot be opened: {error}") from error
    if not project.paths:
        raise no_design(project.root)
    if broken:
        raise CallError(broken)
    return project


def _text(
    project: Unopened, lost: Sequence[str], everything: list[SyncStatus], shown: list[SyncStatus]
) -> list[str]:
    from ddd_lab.implementation.status_table import StaleTable, counted

    lines = str(StaleTable(shown)).split("\n") if shown else []
    lines += [f"{name}: .ddd/mapping.yaml names it, but there is no such flow" for name in lost]
    return [*lines, f"{counted(everything) or 'no flows'} in {project.name}."]


def _json(
    project: Unopened, lost: Sequence[str], everything: list[SyncStatus], shown: list[SyncStatus]
) -> dict[str, Any]:
    return {
        "project": project.name,
        "root": str(project.root),
        "stale": any(status.stale for status in everything),
        "lost": list(lost),
        "entries": [
            {
                "key": status.key,
                "kind": status.kind,
                "state": status.state,
                "implemented_at": status.mapped.implemented_at if status.mapped else "",
                "changes": [change.model_dump() for change in status.changes],
                "changed_files": list(status.changed_files),
                "missing_files": list(status.missing_files),
                "unknown": status.unknown,
            }
            for status in shown
        ],
    }
