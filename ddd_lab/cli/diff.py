"""``ddd-lab diff``: what changed between two versions of a design, in people's words."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from ddd_lab.cli._errors import CallError, Commands, Status, add_format, command
from ddd_lab.cli._output import hand_over_json, plain, print_out
from ddd_lab.files.disk.paths import flow_key
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
  ddd-lab diff HEAD . --to svg --at orders/place -o place.svg    a picture with the changes marked

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
    parser.add_argument("--to", choices=("text", "svg"), help="text (default), or a picture")
    parser.add_argument(
        "--at",
        metavar="AT",
        default="",
        help="what the picture shows: domain, domain/flow or @flows (default: the System Map)",
    )
    parser.add_argument(
        "--side-by-side", action="store_true", help="two boards in the picture instead of one"
    )
    parser.add_argument(
        "--theme", choices=("light", "dark"), default="light", help="theme of the picture"
    )
    parser.add_argument(
        "-o", "--output", metavar="FILE", help="file for the picture (default: standard output)"
    )
    parser.add_argument(
        "--exit-code", action="store_true", help="exit with 1 if there are differences"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> Status:
    """Carry it out."""
    from ddd_lab.cli._drift import compared

    if args.to == "svg" or (args.to is None and (args.output or "").endswith(".svg")):
        return _picture(args)
    _refuse_without_picture(args)
    differences = compared(args.old, args.new)
    if args.format == "json":
        hand_over_json(_json(differences))
    else:
        print_out("".join(f"{line}\n" for line in _text(differences)))
    if any(difference.state == "unreadable" for difference in differences):
        return Status.FAILED
    return Status.ERRORS if differences and args.exit_code else Status.FINE


def _picture(args: argparse.Namespace) -> Status:
    from ddd_lab.cli._drift import compared_versions
    from ddd_lab.cli.export import hand_over
    from ddd_lab.files.workspace.snapshot import compare_snapshots
    from ddd_lab.maps.board_diff import board_diff
    from ddd_lab.maps.svg.diffs import diff_svg

    if args.format == "json":
        raise CallError("a picture is no JSON: leave out --to svg, or --format json")
    old, new = compared_versions(args.old, args.new)
    at = "" if args.at in (".", "/") else args.at.removesuffix("/")
    keys = {*old.snapshot, *new.snapshot}
    if not at and len(keys) == 1:
        at = flow_key(keys.pop())
    files = compare_snapshots(old.snapshot, new.snapshot)
    try:
        diff = board_diff(old.design, new.design, at, files)
    except KeyError as error:
        raise CallError(str(error.args[0])) from error
    svg = diff_svg(diff, old.name, new.name, theme=args.theme, side_by_side=args.side_by_side)
    hand_over(svg, args.output)
    if diff.notice:
        raise CallError(diff.notice)
    return Status.ERRORS if diff.entries and args.exit_code else Status.FINE


def _refuse_without_picture(args: argparse.Namespace) -> None:
    for option in ("at", "side_by_side", "output"):
        if getattr(args, option):
            name = option.replace("_", "-")
            raise CallError(f"--{name} is for pictures: add --to svg")


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
