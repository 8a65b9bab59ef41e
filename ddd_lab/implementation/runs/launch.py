"""``python -m ddd_lab.implementation.runs.launch`` starts Claude Code in this terminal.

The prompt goes from its file to the program as one argument; no shell ever reads it. Claude Code
asks for permissions as its user has set it (see
:mod:`~ddd_lab.implementation.claude_permissions`); nothing is skipped, and nothing runs unseen.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from ddd_lab.files.disk import locks, storage
from ddd_lab.implementation.claude_permissions import mode_to_set
from ddd_lab.implementation.claude_program import NoProgramError, require_claude, require_terminal
from ddd_lab.implementation.config import BuildConfig, ConfigError, read_config
from ddd_lab.implementation.runs import hook
from ddd_lab.implementation.runs.record import (
    FOLDER,
    LOCK,
    Run,
    RunError,
    launcher_mark,
    process_mark,
)
from ddd_lab.implementation.runs.starting import make_room
from ddd_lab.implementation.runs.stopping import MARK, PROJECT, record_exit
from ddd_lab.implementation.trust import CLAUDE, require_trust
from ddd_lab.implementation.writers import ModeError, require_leave
from ddd_lab.visible import visible

_LONGEST = 120_000
"""Bytes of a prompt that fit into one argument of a program, with some left to spare."""
_EVENTS = (
    "SessionStart",
    "UserPromptSubmit",
    "PermissionRequest",
    "Notification",
    "PostToolUse",
    "Stop",
    "StopFailure",
    "SessionEnd",
)
MISSING = 127
_PASSED_ON = ("SIGTERM", "SIGHUP")
_CALM = "\x1b[?25h\x1b[?2004l"
"""Shows the cursor, and ends bracketed paste: what a program that was killed has left behind."""


def main(words: Sequence[str]) -> int:
    """Run Claude Code for a run that was prepared.

    Args:
        words: the project's folder and the run's id. ``--resume`` goes on with the session of a run
            whose program is gone, if it has one; ``--then-shell`` leaves the person in their shell
            afterwards.

    Returns:
        Its exit status; 127 where there is no such program.
    """
    parser = argparse.ArgumentParser(prog="python -m ddd_lab.implementation.runs.launch")
    parser.add_argument("project")
    parser.add_argument("run")
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--then-shell", action="store_true")
    args = parser.parse_args(words)
    hung_up: list[int] = []
    with _terminal_restored():
        try:
            run = Run(Path(args.project).resolve(), args.run)
            status = launch(run, resume=args.resume, hung_up=hung_up)
        except (RunError, ConfigError, OSError) as error:
            _complain(f"ddd-lab: {error}")
            status = _status(error)
    if args.then_shell and not hung_up:
        become_shell(args.project)
    return status


@contextlib.contextmanager
def _failure_recorded(run: Run) -> Iterator[None]:
    """A run that was prepared and cannot be started says so to whoever waits for it elsewhere."""
    try:
        yield
    except ModeError:  # nothing is written in Explore
        raise
    except (RunError, ConfigError, OSError) as error:
        if not run.begun:
            with contextlib.suppress(OSError):
                ended = {"status": _status(error), "reason": str(error), "at": time.time()}
                run.write("exit.json", ended)
        raise


def _status(error: Exception) -> int:
    return MISSING if isinstance(error, NoProgramError) else 2


def launch(run: Run, *, resume: bool = False, hung_up: list[int] | None = None) -> int:
    """Start Claude Code here, wait for it, and record how it ended.

    Args:
        run: that was prepared, or, to resume, whose program is gone.
        resume: go on with the session that the run had; one that never began begins.
        hung_up: takes the signals that ended it from outside, if any.

    Returns:
        The exit status of Claude Code.
    """
    signals = hung_up if hung_up is not None else []
    with contextlib.ExitStack() as ending:
        with _failure_recorded(run), locks.locked(run.root, LOCK):
            require_leave(run.root, "claude_code")
            _require_startable(run, resume=resume)
            config = read_config(run.root)
            words = _command(run, config, resume=resume)
            require_trust(run.root, CLAUDE, config=config)
            make_room(run.root, run.flows)
            ending.enter_context(_interrupts_left_to_it())
            process = _started(run, words)
        if run.has("stop"):
            process.terminate()
        with _signals_passed_on(process, signals):
            status = process.wait()
    record_exit(run, status)
    return status if status >= 0 else 128 - status


def _started(run: Run, words: list[str]) -> subprocess.Popen[bytes]:
    """Start the program, and record that it runs."""
    before = len(run.hook_events)
    process = subprocess.Popen(
        words,
        cwd=run.root,
        env={**os.environ, MARK: run.id, PROJECT: os.path.realpath(run.root)},
        preexec_fn=_own_interrupt if os.name == "posix" else None,  # noqa: PLW1509 - one thread
    )
    try:
        marks = {**process_mark(process.pid), "launcher": launcher_mark()}
        again = run.begun
        run.write("process.json", {**marks, "told": before})
        if again:
            _forget_end(run)
    except BaseException:
        # Nobody would know of it: better that it does not run.
        process.kill()
        process.wait()
        raise
    return process


def _require_startable(run: Run, *, resume: bool) -> None:
    """Refuse a run that is not to be started here and now; changes nothing."""
    require_terminal()
    if resume and run.alive:
        raise RunError(f"{run.id} is not finished: continue in its terminal")
    if run.begun and not resume:
        raise RunError(f"{run.id} was started already, or stopped; prepare another run")


def _forget_end(run: Run) -> None:
    for name in ("stop", "end", "exit.json"):
        run.forget(name)


def _command(run: Run, config: BuildConfig, *, resume: bool) -> list[str]:
    """The program and its arguments."""
    try:
        command = require_claude(config)
    except NoProgramError as error:
        raise NoProgramError(f"{error}. The prompt is in {run.folder / 'prompt.md'}") from None
    session = run.session
    if not session:
        raise RunError(f"{run.id} has no session id that is a UUID: prepare another run")
    run.write("settings.json", settings(run))
    file = str(run.folder / "settings.json")
    # A session of which nothing was ever told has nothing to go on with; it starts anew.
    if resume and run.hook_events:
        return [*command, "--settings", file, "--resume", session]
    return [*command, "--settings", file, "--session-id", session, "--", _prompt(run)]


def settings(run: Run) -> dict[str, object]:
    """What Claude Code is set to beside the person's own settings.

    Who is told of what happens, and that it asks, where the person has not chosen otherwise.
    """
    hook_command = shlex.join([sys.executable, "-I", str(Path(hook.__file__)), str(run.folder)])
    entry = [{"hooks": [{"type": "command", "command": hook_command, "timeout": 20}]}]
    options: dict[str, object] = {"hooks": dict.fromkeys(_EVENTS, entry)}
    if mode := mode_to_set(run.root):
        options["permissions"] = {"defaultMode": mode}
    return options


def _prompt(run: Run) -> str:
    """The prompt as an argument; one that is too long for that stays in its file."""
    raw = storage.read(run.root, f"{FOLDER}/{run.id}/prompt.md")
    if len(raw) <= _LONGEST and b"\0" not in raw:
        return raw.decode("utf-8", "surrogateescape")
    return f"Read {run.folder / 'prompt.md'} to its end and do what it says."


# --- the terminal ---------------------------------------------------------------------------------


@contextlib.contextmanager
def _interrupts_left_to_it() -> Iterator[None]:
    """Ctrl+C belongs to Claude Code; this program stays to say how it ended."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextlib.contextmanager
