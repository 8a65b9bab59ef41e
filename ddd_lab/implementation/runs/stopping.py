"""Ending a run with everything that it started."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil

from ddd_lab.implementation.events import note_event
from ddd_lab.implementation.runs.record import Run, is_alive, run_ids
from ddd_lab.spec.lenient import mapping

MARK = "DDD_LAB_RUN"
"""Environment variable by which all that a run starts can be found."""
PROJECT = "DDD_LAB_PROJECT"
"""Environment variable that says in which project it was started."""
_PATIENCE = 5.0
"""Seconds that programs have to end by themselves."""


def stop(run: Run) -> bool:
    """Stop a run: its program, all that this started, and what slipped away from it.

    One that has not begun will not begin.

    Returns:
        Whether there was anything to stop.
    """
    if not run.has("run.json"):
        return stop_lost(run.root, run.id)
    if not run.begun:
        run.note("stop")
        if not run.alive:  # its launcher looks for the file when its program runs
            record_exit(run, -15)
            return True
    return _ended(run, "stop")


def end(run: Run) -> bool:
    """End the program of a run whose turn has ended; the run stays done.

    Returns:
        Whether there was anything to end.
    """
    return _ended(run, "end")


def lost_runs(root: Path) -> list[str]:
    """Ids of runs whose programs go on though their folders were removed."""
    folder = os.path.realpath(root)
    ids = set(run_ids(root))
    marked = {id for _, id, project in _all_marked() if project == folder}
    return sorted(id for id in marked if id not in ids)


def stop_lost(root: Path, id: str) -> bool:
    """End the programs of a run whose folder was removed.

    Returns:
        Whether there was anything to end.
    """
    folder = os.path.realpath(root)

    def found() -> list[psutil.Process]:
        marked = _all_marked()
        return [process for process, run, project in marked if (run, project) == (id, folder)]

    return _end_all(found)


def record_exit(run: Run, status: int) -> None:
    """Record how a run's program ended, unless that was done."""
    if run.read("exit.json") or not run.has("run.json"):
        return
    left: dict[str, object] = {
        "status": status,
        "stopped": run.has("stop"),
        "ended": run.has("end"),
    }
    if status < 0:
        left["reason"] = f"Claude Code was ended by signal {-status}"
    run.write("exit.json", {**left, "at": time.time()})
    state, why = run.status
    for key in run.flows:
        note_event(run.root, "run_ended", key, run=run.id, state=state, why=why)


def _ended(run: Run, wish: str) -> bool:
    """End all programs of a run; what was wished is a file that tells its launcher why."""
    if not run.alive:
        return False
    run.note(wish)
    _end_all(lambda: _family(run))
    _wait_for_record(run)
    record_exit(run, -15)
    return True


def _end_all(find: Callable[[], list[psutil.Process]]) -> bool:
    """End programs, those that will not end by themselves by force; says whether there were any."""
    processes = find()
    for process in processes:
        with contextlib.suppress(psutil.Error):
            process.terminate()
    _, left = psutil.wait_procs(processes, _PATIENCE)
    for process in {*left, *find()}:
        with contextlib.suppress(psutil.Error):
            process.kill()
    psutil.wait_procs(list(left), _PATIENCE)
    return bool(processes)


def _family(run: Run) -> list[psutil.Process]:
    """The program, its children however deep, and whatever carries the run's mark."""
    family: dict[int, psutil.Process] = {}
    mark = run.read("process.json")
    if is_alive(mark):
        with contextlib.suppress(psutil.Error):
            program = psutil.Process(mark["pid"])
            for process in (program, *program.children(recursive=True)):
                family[process.pid] = process
    for process, id, _ in _all_marked():
        if id == run.id:
            family.setdefault(process.pid, process)
    return list(family.values())


def _all_marked() -> Iterator[tuple[psutil.Process, str, str]]:
    """Every program that a run has started, with the run's id and the project's folder."""
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            environment = process.environ()
            if id := environment.get(MARK):
                yield process, id, environment.get(PROJECT, "")


def _wait_for_record(run: Run) -> None:
    """The launcher, if it lives, says how its program ended."""
    launcher = mapping(run.read("process.json").get("launcher"))
    deadline = time.monotonic() + _PATIENCE
    while is_alive(launcher) and not run.read("exit.json") and time.monotonic() < deadline:
        time.sleep(0.02)
