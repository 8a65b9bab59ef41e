"""``ddd-lab trust``: let the commands that a project names run, or take that back."""

from __future__ import annotations

import argparse
import shlex
from pathlib import Path

from ddd_lab.cli._errors import (
    CallError,
    Commands,
    Status,
    add_path,
    command,
    open_project,
    refusals,
)
from ddd_lab.cli._output import plain, print_out
from ddd_lab.cli._trust import agreed, on_a_terminal

_EXAMPLES = """\
  ddd-lab trust                 what this project would run; trust it, if you say yes
  ddd-lab trust --yes ~/design  trust it without a question, in a script
  ddd-lab trust --list          the projects that you trust
  ddd-lab trust --revoke        trust this project no longer

A project is untrusted when it is opened: it can be read, drawn, edited, checked and exported, and
no command that its files name is run. Trust is yours, kept outside the project, and ends as soon as
the commands or settings change that you were shown.

exit status: 0 it is trusted, 1 it is not, 2 the call could not be carried out
"""


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = command(
        commands,
        "trust",
        "let the commands that a project names run",
        "Show what a project would run, and trust it.",
        _EXAMPLES,
    )
    add_path(parser)
    deeds = parser.add_mutually_exclusive_group()
    deeds.add_argument("--yes", action="store_true", help="trust it without a question")
    deeds.add_argument("--list", action="store_true", help="list the projects that you trust")
    deeds.add_argument("--revoke", action="store_true", help="stop trusting it")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> Status:
    """Carry it out."""
    if args.list:
        return _list()
    if args.revoke:
        return _revoked(Path(args.path).expanduser().resolve())
    from ddd_lab.implementation.trust import is_trusted, trust, trust_request

    project = open_project(args.path)
    with refusals(project):
        request = trust_request(project.root)
        if is_trusted(project.root):
            print_out(f"You trust this project.\n{request}\n")
            return Status.FINE
        if args.yes:
            print_out(f"{request}\n")
        elif not on_a_terminal():
            folder = plain(shlex.quote(request.folder))
            raise CallError(
                f"nobody can be asked about {plain(request.folder)}.\n{request}\n"
                f"If you know where the folder comes from, trust it: ddd-lab trust --yes {folder}"
            )
        elif not agreed(request):
            print_out("It is not trusted.\n")
            return Status.ERRORS
        trust(project.root, request.fingerprint)
    print_out(f"Trusted: {plain(request.folder)}\n")
    return Status.FINE


def _list() -> Status:
    from ddd_lab.implementation.trust import broken_words, trusted_folders

    if trouble := broken_words():
        raise CallError(trouble)
    lines = [f"{plain(one.folder)}  since {plain(one.since)}\n" for one in trusted_folders()]
    print_out("".join(lines) or "You trust no project yet.\n")
    return Status.FINE


def _revoked(folder: Path) -> Status:
    from ddd_lab.implementation.trust import revoke

    try:
        was = revoke(folder)
    except OSError as error:
        raise CallError(f"it cannot be saved: {error.strerror or error}") from error
    print_out(f"{plain(str(folder))} {'is trusted no longer' if was else 'was not trusted'}.\n")
    return Status.FINE
