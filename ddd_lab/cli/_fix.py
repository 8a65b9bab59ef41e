"""What ``ddd-lab check --fix`` does before it tells what remains."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ddd_lab.checks.fixes import Fix, fix_all
from ddd_lab.cli._errors import CallError
from ddd_lab.cli._output import plain
from ddd_lab.files.workspace.saving import SaveError
from ddd_lab.implementation.writers import require_leave
from ddd_lab.text_diff import unified_diff
from ddd_lab.visible import visible

if TYPE_CHECKING:
    from ddd_lab.project import Project


class Fixed(NamedTuple):
    """What was done.

    Attributes:
        fixes: those that were applied, in that order.
        diff: a unified diff of all files that they changed.
        written: paths of the files saved; none in a dry run.
    """

    fixes: list[Fix]
    diff: str
    written: list[str]


def fix(project: Project, *, dry_run: bool) -> Fixed:
    """Apply every certain fix, and save unless told otherwise."""
    if not dry_run:
        require_leave(project.workbench.root, "fixes")
    fixes = fix_all(project.workbench)
    diff = "".join(_diff(project, path) for path in sorted(project.dirty))
    if dry_run:
        return Fixed(fixes, diff, [])
    try:
        return Fixed(fixes, diff, project.save())
    except SaveError as error:
        raise CallError(f"the fixes cannot be saved: {error}") from error


def report(fixed: Fixed, *, dry_run: bool) -> list[str]:
    """What was done, as lines for people."""
    if not fixed.fixes:
        return ["Nothing that can be fixed without asking.", ""]
    verb = "would fix" if dry_run else "fixed"
    return [
        *(f"{verb}: {plain(fix.title)} [{fix.rule}]" for fix in fixed.fixes),
        "",
        visible(fixed.diff, lines=True),
    ]


def _diff(project: Project, path: str) -> str:
    document = project.workbench.documents[path]
    before = document.saved.text if document.saved and document.saved.text else ""
    return unified_diff(before, document.text(), f"a/{path}", f"b/{path}")
