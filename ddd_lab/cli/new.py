"""``ddd-lab new``: begin a design."""

from __future__ import annotations

import argparse
import shlex

from ddd_lab.cli._errors import CallError, Commands, Status, command
from ddd_lab.cli._output import print_err, print_out

_EXAMPLES = """\
  ddd-lab new --list                                      kits and stacks
  ddd-lab new shop                                        an empty design, under Git
  ddd-lab new shop --kit event-driven-workers --name "Parcel shop"
  ddd-lab new shop --kit web-service --stack go-chi --no-git

Nothing is written over: a folder that holds a design already is refused.
"""


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = command(
        commands,
        "new",
        "begin a design, empty or from a starter kit",
        "Begin a design in a folder, empty, from a starter kit or from a sample.",
        _EXAMPLES,
    )
    parser.add_argument("path", metavar="PATH", nargs="?", help="the folder; made if it is missing")
    parser.add_argument("--kit", default="empty", help="what to begin with (default: empty)")
    parser.add_argument(
        "--name", default="", help="what the system is called (default: like the folder)"
    )
    parser.add_argument("--stack", default="", help="language, framework (default: python-fastapi)")
    parser.add_argument("--no-git", action="store_true", help="begin no Git repository")
    parser.add_argument("--list", action="store_true", help="list kits and stacks, and do nothing")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> Status:
    """Carry it out."""
    from ddd_lab.implementation.trust_new_design import begin_design
    from ddd_lab.spec.edit.nodes import EditError

    if args.list:
        print_out(_listed())
        return Status.FINE
    if args.path is None:
        raise CallError("name the folder for the design: ddd-lab new PATH")
    try:
        folder = begin_design(args.path, args.name, args.kit, args.stack, git=not args.no_git)
    except (KeyError, EditError) as error:
        raise CallError(str(error.args[0])) from error
    print_err(f"began {folder}; open it with: ddd-lab lab {shlex.quote(str(folder))}")
    return Status.FINE


def _listed() -> str:
    from ddd_lab.files.edit.kits import kits, stacks

    width = max(map(len, (*kits(), *stacks())))
    lines = ["kits:", *(f"  {kit.id:<{width}}  {kit.summary}" for kit in kits().values())]
    lines += ["stacks:", *(f"  {stack.id:<{width}}  {stack.title}" for stack in stacks().values())]
    return "\n".join(lines) + "\n"
