"""``ddd-lab models``: the language models of a project."""

from __future__ import annotations

import argparse
from pathlib import Path

from ddd_lab.cli._errors import (
    CallError,
    Commands,
    Status,
    add_format,
    add_path,
    command,
    project_root,
)
from ddd_lab.cli._output import hand_over_json, print_out

_EXAMPLES = """\
  ddd-lab models                    every model, its price, whether it answers, and what for
  ddd-lab models . --no-check       without asking the servers
  ddd-lab models . --format json    for programs
  ddd-lab models . --forget         take back what you allowed models to do in this project

Models are set below llm in .ddd/config.yaml; without a word there the defaults count. Whether one
answers is looked up in its server's list, which costs nothing. Keys come from environment
variables and are never shown.

exit status: 0 done, 2 the call could not be carried out
"""


def add(commands: Commands) -> None:
    """Declare the command."""
    parser = command(
        commands,
        "models",
        "list the language models and what they are asked for",
        "List the language models of a project: provider, price, whether they answer, and for what "
        "they are asked first.",
        _EXAMPLES,
    )
    add_path(parser)
    parser.add_argument("--no-check", action="store_true", help="do not ask the servers")
    parser.add_argument(
        "--forget", action="store_true", help="take back what you allowed models to do here"
    )
    add_format(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> Status:
    """Carry it out."""
    root = project_root(args.path)
    if args.forget:
        return _forget(root)
    from ddd_lab.assist.client import ModelClient
    from ddd_lab.assist.tables import ModelTable

    table = ModelTable.of(ModelClient(root), look=not args.no_check)
    if args.format == "json":
        models = [row.as_data() for row in table.rows]
        hand_over_json({"models": models, "allowed": list(table.allowed)})
    else:
        print_out(f"{table}\n")
    return Status.FINE


def _forget(root: Path) -> Status:
    from ddd_lab.assist.leaves import forget

    try:
        forgotten = forget(root)
    except OSError as error:
        raise CallError(f"it cannot be taken back: {error.strerror or error}") from error
    print_out("You will be asked again.\n" if forgotten else "You had allowed nothing here.\n")
    return Status.FINE
