"""What all commands share: exit statuses, their one kind of error, and opening a project."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from ddd_lab.project import Project

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


class Status(IntEnum):
    """What the program says when it ends."""

    FINE = 0
    ERRORS = 1
    FAILED = 2
    INTERRUPTED = 130


class CallError(Exception):
    """A call that cannot be carried out; the message says why and what to do."""


def command(
    commands: Commands, name: str, help: str, description: str, examples: str
) -> argparse.ArgumentParser:
    """Add a command with its help text."""
    return commands.add_parser(
        name,
        help=help,
        description=description,
        epilog=f"examples:\n{examples}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def add_path(parser: argparse.ArgumentParser) -> None:
    """Add the argument that names the project's folder."""
    parser.add_argument(
        "path",
        metavar="PATH",
        nargs="?",
        default=".",
        help="the folder that holds specs/ (default: this folder)",
    )


def add_project(parser: argparse.ArgumentParser) -> None:
    """Add the option that names the project's folder, for commands whose arguments are flows."""
    parser.add_argument(
        "--project", metavar="PATH", default=".", help="the folder that holds specs/ (default: .)"
    )


def add_format(parser: argparse.ArgumentParser) -> None:
    """Add the option that asks for text or JSON."""
    parser.add_argument(
        "--format", choices=("text", "json"), default="text", help="text (default) or json"
    )


def at_least_one(text: str) -> int:
    """A number of things, as an option takes it."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"must be at least 1, not {number}")
    return number


@contextmanager
def refusals(project: Project) -> Iterator[None]:
    """Turn errors of the implementation into command-line errors."""
    from ddd_lab.implementation.runs import RunError
    from ddd_lab.spec.edit.nodes import EditError

    try:
        yield
    except KeyError as error:
        raise CallError(str(error.args[0])) from error
    except (RunError, EditError, ValueError) as error:
        raise CallError(str(error)) from error
    except OSError as error:
        raise CallError(f"{error.filename or project.root}: {error.strerror or error}") from error


def open_project(path: str) -> Project:
    """Open the project in a folder."""
    from ddd_lab.files.disk.folder import ProjectError
    from ddd_lab.project import Project

    try:
        project = Project(path, watch=False)
    except ProjectError as error:
        raise CallError(str(error)) from error
    except (OSError, ValueError) as error:
        raise CallError(f"{path!r} cannot be opened: {error}") from error
    if not project.workbench.documents:
        raise no_design(project.root)
    return project


def project_root(path: str) -> Path:
    """The folder of a project, which need not hold a design yet."""
    from ddd_lab.files.disk.folder import ProjectError, project_folder

    try:
        return project_folder(path)
    except ProjectError as error:
        raise CallError(str(error)) from error
    except (OSError, ValueError) as error:
        raise CallError(f"{path!r} cannot be opened: {error}") from error


def no_design(folder: Path) -> CallError:
    """The error for a folder without a design; says where one is."""
    return CallError(
        f"there is no design in {folder}: no YAML file below specs/ (and no ddd-project.json); "
        f"{_hint(folder)}"
    )


def _hint(folder: Path) -> str:
    for parent in folder.parents:
        if (parent / "specs").is_dir():
            return f"did you mean {parent}?"
    for child in sorted(folder.glob("*/specs"))[:1]:
        return f"did you mean {child.parent}?"
    return (
        "give the folder that holds specs/, or begin a design here with "
        f"`ddd-lab lab {shlex.quote(str(folder))}`"
    )


def place(project: Project, at: str) -> str:
    """A place as maps name it; ``.`` and ``/`` are the whole system, a last slash is nothing."""
    from ddd_lab.maps.location import placed_at

    path = "" if at in (".", "/") else at.removesuffix("/")
    try:
        placed_at(project.design, path)
    except KeyError as error:
        raise CallError(str(error.args[0])) from error
    return path
