"""From a keystroke in the spec panel to the model that is changed, drawn and checked."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks.canvas import KEY
from benchmarks.generate import write_project
from benchmarks.harness import Benchmark, Clock, Goal, Row, at_most, told
from ddd_lab import __version__
from ddd_lab.canvas.session.dispatch import dispatch
from ddd_lab.canvas.session.session import CanvasSession
from ddd_lab.project import Project

GOALS: dict[int, float | None] = {300: 0.030, 1000: None}
KEYSTROKES, WARM_UP = 60, 5


def run() -> Iterator[Row]:
    for size, goal in GOALS.items():
        clock = keystrokes(size)
        worst = clock.percentile(95)
        yield Row(
            f"Type into a field on a sheet of {size:,} nodes, the flow is checked (p50, p95)",
            f"{told(clock.median)}, {told(worst)}",
            **(at_most(worst, goal) if goal else Goal(goal="", met=None)),
        )


def keystrokes(size: int) -> Clock:
    """Times from a command until the changed sheet is sent and its flow checked anew."""
    clock = Clock()
    with tempfile.TemporaryDirectory(prefix="ddd-bench-") as folder:
        project = Project(write_project(Path(folder, "project"), 1, size), watch=False)
        desk = CanvasSession(project.workbench, KEY, lambda _: None)
        dispatch(desk, {"id": 0, "op": "hello", "args": {"version": __version__}})
        path = ["spec", "description"]

        def type_in(text: str) -> None:
            args = {"id": "step_1", "path": path, "value": text}
            reply = dispatch(desk, {"id": 1, "op": "set", "args": args})
            assert reply is not None
            assert reply.ok, reply.error
            project.workbench.flow_problems(KEY)

        for number in range(WARM_UP + KEYSTROKES):
            kept = clock if number >= WARM_UP else Clock()
            kept.time(partial(type_in, "x" * (number + 1)))
        desk.close()
        project.close()
    return clock


BENCHMARK = Benchmark("typing", "Typing in the spec panel", run)
