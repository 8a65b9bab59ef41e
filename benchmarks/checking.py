"""All checks over a large project: the first time, and again after one edit."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from benchmarks.generate import write_project
from benchmarks.harness import Benchmark, Clock, Row, at_most, told
from benchmarks.opening import FLOWS, NODES, everything
from ddd_lab.project import Project
from ddd_lab.spec.problem import Problem


def run() -> Iterator[Row]:
    with tempfile.TemporaryDirectory(prefix="ddd-bench-") as folder:
        root = write_project(Path(folder, "project"), FLOWS, NODES)
        first, again = Clock(), Clock()
        found = 0
        for _ in range(3):
            project = everything(root)
            found = len(first.time(partial(problems, project)))
            for number in range(3):
                edit(project, number)
                again.time(partial(problems, project))
        name = f"{FLOWS:,} flows × {NODES} nodes"
        yield Row(f"Every problem of {name} ({found:,} found)", told(first.median))
        yield Row("… again after one edit", told(again.median), **at_most(again.median, 0.05))


def problems(project: Project) -> list[Problem]:
    """Everything that is wrong with a project."""
    return project.problems


def edit(project: Project, number: int) -> None:
    """Change what one node says."""
    project.flows["orders/accept-order"].nodes["step_1"].spec.description = f"Version {number}"


BENCHMARK = Benchmark("checking", "Checking a large project", run)
