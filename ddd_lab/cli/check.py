"""``ddd-lab check``: everything that is wrong with a design."""

from __future__ import annotations

import argparse
import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ddd_lab.cli._errors import CallError, Commands, Status, add_path, command, open_project
from ddd_lab.cli._output import hand_over_json, plain, print_out
from ddd_lab.plurals import plural

if TYPE_CHECKING:
    from ddd_lab.cli._fix import Fixed
    from ddd_lab.project import Project
    from ddd_lab.spec.problem import Problem

_EXAMPLES = """\
  ddd-lab check                              the design in this folder
  ddd-lab check ~/design --strict            warnings count as well
  ddd-lab check . --format sarif > ddd.sarif for code scanning in CI
  ddd-lab check --fix --dry-run              what can be fixed without asking

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
    parser.add_argument(
        "--fix", action="store_true", help="first apply and save the fixes that need no decision"
    )
    parser.add_argument("--dry-run", action="store_true", help="with --fix: show it, write nothing")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> Status:
    """Carry it out."""
    if args.dry_run and not args.fix:
        raise CallError("--dry-run only has an effect together with --fix")
    project = open_project(args.path)
    fixed = _fixed(project, args) if args.fix else None
    problems = project.problems
    counts = Counter[str](problem.severity for problem in problems)
    failed = counts["error"] or (args.strict and counts["warning"])
    status = Status.ERRORS if failed else Status.FINE
    if args.format == "json":
        hand_over_json(_json(project, problems, counts) | _json_fixed(fixed))
    elif args.format == "sarif":
        from ddd_lab.cli._sarif import sarif, suggestions

        hand_over_json(sarif(project.root, problems, suggestions(project.workbench)))
    else:
        lines = _text(project, args.path, problems, counts)
        if fixed is not None:
            from ddd_lab.cli._fix import report

            lines = [*report(fixed, dry_run=args.dry_run), *lines]
        print_out("".join(f"{line}\n" for line in lines))
    return status


def _fixed(project: Project, args: argparse.Namespace) -> Fixed:
    from ddd_lab.cli._fix import fix

    return fix(project, dry_run=args.dry_run)


def _json_fixed(fixed: Fixed | None) -> dict[str, Any]:
    if fixed is None:
        return {}
    fixes = [{"rule": fix.rule, "where": fix.where, "title": fix.title} for fix in fixed.fixes]
    return {"fixed": fixes, "diff": fixed.diff.removesuffix("\n"), "written": fixed.written}


def _text(project: Project, title: str, problems: list[Problem], counts: Counter[str]) -> list[str]:
    """A line each, with paths that a terminal or an editor can open from here."""
    folder = title.rstrip("/" + os.sep)
    if project.root.name != "specs":
        if os.path.basename(folder) == "specs":  # noqa: PTH119
            folder = os.path.dirname(folder)  # noqa: PTH120 - as typed: pathlib would tidy it up
        elif Path(folder).absolute().name == "specs":
            folder = ".."
    lines = [
        plain(str(p.model_copy(update={"path": os.path.join(folder, p.path)})))  # noqa: PTH118
        if folder not in ("", ".") and p.path
        else plain(str(p))
        for p in problems
    ]
    design = project.design
    about = (
        f"{plain(project.name)} ({plural(len(design.domains), 'domain')}, "
        f"{plural(len(design.flow_keys), 'flow')})"
    )
    if not problems:
        return [f"No problems in {about}."]
    parts = [
        plural(counts[severity], word)
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
        "problems": [problem.model_dump(mode="json") for problem in problems],
    }
