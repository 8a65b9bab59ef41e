"""``ddd-lab search``: find words in a whole design."""

from __future__ import annotations

import argparse

from ddd_lab.cli._errors import Commands, Status, add_path, at_least_one, command, open_project
from ddd_lab.cli._output import print_err, print_out

_EXAMPLES = """\
  ddd-lab search . "open loans"          where these words stand, names first
  ddd-lab search . loan --limit 200      more matches than the first 50
"""


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = command(
        commands,
        "search",
        "find words in names and settings",
        "Find words in names and settings of the whole design, with file and line.",
        _EXAMPLES,
    )
    add_path(parser)
    parser.add_argument("words", metavar="WORDS", help="words that must all be in one text")
    parser.add_argument(
        "--limit",
        type=at_least_one,
        default=50,
        metavar="N",
        help="matches at most (default: 50)",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> Status:
    """Carry it out."""
    project = open_project(args.path)
    matches = project.search(args.words, args.limit)
    for match in matches:
        text = " ".join(match.text.split())
        print_out(f"{match.path}:{match.line}: {text} [{match.kind} {match.where}]\n")
    if not matches:
        print_err(f"Nothing in this design matches {args.words!r}.")
    return Status.FINE
