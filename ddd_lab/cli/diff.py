"""``ddd-lab diff``: what changed between two versions of a design, in people's words."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from ddd_lab.cli._errors import Commands, Status, add_format, command
from ddd_lab.cli._output import hand_over_json, plain, print_out
from ddd_lab.plurals import plural

if TYPE_CHECKING:
    from ddd_lab.files.workspace.snapshot import FileDifference

_EXAMPLES = """\
  ddd-lab diff                           this folder: the last commit and the files as they are
  ddd-lab diff HEAD~3 ~/design           a revision and the files as they are
  ddd-lab diff v1.0 v1.1                 two revisions of the project in this folder
  ddd-lab diff old-design new-design     two folders
  ddd-lab diff old.yaml new.yaml         two files, such as two versions of a flow
  ddd-lab diff HEAD:specs/system.yaml specs/system.yaml

What is compared is what the files say: comments, quoting and the order of keys do not count.

exit status: 0 compared (with --exit-code: no difference), 1 with --exit-code: there are
differences, 2 something could not be compared
"""


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = command(
        commands,
        "diff",
        "say what changed between two versions",
        "Say what changed between two versions of a design or of one file.",
        _EXAMPLES,
    )
    parser.add_argument(
        "old",
        metavar="OLD",
        nargs="?",
        help="a folder, a file, a Git revision or REVISION:FILE (default: HEAD)",
    )
    parser.add_argument(
        "new",
        metavar="NEW",
        nargs="?",
        help="the other side, in the same form (default: this folder)",
    )
    add_format(parser)
    parser.add_argument(
        "--exit-code", action="store_true", help="exit with 1 if there are differences"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> Status:
    """Carry it out."""
    from ddd_lab.cli._drift import compared

    differences = compared(args.old, args.new)
    if args.format == "json":
        hand_over_json(_json(differences))
    else:
        print_out("".join(f"{line}\n" for line in _text(differences)))
    if any(difference.state == "unreadable" for difference in differences):
        return Status.FAILED
    return Status.ERRORS if differences and args.exit_code else Status.FINE


def _text(differences: list[FileDifference]) -> list[str]:
    if not differences:
        return ["No differences."]
    lines: list[str] = []
    for difference in differences:
        name = f"{difference.flow} ({difference.path})" if difference.flow else difference.path
        if difference.state in ("changed", "renamed"):
            lines.append(plain(name))
            lines += [f"  renamed from {plain(difference.was)}"] if difference.was else []
            lines += [f"  {plain(change.text)}" for change in difference.changes]
        elif difference.state == "unreadable":
            lines += [plain(name), f"  {plain(difference.reason)}"]
        else:
            lines += [plain(name), f"  the file was {difference.state}"]
        lines.append("")
    count = sum(max(1, len(difference.changes)) for difference in differences)
    return [*lines, f"{plural(count, 'difference')} in {plural(len(differences), 'file')}."]


def _json(differences: list[FileDifference]) -> dict[str, Any]:
    return {
        "equal": not differences,
        "files": [
            {
                "path": difference.path,
                "flow": difference.flow,
                "state": difference.state,
                "was": difference.was,
                "reason": difference.reason,
                "changes": [change.model_dump() for change in difference.changes],
            }
            for difference in differences
        ],
    }
