"""Commands of the command line for people to copy into a terminal."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from pathlib import Path

from ddd_lab.implementation.prompts.prompt import Kind
from ddd_lab.visible import visible


def implement_command(root: Path, names: Iterable[str], kind: Kind = "implement") -> str:
    """The command that has Claude Code implement flows, quoted for a POSIX shell.

    Args:
        names: ``domain/flow``, one or several; to migrate data, names of schemas.

    Example:
        >>> implement_command(Path("/home/ada/my shop"), ["orders/place-order"])
        "ddd-lab implement --project '/home/ada/my shop' orders/place-order"
    """
    return _command("implement", root, names, *([] if kind == "implement" else [f"--{kind}"]))


def accept_command(root: Path, name: str) -> str:
    """The command that takes a flow and its code for being in sync; its reason is to be filled in.

    Args:
        name: ``domain/flow``, or the name of a schema.

    Example:
        >>> accept_command(Path("/shop"), "orders/place-order")
        "ddd-lab accept --project /shop --reason '' orders/place-order"
    """
    return _command("accept", root, [name], "--reason", "")


def _command(verb: str, root: Path, names: Iterable[str], *options: str) -> str:
    names = list(names)
    # A name that begins with a dash is no option.
    end = ["--"] if any(name.startswith("-") for name in names) else []
    words = ["ddd-lab", verb, "--project", str(root), *options, *end, *names]
    return visible(shlex.join(words))
