"""A program in Claude Code's place: a script that can tell what Claude Code's hooks tell.

It is started in a terminal, as Claude Code is; what it writes there, nobody reads.
"""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from ddd_lab.implementation.runs import Run
from notebooks.scripted_claude.home import executable
from tests.patience import PATIENCE
from tests.trusting import trusting

_BEGIN = """\
import json, os, subprocess, sys, time
words = sys.argv[1:]
given = json.load(open(words[words.index("--settings") + 1]))
def tell(event, **more):
    entry = given["hooks"][event][0]["hooks"][0]
    text = json.dumps({"hook_event_name": event, **more})
    subprocess.run(entry["command"], shell=True, input=text.encode(), check=True)
def said():
    return words[words.index("--") + 1]
"""

KEY = "orders/place-order"
LAUNCH = "ddd_lab.implementation.runs.launch"


class Start(Protocol):
    """Runs a script in Claude Code's place, with a prompt."""

    def __call__(
        self, script: str, prompt: str = "Do it."
    ) -> tuple[Run, subprocess.Popen[bytes]]: ...


def stand_in(root: Path, script: str, settings: str = "") -> None:
    """Have a script run in Claude Code's place in a project, which is trusted.

    Args:
        root: the project's folder.
        script: Python, in which ``tell(event, ...)`` calls the hooks, and ``said()`` is the prompt.
        settings: further lines of the project's settings.
    """
    (root / ".ddd").mkdir(exist_ok=True)
    program = root / ".ddd/stand_in.py"
    program.write_text(_BEGIN + script)
    command = json.dumps(executable(root / ".ddd/stand_in", [sys.executable, program]))
    text = f"claude_code: {{command: {command}}}\n{settings}"
    (root / ".ddd/config.yaml").write_text(text)
    trusting(root)


def launched(run: Run, *options: str) -> subprocess.Popen[bytes]:
    """Start the launcher of a run, as its terminal does."""
    words = [
        sys.executable,
        "-m",
        LAUNCH,
        *options,
        str(run.root),
        run.id,
    ]
    with open_terminal() as slave:
        process = subprocess.Popen(
            words,
            cwd=Path(__file__).parents[2],
            stdin=slave,
            stdout=slave,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    assert process.stderr is not None
    # Most tests only wait for its end.
    weakref.finalize(process, process.stderr.close)
    return process


@contextmanager
def open_terminal() -> Iterator[int]:
    """A terminal, for programs to be started in; it is there until the last of them has ended."""
    master, slave = pty.openpty()
    threading.Thread(target=_forget, args=(master,), daemon=True).start()
    try:
        yield slave
    finally:
        os.close(slave)


def _forget(master: int) -> None:
    try:
        while os.read(master, 65536):
            pass
    except OSError:  # nobody has it open any more
        os.close(master)


def wait_for(condition: Callable[[], bool]) -> None:
    """Wait until something is so.

    Raises:
        AssertionError: it never was.
    """
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)
