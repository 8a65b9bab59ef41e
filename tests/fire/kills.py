"""Kills in the save of a change of many files."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.generate import write_project
from ddd_lab.project import Project
from tests.patience import PATIENCE

RENAMER = """
import os, signal, sys
from ddd_lab.project import Project
for line in sys.stdin:
    child = os.fork()
    if child:
        print(child, flush=True)
        os.waitpid(child, 0)
        print("dead", flush=True)
        continue
    project = Project(line.strip(), watch=False)
    project.workbench.rename_domain("orders", "Huge")
    sys.stdin.close()
    project.save()
    signal.pause()
"""


@dataclass
class Report:
    """How the designs were at the next opening.

    Attributes:
        old: wholly as before.
        new: wholly as they were to be.
        half: neither.
        cut_off: how many saves had a journal that was finished then.
        unsaid: how many of these were not said to be finished.
    """

    old: int = 0
    new: int = 0
    half: int = 0
    cut_off: int = 0
    unsaid: int = 0


def kill_renames(folder: Path, kills: int) -> Report:
    """Kill the save of a rename of 50 flows at random moments.

    Args:
        folder: an empty one, for copies of the design.
        kills: how many.
    """
    original = write_project(folder / "original", 50, 12)
    old = states(original)
    wanted = Path(shutil.copytree(original, folder / "wanted"))
    project = Project(wanted, watch=False)
    project.workbench.rename_domain("orders", "Huge")
    started = time.monotonic()
    project.save()
    took = time.monotonic() - started
    new = states(wanted)
    chance = random.Random(20261130)
    report = Report()
    with subprocess.Popen(
        [sys.executable, "-c", RENAMER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    ) as nursery:
        assert nursery.stdin is not None
        assert nursery.stdout is not None
        for kill in range(kills):
            root = Path(shutil.copytree(original, folder / f"kill{kill}"))
            nursery.stdin.write(f"{root}\n")
            saver = int(nursery.stdout.readline())
            wait_for_the_save(root)
            time.sleep(chance.uniform(0, took))
            os.kill(saver, signal.SIGKILL)
            assert nursery.stdout.readline() == "dead\n"
            cut = any((root / ".ddd/journal").glob("*.journal"))
            opened = Project(root, watch=False)
            said = " ".join(problem.message for problem in opened.problems)
            state = states(root)
            report.old += state == old
            report.new += state == new
            report.half += state not in (old, new)
            report.cut_off += cut
            report.unsaid += cut and "as it was to be saved" not in said
            shutil.rmtree(root)
        nursery.stdin.close()
    return report


def wait_for_the_save(root: Path) -> None:
    """Until the save has begun: its lock is there."""
    end = time.monotonic() + PATIENCE
    while not (root / ".ddd/locks/save.lock").exists():
        assert time.monotonic() < end
        time.sleep(0.001)


def states(root: Path) -> dict[str, bytes]:
    """Every file of the design."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in (root / "specs").rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }
