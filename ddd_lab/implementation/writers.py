"""Everything in the lab that writes into a project besides the person, and how far it may go.

A person's own edits and saves are never hindered. A helper asks :func:`require_leave` before it
writes; a test finds what writes and is not in this list.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal

from ddd_lab.capabilities import require
from ddd_lab.implementation.config import AssistMode, SettingsError, written_config
from ddd_lab.implementation.errors import RunError
from ddd_lab.spec.edit.nodes import EditError
from ddd_lab.spec.models.base import Frozen

HelperId = Literal["proposal", "fixes", "claude_code", "claude_md", "mapping"]


class Writer(Frozen):
    """A writer of the product.

    Attributes:
        what: it writes, in words.
        places: the functions that do, as ``file:function``; ``*`` stands for any.
        helper: its id where it is a helper, which writes nothing in Explore.
        gate: the function that asks before, as ``file:function``.
        why: it is none: a person's own edit, or nothing of the design and the code.
    """

    what: str
    places: tuple[str, ...]
    helper: HelperId | Literal[""] = ""
    gate: str = ""
    why: str = ""


class ModeError(RunError, EditError):
    """A helper may write nothing here; the message says how to allow it."""


WRITERS: Final = (
    Writer(
        what="what a model suggested and a person took, or took at once in Auto",
        places=("assist/proposals/*:*", "cli/_asking.py:_take"),
        helper="proposal",
        gate="assist/proposals/proposal.py:apply",
    ),
    Writer(
        what="every quick fix at once, in a cell or by a command",
        places=("workbench.py:fix_all", "cli/_fix.py:fix", "checks/fixes.py:*"),
        helper="fixes",
        gate="workbench.py:fix_all",
    ),
    Writer(
        what="Claude Code: the files of a run, and all that it changes itself",
        places=("implementation/runs/starting.py:*", "implementation/runs/record.py:*"),
        helper="claude_code",
        gate="implementation/runs/launch.py:launch",
    ),
    Writer(
        what="CLAUDE.md",
        places=("implementation/claude_md.py:_renew",),
        helper="claude_md",
        gate="implementation/claude_md.py:_renew",
    ),
    Writer(
        what="the map from flows to code, and the specs as they were implemented",
        places=(
            "implementation/mapping_writer.py:write_entries",
            "implementation/cache.py:keep_spec",
        ),
        helper="mapping",
        gate="implementation/runs/confirming.py:confirm",
    ),
    Writer(
        what="what a person edits, once they save it",
        places=(
            *("files/workspace/*:*", "files/documents/*:*", "files/edit/*:*"),
            *("canvas/*:*", "project/*:*", "lab/*:*", "workbench.py:*"),
            *("cli/check.py:*", "cli/accept.py:*"),
            "implementation/mapping_writer.py:accept_drift",
        ),
        why="a person's own edit",
    ),
    Writer(
        what="saves that were cut off, and locks",
        places=("files/disk/*:*",),
        why="what a save needs in order to be whole",
    ),
    Writer(
        what="the list of what Claude Code is to do",
        places=("implementation/queue_file.py:*",),
        why="a person's own list; nothing is started by it in Explore",
    ),
    Writer(
        what="what happened to code and tests",
        places=("implementation/events.py:*",),
        why="a record that is not committed",
    ),
    Writer(
        what="chats, and tokens and cost of models",
        places=("assist/chat/*:*", "assist/usage.py:*"),
        why="a person's own record, not committed and not part of the design",
    ),
    Writer(
        what="what a project remembers: summary, index, flow map, status",
        places=("memory/*:*",),
        why="derived from the design, or a decision that a person notes",
    ),
    Writer(
        what="plans, each step of which a person approves",
        places=("assist/plans/*:*",),
        why="written at a person's approval only",
    ),
    Writer(
        what="what a person has Git do: files whose changes are discarded, restored or put back",
        places=("git/*:*",),
        why="a person's own act, one at a time; what Git itself runs asks for trust",
    ),
    Writer(
        what="an export",
        places=("cli/export.py:*",),
        why="to the place that a person names",
    ),
)
"""Each place once."""

_WHAT: Final[dict[HelperId, str]] = {
    "proposal": "shows what a model suggests, and does not apply it",
    "fixes": "lists problems, and does not fix them by itself",
    "claude_code": "does not start Claude Code, which would change files",
    "claude_md": "does not write CLAUDE.md",
    "mapping": "does not note which code implements which flow",
}


def mode_of(root: Path) -> AssistMode:
    """How far helpers may go in a project: ``assist.mode`` of its ``.ddd/config.yaml``.

    Raises:
        SettingsError: the file cannot be read.
    """
    return written_config(root).assist.mode


def may_write(root: Path) -> bool:
    """Whether helpers may write; not where the settings cannot be read."""
    try:
        return mode_of(root) != "explore"
    except SettingsError:
        return False


def require_leave(root: Path, helper: HelperId, mode: AssistMode | None = None) -> None:
    """Refuse a helper that is about to write where it may not.

    Args:
        root: the project's folder.
        helper: which one it is.
        mode: how far helpers may go in this chat; as the project says if left out.

    Raises:
        LackError: nothing can be implemented here.
        ModeError: they may only show what they would do, or the settings cannot be read.
    """
    if helper == "claude_code":
        require("implementing")
    try:
        if (mode or mode_of(root)) != "explore":
            return
    except SettingsError as error:
        if helper == "claude_code":  # starting it reads them too, and the run keeps what is wrong
            return
        raise ModeError(f"how far helpers may go is unknown: {error}") from error
    own = "This chat" if mode else "This project"
    how = "choose Ask or Auto beside the input" if mode else "set assist.mode: ask"
    where = "" if mode else " in .ddd/config.yaml"
    raise ModeError(f"{own} is in Explore: it {_WHAT[helper]}. To allow it, {how}{where}.")
