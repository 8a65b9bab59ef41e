"""``ddd-lab check``: everything that is wrong with a design."""

from __future__ import annotations

import argparse
import os
from collections import Counter
from typing import TYPE_CHECKING, Any

from ._call import Commands, Status, add_path, command, open_project
from ._output import hand_over_json, many, plain, say

if TYPE_CHECKING:
    from ..project import Project
    from ..spec.problem import Problem

_EXAMPLES = """\
  ddd-lab check                              the design in this folder
  ddd-lab check ~/design --strict            warnings count as well
  ddd-lab check . --format sarif > ddd.sarif for code scanning in CI

exit status: 0 no errors (warnings allowed), 1 errors (with --strict: or warnings), 2 the call could
not be carried out
"""


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = command(
        commands,
        "check",
        "say what is wrong with a design",
        "Say what is wrong with a design, where, and what to do about it.",
        _EXAMPLES,
    )
    add_path(parser)
    parser.add_argument(
        "--format",
        choices=("text", "json", "sarif"),
        default="text",
        help="text for people (default), json or sarif (2.1.0) for programs",
    )
    parser.add_argument("--strict", action="store_true", help="warnings are failures, too")
    parser.set_defaults(run=run)


def run(given: argparse.Namespace) -> Status:
    """Carry it out.

    Raises:
        CallError: there is no design there.
    """
    project = open_project(given.path)
    problems = project.problems
    counts = Counter[str](problem.severity for problem in problems)
    failed = counts["error"] or (given.strict and counts["warning"])
    status = Status.ERRORS if failed else Status.FINE
    if given.format == "json":
        hand_over_json(_json(project, problems, counts))
    elif given.format == "sarif":
        from ._sarif import sarif

        hand_over_json(sarif(project.root, problems))
    else:
        say("".join(f"{line}\n" for line in _text(project, given.path, problems, counts)))
    return status


def _text(project: Project, given: str, problems: list[Problem], counts: Counter[str]) -> list[str]:
    """A line each, with paths that a terminal or an editor can open from here."""
    folder = given.rstrip("/" + os.sep)
    if project.root.name != "specs" and os.path.basename(folder) == "specs":  # noqa: PTH119
        folder = os.path.dirname(folder)  # noqa: PTH120 - as typed: pathlib would tidy it up
    lines = [
        plain(str(p.model_copy(update={"path": os.path.join(folder, p.path)})))  # noqa: PTH118
        if folder not in ("", ".") and p.path
        else plain(str(p))
        for p in problems
    ]
    design = project.design
    about = (
        f"{plain(project.name)} ({many(len(design.domains), 'domain')}, "
        f"{many(len(design.flow_keys), 'flow')})"
    )
    if not problems:
        return [f"No problems in {about}."]
    parts = [
        many(counts[severity], word)
        for severity, word in (("error", "error"), ("warning", "warning"), ("info", "note"))
        if counts[severity]
    ]
    return [*lines, f"{', '.join(parts)} in {about}."]


def _json(project: Project, problems: list[Problem], counts: Counter[str]) -> dict[str, Any]:
    design = project.design
    return {
        "project": project.name,
        "root": str(project.root),
        "domains": len(design.domains),
        "flows": len(design.flow_keys),
        "counts": {severity: counts[severity] for severity in ("error", "warning", "info")},
        "problems": [problem.model_dump() for problem in problems],
    }
