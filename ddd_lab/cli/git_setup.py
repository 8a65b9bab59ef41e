"""``ddd-lab git-setup``: let Git merge and compare designs by what they say."""

from __future__ import annotations

import argparse

from ddd_lab.cli._errors import CallError, Commands, Status, add_path, command, project_root
from ddd_lab.cli._output import print_out

_EXAMPLES = """\
  ddd-lab git-setup                   in this repository; commit .gitattributes afterwards
  ddd-lab git-setup --fold-layout     have git log -p and git show leave positions out, too
  ddd-lab git-setup --check           say what is missing or wrong
  ddd-lab git-setup --undo            remove what was written

From then on git merge, rebase and cherry-pick merge flows, domains and schemas node by node and
field by field, and git diff tells in words what changed. Where DDD Lab is missing, Git merges line
by line, as ever. Each clone is set up by itself.

exit status: 0 it is set up (or was undone), 1 with --check: something is missing or wrong, 2 the
call could not be carried out
"""


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = command(
        commands,
        "git-setup",
        "let Git merge and compare designs by what they say",
        "Set up the Git repository of a design: its merge driver and its diff.",
        _EXAMPLES,
    )
    add_path(parser)
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--check", action="store_true", help="only say what is missing or wrong")
    way.add_argument("--undo", action="store_true", help="remove what was written")
    way.add_argument(
        "--fold-layout",
        action="store_true",
        help="leave positions out of git log -p and git show; their patches cannot be applied then",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> Status:
    """Carry it out."""
    from ddd_lab.files.disk.git import GitError
    from ddd_lab.git import setup

    root = project_root(args.path)
    try:
        if args.check:
            wrong = setup.shortcomings(root)
            lines = wrong or ["Git merges and compares this design by what it says."]
        elif args.undo:
            removed = setup.undo(root)
            wrong, lines = [], [f"Removed: {what}" for what in removed] or ["Nothing was set up."]
        else:
            written = setup.set_up(root, fold=args.fold_layout)
            wrong, lines = [], written or ["Everything is set up already."]
    except (GitError, OSError) as error:
        raise CallError(str(error)) from error
    print_out("".join(f"{line}\n" for line in lines))
    return Status.ERRORS if wrong else Status.FINE
