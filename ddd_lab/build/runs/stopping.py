"""Ending a run with everything that it started."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterable

import psutil

from .launch import MARK, record_exit
from .record import Run, is_alive

_PATIENCE = 5.0
"""Seconds that programs have to end by themselves."""


def stop(run: Run) -> bool:
    """End a run: its program, all that this started, and what slipped away from it.

    Returns:
        Whether there was anything to end.

    Raises:
        OSError: it cannot be recorded.
    """
    if not run.alive:
        return False
    (run.folder / "stop").touch()
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
    record_exit(run, -15, stopped=True)
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
