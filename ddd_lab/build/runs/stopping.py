"""Ending a run with everything that it started."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterable

import psutil

from ..events import note_event
from .record import Run, is_alive

MARK = "DDD_LAB_RUN"
"""Environment variable by which all that a run starts can be found."""
_PATIENCE = 5.0
"""Seconds that programs have to end by themselves."""


def stop(run: Run) -> bool:
    """Stop a run: its program, all that this started, and what slipped away from it.

    One that has not begun will not begin.

    Returns:
        Whether there was anything to stop.

    Raises:
        OSError: it cannot be recorded.
    """
    if not run.begun:
        (run.folder / "stop").touch()
        if not run.alive:  # its launcher looks for the file when its program runs
            record_exit(run, -15)
            return True
    return _ended(run, "stop")


def end(run: Run) -> bool:
    """End the program of a run whose turn has ended; the run stays done.

    Returns:
        Whether there was anything to end.

    Raises:
        OSError: it cannot be recorded.
    """
    return _ended(run, "end")


def record_exit(run: Run, status: int) -> None:
    """Record how a run's program ended, unless that was done.

    Raises:
        OSError: it cannot be written.
    """
    if run.read("exit.json"):
        return
    left: dict[str, object] = {
        "status": status,
        "stopped": (run.folder / "stop").exists(),
        "ended": (run.folder / "end").exists(),
    }
    if status < 0:
        left["reason"] = f"Claude Code was ended by signal {-status}"
    run.write("exit.json", {**left, "at": time.time()})
    state, why = run.standing
    for key in run.flows:
        note_event(run.root, "run_ended", key, run=run.id, state=state, why=why)


def _ended(run: Run, wish: str) -> bool:
    """End all programs of a run; what was wished is a file that tells its launcher why."""
    if not run.alive:
        return False
    (run.folder / wish).touch()
    found = _family(run)
    for process in found:
        with contextlib.suppress(psutil.Error):
            process.terminate()
    _, left = psutil.wait_procs(found, _PATIENCE)
    for process in {*left, *_family(run)}:
        with contextlib.suppress(psutil.Error):
            process.kill()
    psutil.wait_procs(list(left), _PATIENCE)
    _wait_for_record(run)
    record_exit(run, -15)
    return True


def _family(run: Run) -> list[psutil.Process]:
    """The program, its children however deep, and whatever carries the run's mark."""
    found: dict[int, psutil.Process] = {}
    mark = run.read("process.json")
    if is_alive(mark):
        with contextlib.suppress(psutil.Error):
            program = psutil.Process(mark["pid"])
            for process in (program, *program.children(recursive=True)):
                found[process.pid] = process
    for process in _marked(run.id):
        found.setdefault(process.pid, process)
    return list(found.values())


def _marked(id: str) -> Iterable[psutil.Process]:
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            if process.environ().get(MARK) == id:
                yield process


def _wait_for_record(run: Run) -> None:
    """The launcher, if it lives, says how its program ended."""
    launcher = run.read("process.json").get("launcher", {})
    deadline = time.monotonic() + _PATIENCE
    while is_alive(launcher) and not run.read("exit.json") and time.monotonic() < deadline:
        time.sleep(0.02)
