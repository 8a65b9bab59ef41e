"""What a run's terminal runs, and what that terminal is called."""

from __future__ import annotations

import re
import shlex
import sys
import time
from collections.abc import Iterator

from ddd_lab.implementation.claude_program import require_claude
from ddd_lab.implementation.config import read_config
from ddd_lab.implementation.runs import Run, RunError
from ddd_lab.implementation.runs.starting import open_beside
from ddd_lab.implementation.runs.watching import wait_until
from ddd_lab.implementation.trust import CLAUDE, require_trust

RECORD = "terminal.json"
_NAME = re.compile("[A-Za-z0-9_]{1,200}")


class TerminalError(RunError):
    """A terminal cannot be opened; the message says why and what to do instead."""


def launch_words(run: Run, *, resume: bool = False) -> list[str]:
    """The program of the terminal, word by word: no shell ever reads any of it.

    ``-P``: a module of the person's project must not be taken for one of Python's.
    """
    launcher = [sys.executable, "-P", "-m", "ddd_lab.implementation.runs.launch"]
    wishes = ["--then-shell", *(["--resume"] if resume else [])]
    return [*launcher, *wishes, "--", str(run.root), run.id]


def terminal_names(run: Run) -> Iterator[str]:
    """Names for the run's terminal, the next one for when the last is taken.

    They are the run's own, so that a terminal that another server calls the same is never mistaken
    for it: the usual numbers begin anew when a server does.
    """
    what = run.id.split("-", 2)[2]
    name = re.sub(r"[^A-Za-z0-9]+", "_", what).strip("_")
    yield name
    number = 2
    while True:
        yield f"{name}_{number}"
        number += 1


def terminal_of(run: Run) -> str:
    """Name of the terminal that was opened for a run last; empty if none ever was."""
    name = run.read(RECORD).get("name", "")
    return name if isinstance(name, str) and _NAME.fullmatch(name) else ""


def record_terminal(run: Run, name: str, server: str) -> None:
    """Record which terminal was opened for a run just now."""
    run.write(RECORD, {"name": name, "server": server, "at": time.time()})


def require_resumable(run: Run) -> None:
    """Refuse to open a terminal in which a run could not go on."""
    require_trust(run.root, CLAUDE)
    if run.alive:
        raise RunError("Claude Code still works on this run. Stop it before you start it again")
    open_beside(run.root, run.flows)
    require_claude(read_config(run.root))


def wait_until_begun(run: Run, patience: float = 15.0) -> None:
    """Wait until the launcher has begun with a run, or gone on: that takes a terminal a moment.

    Args:
        patience: seconds after which it is left to itself.
    """
    before = run.read("exit.json")
    wait_until(run.root, run.id, lambda: run.alive or run.read("exit.json") != before, patience)


def not_opened(run: Run, why: str) -> TerminalError:
    """Record that a run never got a terminal; returns the error that says so."""
    # With --resume it is this run that begins, whatever its kind, with its prompt as it was edited.
    begin = shlex.join(["ddd-lab", "implement", "--resume", run.id, "--project", str(run.root)])
    words = f"{why}. In a shell: {begin}"
    if not run.read("process.json"):
        run.write("exit.json", {"status": 1, "reason": words, "at": time.time()})
    return TerminalError(words)