def _signals_passed_on(process: subprocess.Popen[bytes], received: list[int]) -> Iterator[None]:
    def pass_on(number: int, _: object) -> None:
        received.append(number)
        process.send_signal(number)

    numbers = [getattr(signal, name) for name in _PASSED_ON if hasattr(signal, name)]
    before = [signal.signal(number, pass_on) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


@contextlib.contextmanager
def _terminal_restored() -> Iterator[None]:
    """Leave the terminal as it was, even where the program in it was killed."""
    try:
        import termios

        modes = termios.tcgetattr(sys.stdin.fileno())
    except (ImportError, OSError, ValueError, termios.error):
        yield
        return
    try:
        yield
    finally:
        with contextlib.suppress(termios.error, OSError):
            termios.tcsetattr(sys.stdin.fileno(), termios.TCSADRAIN, modes)
            sys.stderr.write(_CALM)
            sys.stderr.flush()


def become_shell(project: str) -> None:
    """Go on as the person's shell, so that what stands on the screen stays readable."""
    shell = os.environ.get("SHELL") or shutil.which("bash") or ""
    if not Path(shell).is_absolute():  # it would be looked up in the project
        shell = "/bin/sh"
    _complain("ddd-lab: Claude Code has ended; this is your shell. Press Ctrl+D to close it.")
    sys.stderr.flush()
    with contextlib.suppress(OSError):
        os.chdir(project)
    try:
        os.execvp(shell, [shell])
    except OSError as error:
        _complain(f"ddd-lab: {shell} cannot be started: {error.strerror}")


def _complain(text: str) -> None:
    sys.stderr.write(f"{visible(text, lines=True)}\n")


def _own_interrupt() -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
