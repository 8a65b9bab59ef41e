"""``ddd-lab claude-md``: bring ``CLAUDE.md`` up to date, or say whether it is."""

from __future__ import annotations

import argparse

from ddd_lab.cli._errors import CallError, Commands, Status, add_path, command, open_project
from ddd_lab.cli._output import print_out
from ddd_lab.text_diff import unified_diff
from ddd_lab.visible import visible

_EXAMPLES = """\
  ddd-lab claude-md                write it, or what changed in it
  ddd-lab claude-md --check .      only say whether it is up to date, for CI

What stands below its CUSTOM line is kept as it is.

exit status: 0 it is up to date (or was written), 1 with --check: it is not, 2 the call could not be
carried out
"""


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = command(
        commands,
        "claude-md",
        "write CLAUDE.md, the facts of the project for Claude Code",
        "Write CLAUDE.md from the specs and from what is implemented.",
        _EXAMPLES,
    )
    add_path(parser)
    parser.add_argument("--check", action="store_true", help="write nothing; show the changes")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> Status:
    """Carry it out."""
    from ddd_lab.files.disk.storage import UnsafePathError
    from ddd_lab.implementation.claude_md import (
        CLAUDE_FILE,
        claude_md,
        read_claude_md,
        write_claude_md,
    )

    project = open_project(args.path)
    try:
        if not args.check:
            written = write_claude_md(project.workbench.sync)
            print_out(f"{CLAUDE_FILE} {'was written' if written else 'is up to date'}.\n")
            return Status.FINE
        before = read_claude_md(project.root)
    except OSError as error:
        raise CallError(f"{CLAUDE_FILE}: {error.strerror or error}") from error
    except UnsafePathError as error:
        raise CallError(f"{error}; it is neither read nor written") from error
    after = claude_md(project.workbench.sync, before)
    if before == after:
        print_out(f"{CLAUDE_FILE} is up to date.\n")
        return Status.FINE
    print_out(visible(unified_diff(before, after, CLAUDE_FILE, CLAUDE_FILE), lines=True))
    return Status.ERRORS
