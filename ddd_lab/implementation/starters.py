"""Everything in the lab that can start a program: a test finds what is not in this list."""

from __future__ import annotations

from typing import Final

from ddd_lab.spec.models.base import Frozen


class Starter(Frozen):
    """A place that starts a program.

    Attributes:
        what: it starts, in words.
        place: the function that does, as ``file:function``.
        gate: the function that asks for trust before, as ``file:function``; empty where nothing
            that a project names is started.
        why: no trust is needed there.
    """

    what: str
    place: str
    gate: str = ""
    why: str = ""


STARTERS: Final = (
    Starter(
        what="Claude Code: a run, a run that is resumed, the next flow of a queue",
        place="implementation/runs/launch.py:_started",
        gate="implementation/runs/launch.py:launch",
    ),
    Starter(
        what="a terminal for a run, from the server",
        place="lab/server/terminals.py:_create",
        gate="lab/server/terminals.py:open",
    ),
    Starter(
        what="a terminal for a run, from a kernel",
        place="lab/terminals.py:open_terminal",
        gate="lab/terminals.py:open_terminal",
    ),
    Starter(
        what="the test runner",
        place="implementation/testing.py:_run",
        gate="implementation/testing.py:_run",
    ),
    Starter(
        what="Git, to read",
        place="files/disk/git.py:_answer",
        why="each setting of a repository that could start a program is overridden",
    ),
    Starter(
        what="Git, to commit, pull, push, …, with the hooks and helpers that come with that",
        place="files/disk/git.py:_carried_out",
        gate="git/acting.py:act",
    ),
    Starter(
        what="Git, to show a patch within a diff that Git itself asks for",
        place="git/drivers/diff.py:_patch",
        why="it compares two files and starts nothing",
    ),
    Starter(
        what="the person's shell, after Claude Code has ended in a terminal",
        place="implementation/runs/launch.py:become_shell",
        why="the person's own SHELL, as any terminal starts it",
    ),
    Starter(
        what="JupyterLab",
        place="cli/lab.py:run",
        why="the person's own, started so that it takes nothing from the project's folder",
    ),
)
"""Each place once."""
