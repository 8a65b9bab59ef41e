"""Starts Claude Code in the terminal that this runs in: ``python -m ddd_lab.build.runs.launch``.

The prompt goes from the file to the program as one argument; no shell ever reads it. Claude Code
asks for permissions as its user has set it; nothing is skipped, and nothing runs unseen.
"""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from ..config import ConfigError, read_config
from . import hook
from .record import Run, RunError, process_mark
from .starting import make_room
from .stopping import MARK, record_exit

_LONGEST = 120_000
"""Bytes of a prompt that fit into one argument of a program, with some left to spare."""
_EVENTS = ("Stop", "StopFailure", "Notification", "UserPromptSubmit", "SessionStart", "SessionEnd")
MISSING = 127


def main(words: list[str]) -> int:
    """Run Claude Code for a run that was prepared.

    Args:
        words: the project's folder and the run's id.

    Returns:
        Its exit status; 127 where there is no such program.
    """
    if len(words) != 2:
        _complain("usage: python -m ddd_lab.build.runs.launch PROJECT RUN")
        return 2
    try:
        return launch(Run(Path(words[0]).resolve(), words[1]))
    except (RunError, ConfigError, OSError) as error:
        _complain(f"ddd-lab: {error}")
        return 2


def launch(run: Run) -> int:
    """Start Claude Code here, wait for it, and record how it ended.

    Raises:
        RunError: the run was started already.
        ConfigError: the settings of the project are broken.
        OSError: the run's folder cannot be written to.
    """
    if run.state != "prompt_ready":
        raise RunError(f"the run {run.id} was started already, or stopped; prepare another one")
    make_room(run.root, run.flows)
    command = shlex.split(read_config(run.root).claude_code.command) or ["claude"]
    program = shutil.which(command[0])
    if program is None:
        reason = (
            f"there is no program {command[0]!r} here. Install Claude Code (npm install -g "
            "@anthropic-ai/claude-code), or set claude_code.command in .ddd/config.yaml. The "
            f"prompt is in {run.folder / 'prompt.md'}"
        )
        run.write("exit.json", {"status": MISSING, "reason": reason, "at": time.time()})
        _complain(f"ddd-lab: {reason}")
        return MISSING
    run.write("settings.json", settings(run))
    arguments = [
        program,
        *command[1:],
        "--session-id",
        run.session,
        "--settings",
        str(run.folder / "settings.json"),
        "--",
        _prompt(run),
    ]
    # Ctrl+C belongs to Claude Code; this program stays to say how it ended.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    process = subprocess.Popen(
        arguments,
        cwd=run.root,
        env={**os.environ, MARK: run.id},
        preexec_fn=_own_interrupt if os.name == "posix" else None,  # noqa: PLW1509 - one thread
    )
    run.write("process.json", {**process_mark(process.pid), "launcher": process_mark(os.getpid())})

    if (run.folder / "stop").exists():
        process.terminate()

    def pass_on(number: int, _: object) -> None:
        process.send_signal(number)

    for name in ("SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), pass_on)
    status = process.wait()
    record_exit(run, status)
    return status if status >= 0 else 128 - status


def _complain(text: str) -> None:
    sys.stderr.write(f"{text}\n")


def _own_interrupt() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def settings(run: Run) -> dict[str, object]:
    """Settings that Claude Code takes beside the person's own: only who is told of what happens."""
    told = shlex.join([sys.executable, "-I", str(Path(hook.__file__)), str(run.folder)])
    entry = [{"hooks": [{"type": "command", "command": told, "timeout": 20}]}]
    return {"hooks": dict.fromkeys(_EVENTS, entry)}


def _prompt(run: Run) -> str:
    """The prompt as an argument; one that is too long for that stays in its file."""
    raw = (run.folder / "prompt.md").read_bytes()
    if len(raw) <= _LONGEST and b"\0" not in raw:
        return raw.decode("utf-8", "surrogateescape")
    return f"Read {run.folder / 'prompt.md'} to its end and do what it says."


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
