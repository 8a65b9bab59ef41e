"""A design as one HTML page: how long it takes, and how large it is."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.generate import write_project
from benchmarks.harness import Benchmark, Row, at_most, told
from benchmarks.remembering import cpu
from ddd_lab.project import Project

FLOWS, NODES, ROUNDS = 60, 20, 3
LARGEST = 1_500_000
"""Bytes of the page."""


def run() -> Iterator[Row]:
    with tempfile.TemporaryDirectory(prefix="ddd-bench-") as folder:
        project = Project(write_project(Path(folder, "project"), FLOWS, NODES), watch=False)
        seconds = cpu(project.html, ROUNDS)
        size = len(project.html().encode())
        name = f"{FLOWS} flows × {NODES} nodes as one HTML page"
        yield Row(f"Write {name} (processor time)", told(seconds), **at_most(seconds, 10.0))
        yield Row(
            f"Size of {name}",
            f"{size / 1000:,.0f} KB",
            goal=f"≤ {LARGEST / 1000:,.0f} KB",
            met=size <= LARGEST,
        )


BENCHMARK = Benchmark("exporting", "Exporting a design as HTML", run)
